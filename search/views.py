"""The search page."""

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext, override
from django.views.decorators.http import require_safe
from wagtail.models import Site

from home.filters import FilterState, Option
from search.kinds import kinds
from search.query import PER_PAGE, Hits, find, languages_with_hits
from search.question import EVERYWHERE, SITE, Question, read_question
from search.results import load, results_of, traeger_by_path
from sites.models import Traeger


class HitPages(Paginator):
    """Pages of hits; those of the asked page are known already."""

    def __init__(self, hits: Hits):
        super().__init__([], PER_PAGE)
        self.hits = hits

    @cached_property
    def count(self) -> int:
        return self.hits.total

    def page(self, number):
        return Page(self.hits.pages, number, self)


def _kind_filter(question: Question, hits: Hits) -> FilterState:
    """The filter by kind: the kinds that occur, and chosen ones also where nothing is left of them."""
    options = [
        Option(
            kind.key,
            str(kind.plural),
            kind.key in question.kinds,
            "?" + question.query(kind=sorted(question.kinds ^ {kind.key})),
            hits.counts.get(kind, 0),
        )
        for kind in kinds()
        if hits.counts.get(kind) or kind.key in question.kinds
    ]
    return FilterState("kind", gettext("Kind"), options)


def _languages(site: Site) -> list[str]:
    return [root.language_code for root in Site.get_site_root_paths() if root.site_id == site.pk]


def _other_languages(site: Site, question: Question, below: str) -> list[tuple[str, str]]:
    """(code, address) of the languages of the site in which the question has an answer."""
    found, links = languages_with_hits(question, below), []
    for code in _languages(site):
        if code in found:
            with override(code):
                links.append((code, f"{reverse('search')}?{question.query()}"))
    return links


@require_safe
def search(request):
    """The search page. Query parameters: q (words), scope (site, all), kind (any number), page."""
    site, language = Site.find_for_request(request), get_language()
    if site is None or language not in _languages(site):
        raise Http404  # the site does not exist in this language
    traeger = traeger_by_path()
    folder_path = site.root_page.path[: 2 * site.root_page.steplen]
    owner = traeger.get(folder_path)
    # A Träger's visitors look for something there; the portal and the knowledge base are for all.
    own_first = owner is not None and owner.kind == Traeger.Kind.TRAEGER
    question = read_question(request.GET, SITE if own_first else EVERYWHERE, language)

    below = "" if question.everywhere else folder_path
    hits = find(question, language, below)
    page = HitPages(hits).page(hits.number)
    context: dict[str, Any] = {
        "question": question,
        "hits": hits,
        "results": results_of(load(hits, request.user), hits, request, traeger),
        "page_obj": page,
        "page_query": question.query(),
        "filters": [state for state in [_kind_filter(question, hits)] if len(state.options) > 1],
        "login_url": f"{reverse('login')}?{urlencode({'next': request.get_full_path()})}",
        "scopes": [(SITE, gettext("This website")), (EVERYWHERE, gettext("All websites"))],
    }
    context["active_filters"] = [option for state in context["filters"] for option in state.checked]
    if question.words and not hits.total:
        context["other_languages"] = _other_languages(site, question, below)
    response = render(request, "search/search.html", context)
    if request.user.is_authenticated:
        add_never_cache_headers(response)
    return response
