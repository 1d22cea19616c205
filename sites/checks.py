"""Conventions of the tenancy as system checks."""

import re
from collections.abc import Iterator

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.checks import Error, Tags, register
from django.db.models import DateField, Model
from django.template import TemplateDoesNotExist, TemplateSyntaxError
from django.template.base import Template, TextNode
from django.template.context import Context
from django.template.loader import get_template
from django.template.loader_tags import BlockNode, ExtendsNode
from wagtail.models import Page

from sites.access.testers import PortalPagePermissionTester
from sites.fields.dates import PortalDateField, PortalDateTimeField
from sites.rls.derived import unclassified

_TITLE = re.compile(r"<title>\s*(?:{%\s*filter \w+\s*%}\s*)?{%\s*block title\s*%}")


def _page_types() -> Iterator[type[Page]]:
    for model in apps.get_models():
        if issubclass(model, Page) and model is not Page and not model._meta.proxy:
            yield model


@register()
def page_types_name_their_parents(app_configs, **kwargs):
    """Every page type says where it may be made, so that none can be made outside a Träger folder."""
    return [
        Error(
            f"{model._meta.label} does not say below which pages it may be made.",
            hint="Set parent_page_types on the page model.",
            obj=model,
            id="thinka_sites.E001",
        )
        for model in _page_types()
        if "parent_page_types" not in vars(model)
    ]


@register()
def every_table_has_a_wall(app_configs, **kwargs):
    """Nobody forgets to say who may see the rows of a new table."""
    return [
        Error(
            f"Nobody has said who may see and write the rows of {table} ({model._meta.label}).",
            hint="Name it in SHARED_MODELS or TABLE_POLICIES of its app: see docs/developers/add-a-table.md.",
            obj=model,
            id="thinka_sites.E002",
        )
        for table, model in unclassified().items()
    ]


@register()
def page_types_ask_for_grants(app_configs, **kwargs):
    """Every page type asks the portal's tester; Wagtail's would let guests move, copy and restrict pages."""
    return [
        Error(
            f"{model._meta.label} does not ask the portal what a person may do with it.",
            hint="Derive it from PortalPage, or return a PortalPagePermissionTester in permissions_for_user.",
            obj=model,
            id="thinka_sites.E003",
        )
        for model in _page_types()
        if not isinstance(_tester(model), PortalPagePermissionTester)
    ]


def _tester(model: type[Page]):
    """Return what tells the abilities of an administrator on a page of this type, None for Wagtail's."""
    if model.permissions_for_user is Page.permissions_for_user:
        return None
    # Made without `__init__`, which asks the database for the content type.
    page = model.__new__(model)
    page.depth = 3
    return page.permissions_for_user(get_user_model()(is_superuser=True))


@register()
def dates_have_bounds(app_configs, **kwargs):
    """Every field with a date refuses what takes lists down; see `sites.fields.dates`.

    Fields that our models have from Wagtail or Django get a constraint by a migration.
    """
    return [
        Error(
            f"{field} may hold dates that Python can't read or convert.",
            hint="Use PortalDateField or PortalDateTimeField of sites.fields.dates.",
            obj=model,
            id="thinka_sites.E005",
        )
        for model in apps.get_models()
        if _is_ours(model)
        for field in model._meta.local_fields
        if isinstance(field, DateField)
        and not isinstance(field, PortalDateField | PortalDateTimeField)
        and field.name not in _from_others(model)
    ]


def _is_ours(model: type[Model]) -> bool:
    return (settings.BASE_DIR / model.__module__.partition(".")[0]).is_dir()


def _from_others(model: type[Model]) -> set[str]:
    """Return the names of the fields that `model` has from abstract models of packages."""
    return {
        field.name
        for base in model.__mro__
        if hasattr(base, "_meta") and base._meta.abstract and not _is_ours(base)
        for field in base._meta.local_fields
    }


@register(Tags.templates)
def page_templates_have_a_title(app_configs, **kwargs):
    """Every page that is shown has a title: what browsers and screen readers say first."""
    return [
        Error(
            f"{model._meta.label} has no template with a title ({model.template}).",
            hint="Let it extend base.html, and don't empty the block title.",
            obj=model,
            id="thinka_sites.E004",
        )
        for model in _page_types()
        # Without a preview a page is never shown.
        if model.preview_modes != [] and not _has_title(model.template)
    ]


def _has_title(name: str) -> bool:
    try:
        title, outermost = _title(get_template(name).template)
    except (TemplateDoesNotExist, TemplateSyntaxError):
        return False
    return bool(title and _TITLE.search(outermost.source) and any(map(_says_something, title.nodelist)))


def _title(template: Template) -> tuple[BlockNode | None, Template]:
    """Return the block that becomes the title of a page, and the template around all others."""
    title = None
    while extends := next(iter(template.nodelist.get_nodes_by_type(ExtendsNode)), None):
        # What is nearest to the page type holds.
        title = title or extends.blocks.get("title")
        template = get_template(extends.parent_name.resolve(Context())).template
    blocks = template.nodelist.get_nodes_by_type(BlockNode)
    return title or next((block for block in blocks if block.name == "title"), None), template


def _says_something(node) -> bool:
    return not isinstance(node, TextNode) or bool(node.s.strip())
