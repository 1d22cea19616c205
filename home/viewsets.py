"""The shared vocabulary in the editing area."""

from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from home.forms import TermForm
from home.models import FormOfSupport, Sozialraum, TargetGroup, Topic
from home.vocabulary_views import MergeView, TermIndexView, UsesColumn, UsesView


class _TermViewSet(SnippetViewSet):
    index_view_class = TermIndexView
    list_display = ["name", Column("parent", label=_("belongs to")), UsesColumn(), "slug", "sort_order"]
    search_fields = ["name"]
    copy_view_enabled = False

    @property
    def edit_handler(self):
        return ObjectList(self.model.panels, base_form_class=TermForm)

    def get_urlpatterns(self):
        return [
            *super().get_urlpatterns(),
            path("uses/<int:pk>/", UsesView.as_view(model=self.model), name="uses"),
            path("merge/<int:pk>/", MergeView.as_view(model=self.model), name="merge"),
        ]


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
