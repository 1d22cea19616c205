"""What is missing: a list of tasks, and its open ones on the dashboard."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.tables import BooleanColumn, DateColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from search.asked.models import MissingContent

PERMISSION = "search.change_missingcontent"
SHOWN = 5


class PrefilledCreateView(generic.CreateView):
    """A form in which `prefilled` (a field) holds the question of the report from which somebody comes."""

    prefilled = ""

    def get_initial(self):
        text = self.request.GET.get("question", "").replace("\x00", "")[:200]
        return super().get_initial() | ({self.prefilled: text} if text else {})


class MissingContentCreateView(PrefilledCreateView):
    prefilled = "question"


class MissingContentIndexView(generic.IndexView):
    add_item_label = _("Note what is missing")


class MissingContentViewSet(ModelViewSet):
    """Tasks: what nobody has written yet."""

    model = MissingContent
    name = "missing-content"
    icon = "tasks"
    menu_label = _("Missing content")
    menu_name = "missing-content"
    index_view_class = MissingContentIndexView
    add_view_class = MissingContentCreateView
    copy_view_enabled = False
    add_to_reference_index = False
    list_display = [
        "question",
        "note",
        BooleanColumn("done", label=pgettext_lazy("task", "done")),
        DateColumn("noted_at", label=_("noted on")),
    ]
    list_filter = ["done"]
    search_fields = ["question", "note"]
    search_backend_name = None
    edit_handler = ObjectList([FieldPanel("question"), FieldPanel("note"), FieldPanel("done")])


class MissingContentPanel(Component):
    """The open tasks on the dashboard of those who may do them."""

    name = "missing_content"
    template_name = "search/admin/missing_content_panel.html"
    order = 70

    def get_context_data(self, parent_context):
        if not parent_context["request"].user.has_perm(PERMISSION):
            return {}
        found = MissingContent.objects.filter(done=False)
        return {"missing": found[:SHOWN]}
