"""What is suggested while somebody types: pages by their titles, by kind."""

from wagtail.models import Page

from search import postgresql
from search.kinds import kinds
from search.question import Question
from search.text import tokens
from sites.access.readers import readable_by

MOST = 6
# Fewer letters begin too many words.
SHORTEST = 2


def suggestions(question: Question, language: str, below: str, request) -> list[dict]:
    """Return [{"kind": …, "pages": [{"title": …, "url": …}]}], at most MOST pages; three queries.

    The last word is still being typed.
    """
    words = [word.word for word in tokens(question.text, language)]
    if not words or len(words[-1]) < SHORTEST:
        return []
    found = dict(postgresql.suggest(words, language, below, MOST))
    pages = {page.pk: page for page in readable_by(Page.objects.filter(pk__in=found), request.user)}
    groups = []
    for kind in kinds():
        inside = [pages[pk] for pk, key in found.items() if key == kind.key and pk in pages]
        if inside:
            inside.sort(key=lambda page: page.title.casefold())
            links = [{"title": page.title, "url": page.get_url(request) or ""} for page in inside]
            groups.append({"kind": str(kind.plural), "pages": links})
    return groups
