"""Lists and forms of the editing area about Träger and people."""

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.log_actions import log
from wagtail.users.views.users import IndexView as UserIndexView
from wagtail.users.views.users import UserFilterSet, UserViewSet

from sites.admin.forms import PersonCreationForm, PersonEditForm, TraegerCreationForm
from sites.fields.collation import german
from sites.models import Traeger, User


class TraegerIndexView(generic.IndexView):
    add_item_label = _("New Träger")

    def get_base_queryset(self):
        return super().get_base_queryset().select_related("site", "folder").order_by(german("name"))


class TraegerCreateView(generic.CreateView):
    """Makes a Träger and leads to its folder."""

    page_title = _("New Träger")
    success_message = _(
        "“%(object)s” is ready at %(address)s. Made were: start page, lists, legal pages and an internal "
        "page, the groups for the roles, places for pictures and documents, the workflow, look and footer. "
        "Next: enter address and logo under “Look and footer”, complete the legal pages, "
        "and add people with their roles."
    )

    def get_success_message(self, instance):
        return self.success_message % {"object": instance, "address": instance.site.root_url}

    def get_success_url(self):
        return reverse("wagtailadmin_explore", args=[self.object.folder_id])

    def get_success_buttons(self):
        branding = reverse("wagtailsettings:edit", args=["thinka_sites", "branding", self.object.site_id])
        return [
            messages.button(branding, _("Look and footer")),
            messages.button(reverse("wagtailusers_users:add"), _("Add a person")),
        ]

    def save_instance(self):
        traeger = self.form.save()
        log(traeger, "wagtail.create", user=self.request.user)
        return traeger

    def form_valid(self, form):
        try:
            return super().form_valid(form)
        except ValidationError as error:
            # Somebody took the name or the host between the check and the saving.
            form.add_error(None, error)
            self.produced_error_message = self.get_error_message()
            return self.form_invalid(form)


class TraegerViewSet(ModelViewSet):
    """All Träger; making one makes everything that belongs to it."""

    model = Traeger
    name = "traeger"
    icon = "group"
    menu_label = _("Träger")
    menu_name = "traeger"
    menu_order = 50
    add_to_settings_menu = True
    copy_view_enabled = False
    add_to_reference_index = False
    index_view_class = TraegerIndexView
    add_view_class = TraegerCreateView
    list_display = [
        "name",
        Column("site", label=_("address"), accessor="site.root_url"),
        Column("kind", label=_("kind"), accessor="get_kind_display"),
    ]
    # What else belongs to a Träger has a place of its own: pages, look and footer, people.
    form_fields = ["short_name"]

    def get_form_class(self, for_update=False):
        return super().get_form_class(for_update) if for_update else TraegerCreationForm


class PersonFilterSet(UserFilterSet):
    class Meta(UserFilterSet.Meta):
        model = User
        fields = ["traeger"]


class PersonIndexView(UserIndexView):
    add_item_label = _("Add a person")
    page_title = _("People")

    @cached_property
    def columns(self):
        columns = {column.name: column for column in super().columns}
        columns["email"].label = _("E-mail address")
        traeger = Column(
            "traeger",
            label=_("Träger"),
            accessor=lambda user: ", ".join(each.short_name for each in user.traeger.all()),
        )
        shown = ("bulk_actions", "name", "email", traeger, "is_superuser", "is_active", "last_login")
        return [columns[each] if isinstance(each, str) else each for each in shown]

    def get_base_queryset(self):
        return super().get_base_queryset().prefetch_related("traeger")

    def order_queryset(self, queryset):
        if self.ordering in ("name", "-name"):
            keys = [german("last_name"), german("first_name")]
            return queryset.order_by(*(key.desc() if self.ordering == "-name" else key for key in keys))
        return super().order_queryset(queryset)


class PersonViewSet(UserViewSet):
    """The people, with their Träger and roles."""

    menu_label = _("People")
    ordering = "name"
    index_view_class = PersonIndexView
    filterset_class = PersonFilterSet
    create_template_name = "sites/people/create.html"
    edit_template_name = "sites/people/edit.html"

    def get_form_class(self, for_update=False):
        return PersonEditForm if for_update else PersonCreationForm
