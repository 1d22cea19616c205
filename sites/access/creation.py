"""Makes a complete new Träger in one step, with all that belongs to it (see `create_traeger`)."""

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import transaction
from django.utils.functional import Promise
from django.utils.module_loading import import_string
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    GroupApprovalTask,
    Page,
    Site,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from sites.access import roles
from sites.access.rights import create_group
from sites.fields.colour import validate_accent
from sites.fields.slugs import german_slug
from sites.models import Branding, Traeger, TraegerFolder
from sites.models.branding import DEFAULT_ACCENT

INTERNAL_COLLECTION = "Intern"

validate_host = RegexValidator(
    r"^(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$",
    _(
        "Write only the host name in lower case, for example rieth.example.org, "
        "without http:// and without a port."
    ),
)


def default_host(slug: str, kind: str = Traeger.Kind.TRAEGER) -> str:
    """Return the host name that a new Träger with the short form `slug` gets.

    The portal's own name is for the coordination office.
    """
    if kind == Traeger.Kind.COORDINATION:
        return settings.PORTAL_DOMAIN
    return f"{slug}.{settings.PORTAL_DOMAIN}"


def validate_new_traeger(name: str, slug: str, host: str, accent_color: str) -> None:
    """Raise ValidationError, by field, for what a Träger can't be called or is already taken."""
    errors: dict[str, str | Promise | ValidationError] = {}
    if Traeger.objects.filter(name__iexact=name).exists():
        errors["name"] = _("There is already a Träger with this name.")
    if slug != slugify(slug) or not slug:
        errors["slug"] = _("Use only small letters, digits and hyphens.")
    elif Traeger.objects.filter(slug=slug).exists():
        errors["slug"] = _("This short form is taken. Choose another one.")
    # A host name made from the short form is as wrong as that; saying so twice helps nobody.
    if not ("slug" in errors and host == default_host(slug)):
        try:
            validate_host(host)
        except ValidationError as error:
            errors["host"] = error
        if Site.objects.filter(hostname=host).exists():
            errors["host"] = _("This host name already belongs to another site. Choose another one.")
    try:
        validate_accent(accent_color)
    except ValidationError as error:
        errors["accent_color"] = error
    if errors:
        raise ValidationError(errors)


@transaction.atomic
def create_traeger(
    name: str,
    *,
    slug: str = "",
    short_name: str = "",
    host: str = "",
    kind: str = Traeger.Kind.TRAEGER,
    accent_color: str = DEFAULT_ACCENT,
) -> Traeger:
    """Make folder, start page, site, groups, collections, workflow and settings, or nothing at all.

    `slug` and `host` are derived from the name where they are empty. Raises ValidationError (by field:
    name, slug, host, accent_color) for bad input. The site of the first coordination office is the default
    site, which answers for unknown hosts.
    """
    # One after the other: two that want the same host name must not pass the checks together.
    Page.objects.select_for_update().get(depth=1)
    name = name.strip()
    slug = slug or german_slug(name)
    host = host or default_host(slug, kind)
    short_name = short_name or name[:40]
    validate_new_traeger(name, slug, host, accent_color)

    folder = Page.get_first_root_node().add_child(
        instance=TraegerFolder(title=name, slug=slug, live=True, show_in_menus=False)
    )
    home = import_string(settings.TRAEGER_HOME_BUILDER)(folder, name)
    site = Site.objects.create(
        hostname=host,
        port=settings.PORTAL_PORT,
        site_name=short_name,
        root_page=home,
        is_default_site=kind == Traeger.Kind.COORDINATION
        and not Site.objects.filter(is_default_site=True).exists(),
    )
    collection = Collection.get_first_root_node().add_child(instance=Collection(name=name))
    traeger = Traeger.objects.create(
        name=name,
        short_name=short_name,
        slug=slug,
        kind=kind,
        folder=folder,
        site=site,
        collection=collection,
    )
    groups = {role.key: create_group(traeger, role) for role in roles.ROLES}
    _create_internal_collection(collection, groups.values())
    _create_workflow(traeger, *(groups[key] for key in roles.APPROVERS))
    Branding.objects.create(site=site, organisation=name, accent_color=accent_color)
    for builder in settings.TRAEGER_PAGES_BUILDERS:
        import_string(builder)(traeger, home)
    return traeger


def _create_internal_collection(collection: Collection, groups) -> None:
    """Make the place for files that only the Träger's own people may open."""
    collection.refresh_from_db()
    internal = collection.add_child(instance=Collection(name=INTERNAL_COLLECTION))
    restriction = CollectionViewRestriction.objects.create(
        collection=internal, restriction_type=CollectionViewRestriction.GROUPS
    )
    restriction.groups.set(groups)


def _create_workflow(traeger: Traeger, *approvers: Group) -> None:
    task = GroupApprovalTask.objects.create(name=f"Freigabe {traeger.name}")
    task.groups.set(approvers)
    workflow = Workflow.objects.create(name=f"Freigabe {traeger.name}")
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowPage.objects.create(workflow=workflow, page=traeger.folder.page_ptr)
