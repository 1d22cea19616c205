"""What people find first in the editing area: the two or three things that they come for."""

from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.ui.components import Component
from wagtail.models import Page
from wagtail.permissions import policy_registry

from home.closures import may_close
from home.models import AnlaufstellePage
from home.models.listing import ListingPage
from sites.fields.collation import german

MAX_ACTIONS = 12


def _lists(user):
    """The German lists in which `user` may add entries, by the types of the entries."""
    models = [model for model in apps.get_models() if issubclass(model, ListingPage)]
    types = {found.pk: model for model, found in ContentType.objects.get_for_models(*models).items()}
    pages = policy_registry.get_by_type(Page).instances_user_has_permission_for(user, "add")
    pages = pages.filter(content_type__in=types, locale__language_code=settings.LANGUAGE_CODE).order_by(
        "path"
    )
    return [(page, apps.get_model(types[page.content_type_id].entry_type)) for page in pages[:MAX_ACTIONS]]


def quick_actions(user) -> list[tuple[str, str]]:
    """Return (label, URL) of what `user` most likely wants to do; nothing for administrators."""
    if user.is_superuser:
        return []
    actions = [
        (
            _("New: %(kind)s") % {"kind": model._meta.verbose_name},
            reverse("wagtailadmin_pages:add", args=[model._meta.app_label, model._meta.model_name, page.pk]),
        )
        for page, model in _lists(user)
        if model is not AnlaufstellePage  # made once, changed often
    ]
    editable = policy_registry.get_by_type(Page).instances_user_has_permission_for(user, "change")
    offices = AnlaufstellePage.objects.select_related("locale").filter(
        pk__in=editable.values("pk"), locale__language_code=settings.LANGUAGE_CODE
    )
    offices = list(offices.order_by(german("title"))[:MAX_ACTIONS])
    # First what can't wait.
    actions[:0] = [
        (
            _("Close at once: %(office)s") % {"office": office.title},
            reverse("portal_closures", args=[office.pk]),
        )
        for office in offices
        if may_close(user, office)
    ]
    actions += [
        (
            _("Opening hours: %(office)s") % {"office": office.title},
            reverse("wagtailadmin_pages:edit", args=[office.pk]),
        )
        for office in offices
    ]
    return actions


class QuickStartPanel(Component):
    """Buttons on the dashboard."""

    name = "quick_start"
    template_name = "home/admin/quick_start.html"
    order = 50

    def get_context_data(self, parent_context):
        return {"actions": quick_actions(parent_context["request"].user)}
