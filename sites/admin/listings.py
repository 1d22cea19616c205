"""Lists of pages and what was done, without the people and sites of other Träger among their filters."""

from django.contrib.auth import get_user_model
from django.forms import CheckboxSelectMultiple
from wagtail.admin.filters import MultipleUserFilter
from wagtail.admin.views.pages import listing
from wagtail.models import Page, PageLogEntry
from wagtail.permissions import policy_registry

from sites.admin import scope
from sites.fields.collation import german

WORK = ("add", "change", "publish")
_STOCK = listing.GenericPageFilterSet.base_filters


def _people(ids):
    return get_user_model().objects.filter(pk__in=ids).order_by(german("last_name"), german("first_name"))


def _own_pages(request):
    return policy_registry.get_by_type(Page).instances_user_has_any_permission_for(request.user, WORK)


def _owners(request):
    return _people(_own_pages(request).order_by().values("owner"))


def _editors(request):
    edits = PageLogEntry.objects.filter(action="wagtail.edit", page__in=_own_pages(request).values("pk"))
    return _people(edits.order_by().values("user"))


class OwnPagesFilterSet(listing.GenericPageFilterSet):
    """Offers whoever has to do with the pages that the person works on; Wagtail would offer everybody."""

    # With Wagtail's labels, which are translated there.
    owner = MultipleUserFilter(label=_STOCK["owner"].label, queryset=_owners, widget=CheckboxSelectMultiple)
    edited_by = listing.EditedByFilter(
        label=_STOCK["edited_by"].label, queryset=_editors, widget=CheckboxSelectMultiple
    )
    site = listing.SiteFilter(
        label=_STOCK["site"].label,
        queryset=lambda request: scope.sites(request.user),
        widget=CheckboxSelectMultiple,
    )

    class Meta(listing.GenericPageFilterSet.Meta):
        pass
