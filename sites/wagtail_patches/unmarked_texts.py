"""Texts that Wagtail and wagtail-localize write into their templates and forms without a translation, or not
for those who hear them: two searches of one name, a link that is called otherwise than what is to be seen.

In a template the text is replaced when it is read, so that none has to be copied for one word; a test says
when upstream changes it. A label that is made of the name of a field is looked up like any other text;
names of models and columns are set here. Wagtail 8.0, wagtail-localize 1.14; not reported yet.
"""

from django.forms import BoundField
from django.template.loaders.app_directories import Loader
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale
from wagtail.sites.views import IndexView
from wagtail_localize.models import Translation

PATCHED = {
    "django.forms.boundfield:BoundField.__init__": "3e93a3950f5e",
    "django.template.loaders.filesystem:Loader.get_contents": "cdffade2e113",
    "wagtail.sites.views:IndexView": "d206d12e5402",
}
_SEARCH = ('value="Search"', "value=\"{% translate 'Search' %}\"")
# Beside the search of the menu.
_LANDMARK = ('role="search"', 'role="search" aria-label="{% translate \'Search\' %}"')
_VISIT, _VISIT_PRIVATE = "Visible to all. Visit the live page", "Private. Visit the live page"
# Name of a template → what stands in it, and what it becomes.
TEXTS = {
    "wagtailadmin/home.html": (_SEARCH, _LANDMARK),
    "wagtailadmin/shared/header.html": (_SEARCH, _LANDMARK),
    "wagtailadmin/shared/headers/slim_header.html": (_LANDMARK,),
    "wagtailadmin/shared/headers/_actions.html": (
        ('aria-label="Actions"', "aria-label=\"{% load i18n %}{% translate 'Actions' %}\""),
    ),
    # Who else has the page open: a picture, and a name that is hidden until somebody points at it.
    "wagtailadmin/shared/editing_sessions/list.html": (
        (
            'type="button" data-controller="w-tooltip">',
            'type="button" data-controller="w-tooltip"'
            ' aria-label="{{ session.user|user_display_name|default:_("System") }}">',
        ),
    ),
    # What is read aloud begins with what is to be seen.
    "wagtailadmin/shared/page_status_tag_new.html": (
        (f"{{% trans '{_VISIT}' %}}", f"{{{{ live_label }}}}. {{% trans '{_VISIT}' %}}"),
        (f"{{% trans '{_VISIT_PRIVATE}' %}}", f"{{{{ live_label }}}}. {{% trans '{_VISIT_PRIVATE}' %}}"),
    ),
    "wagtailadmin/shared/side_panel_toggle.html": (
        ("{{ count|intcomma }}", "{{ count|default_if_none:''|intcomma }}"),
    ),
    "wagtailadmin/shared/user_avatar.html": (("{{ user }}", "{{ user|default_if_none:'' }}"),),
    "wagtailadmin/tables/boolean_cell.html": (("value|stringformat:'s'", "value|yesno"),),
    "wagtaillocales/index.html": (
        (
            "{{ locale.num_pages }} pages"
            "{% if locale.num_others %} + {{ locale.num_others }} others{% endif %}",
            "{% blocktranslate with pages=locale.num_pages others=locale.num_others %}"
            "{{ pages }} pages, {{ others }} others{% endblocktranslate %}",
        ),
    ),
}
_COLUMNS = {"site_name": _("Name of the site"), "root_page": _("Start page")}


def _get_contents(loader: Loader, origin) -> str:
    contents = super(Loader, loader).get_contents(origin)
    for there, instead in TEXTS.get(origin.template_name, ()):
        contents = contents.replace(there, instead)
    return contents


def _init(field: BoundField, *args) -> None:
    _init_upstream(field, *args)
    if type(field.label) is str:
        field.label = gettext(field.label)


_init_upstream = BoundField.__init__


def apply() -> None:
    Loader.get_contents = _get_contents
    BoundField.__init__ = _init
    # Not in their Meta, where makemigrations would see it.
    Locale._meta.verbose_name, Locale._meta.verbose_name_plural = _("language"), _("languages")
    Translation._meta.verbose_name = _("translation")
    Translation._meta.verbose_name_plural = _("translations")
    for column in IndexView.columns:
        column.label = _COLUMNS.get(column.name, column.label)
