"""The shared vocabulary in the editing area."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import ObjectList
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from home.forms import TermForm
from home.models import FormOfSupport, Sozialraum, TargetGroup, Topic


class _TermViewSet(SnippetViewSet):
    list_display = ["name", "slug", "sort_order"]
    search_fields = ["name"]
    copy_view_enabled = False

    @property
    def edit_handler(self):
        return ObjectList(self.model.panels, base_form_class=TermForm)


class TopicViewSet(_TermViewSet):
    model = Topic
    icon = "tag"


class TargetGroupViewSet(_TermViewSet):
    model = TargetGroup
    icon = "group"


class SozialraumViewSet(_TermViewSet):
    model = Sozialraum
    icon = "home"


class FormOfSupportViewSet(_TermViewSet):
    model = FormOfSupport
    icon = "clipboard-list"


class VocabularyGroup(SnippetViewSetGroup):
    """The words that everybody tags with. Seen by those who may change them: see `home.policies`."""

    items = (TopicViewSet, TargetGroupViewSet, SozialraumViewSet, FormOfSupportViewSet)
    menu_label = _("Vocabulary")
    # Else it comes from the label, in the language of whoever opens the menu first.
    menu_name = "vocabulary"
    menu_icon = "tag"
    menu_order = 400
