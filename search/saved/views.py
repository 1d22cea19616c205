"""Saving a search, and forgetting it again."""

from django.contrib import messages
from django.http import Http404, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.models import Site

from search.asking import Asking
from search.saved.models import LONGEST_QUERY, MOST, SavedSearch


def saved_by(user, site: Site) -> list[tuple[SavedSearch, str, str]]:
    """Return what `user` has saved, the newest first, with its address, and the name of any site but `site`.

    One query.
    """
    if not user.is_authenticated:
        return []
    found = SavedSearch.objects.filter(user=user).select_related("site").order_by("-saved_at", "-pk")
    return [
        (each, each.address(site), "" if each.site_id == site.pk else each.site.site_name) for each in found
    ]


@require_POST
def save(request):
    """Save the search whose parameters are posted as `query`; back to its page."""
    if not request.user.is_authenticated:
        raise Http404
    asking = Asking.of(request, QueryDict(request.POST.get("query", "")))
    query = asking.question.query()
    if not asking.question.words or len(query) > LONGEST_QUERY:
        messages.error(request, _("This search can't be saved. Leave out some words or filters."))
    elif SavedSearch.objects.filter(user=request.user).count() >= MOST:
        messages.error(
            request, _("You have saved many searches already. Delete one that you no longer need.")
        )
    else:
        SavedSearch.objects.get_or_create(
            user=request.user,
            site=asking.site,
            language=asking.language,
            query=query,
            defaults={"title": asking.title[:200]},
        )
        messages.success(request, _("Saved. You find the search again on the page of the search."))
    return redirect(f"{reverse('search')}?{query}")


@require_POST
def forget(request, search_id: int):
    """Delete a saved search of one's own; back to the list of them."""
    if not request.user.is_authenticated:
        raise Http404
    get_object_or_404(SavedSearch, pk=search_id, user=request.user).delete()
    messages.success(request, _("The saved search is deleted."))
    return redirect("search")
