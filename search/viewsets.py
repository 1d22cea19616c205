"""What the coordination office tells the search, in the editing area."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, ObjectList, PageChooserPanel
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup
from wagtail.models import Locale

from search.asked.missing import MissingContentViewSet, PrefilledCreateView
from search.asked.report import QuestionsViewSet
from search.forms import PinForm, SynonymForm
from search.models import Pin, Synonym


class SynonymCreateView(PrefilledCreateView):
    prefilled = "words"

    def get_initial(self):
        return super().get_initial() | {"locale": Locale.objects.get(language_code=settings.LANGUAGE_CODE)}


class PinCreateView(PrefilledCreateView):
    prefilled = "questions"


class SynonymViewSet(ModelViewSet):
    """Words with the same meaning."""

    model = Synonym
    name = "synonyms"
    icon = "link"
    menu_label = _("Synonyms")
    menu_name = "synonyms"
    add_view_class = SynonymCreateView
    copy_view_enabled = False
    add_to_reference_index = False
    list_display = ["words", "shown", Column("locale", label=_("language"))]
    search_fields = ["words", "shown"]
    search_backend_name = None
    edit_handler = ObjectList(
        [FieldPanel("words"), FieldPanel("shown"), FieldPanel("locale")], base_form_class=SynonymForm
    )


class PinIndexView(generic.IndexView):
    def get_base_queryset(self):
        return super().get_base_queryset().select_related("page")


class PinViewSet(ModelViewSet):
    """Pages that come first for certain questions."""

    model = Pin
    name = "pins"
    icon = "thumbtack"
    menu_label = _("Recommendations")
    menu_name = "pins"
    index_view_class = PinIndexView
    add_view_class = PinCreateView
    copy_view_enabled = False
    add_to_reference_index = False
    list_display = ["questions", Column("page", label=_("page")), "sort_order"]
    search_fields = ["questions"]
    search_backend_name = None
    edit_handler = ObjectList(
        [FieldPanel("questions"), PageChooserPanel("page"), FieldPanel("sort_order")], base_form_class=PinForm
    )


class SearchGroup(ModelViewSetGroup):
    """The menu of those who look after the search: see `search.policies`."""

    items = (QuestionsViewSet, SynonymViewSet, PinViewSet, MissingContentViewSet)
    menu_label = _("Search on the websites")
    # Else it comes from the label, in the language of whoever opens the menu first.
    menu_name = "search"
    menu_icon = "search"
    menu_order = 410
