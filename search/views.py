"""The search page."""

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.http import JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext, override
from django.views.decorators.http import require_safe
from wagtail.models import Site

from search.asked.counting import count
from search.asking import Asking, languages_of
from search.query import PER_PAGE, Hits, languages_with_hits
from search.question import EVERYWHERE, SITE, Question
from search.results import results_of
from search.saved.views import saved_by
from search.spoken import offices
from search.suggestions import suggestions


class HitPages(Paginator):
    """Pages of hits; those of the asked page are known already."""

    def __init__(self, hits: Hits):
        super().__init__([], PER_PAGE)
        self.hits = hits

    @cached_property
    def count(self) -> int:
        return self.hits.total

    def page(self, number):
        return Page(self.hits.hits, number, self)


def _other_languages(site: Site, question: Question, below: str) -> list[tuple[str, str]]:
    """(code, address) of the languages of the site in which the question has an answer."""
    found, links = languages_with_hits(question, below), []
    for code in languages_of(site):
        if code in found:
            with override(code):
                links.append((code, f"{reverse('search')}?{question.query()}"))
    return links


@require_safe
def search(request):
    """The search page; for its parameters see `read_question`."""
    asking = Asking.of(request)
    question, hits = asking.question, asking.hits()
    filters = asking.values.filters(question, hits.facets)
    context: dict[str, Any] = {
        "question": question,
        "hits": hits,
        "results": results_of(hits, request, asking.traeger),
        "page_obj": HitPages(hits).page(hits.number),
        "page_query": question.query(),
        "filters": filters,
        "active_filters": [option for state in filters for option in state.checked],
        "login_url": f"{reverse('login')}?{urlencode({'next': request.get_full_path()})}",
        "scopes": [(SITE, gettext("This website")), (EVERYWHERE, gettext("All websites"))],
    }
    if question.words and not hits.total:
        elsewhere = asking.elsewhere()
        context["elsewhere"] = elsewhere
        context["results_elsewhere"] = results_of(elsewhere, request, asking.traeger)
        context["other_languages"] = _other_languages(asking.site, question, asking.below)
    if not question.text:
        context["saved"] = saved_by(request.user, asking.site)
    if question.words:
        context["offices"] = offices(question.text, asking.language, request.user)
    found = bool(hits.total or context.get("results_elsewhere"))
    context["click_url"] = count(request, question, asking.language, found)
    return render(request, "search/search.html", context)


@require_safe
def suggest(request):
    """What is suggested while somebody types, as JSON: see `suggestions`."""
    asking = Asking.of(request)
    found = suggestions(asking.asked, asking.language, asking.below, request)
    return JsonResponse(found, safe=False)
