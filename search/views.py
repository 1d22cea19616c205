from django.core.paginator import Paginator
from django.shortcuts import render

from search.query import findable

PER_PAGE = 10


def search(request):
    """The search page. Query parameters: q (words), page."""
    words = request.GET.get("q", "").strip()[:200]
    pages = findable(request.user).search(words) if words else []
    results = Paginator(pages, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "search/search.html", {"q": words, "results": results})
