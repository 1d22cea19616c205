"""What a request asks the search: the question, where it was put, and what it can be narrowed down by."""

from dataclasses import dataclass, replace

from django.http import Http404, QueryDict
from django.utils.functional import cached_property
from django.utils.translation import get_language
from wagtail.models import Site

from search.narrowing import Values
from search.own import own_facets
from search.query import Hits, find
from search.question import EVERYWHERE, SITE, Question, read_question
from search.results import traeger_by_path
from search.synonyms import Kept, kept
from sites.models import Traeger


def languages_of(site: Site) -> list[str]:
    """Return the codes of the languages in which `site` has a start page."""
    return [root.language_code for root in Site.get_site_root_paths() if root.site_id == site.pk]


@dataclass(frozen=True)
class Asking:
    """A question as it was put. `below`: the tree path below which is looked, empty for all sites."""

    asked: Question
    site: Site
    language: str
    below: str
    traeger: dict[str, Traeger]
    user: object

    @classmethod
    def of(cls, request, query: QueryDict | None = None) -> "Asking":
        """Read the request, or `query` instead of its own parameters.

        Raises Http404 where the site does not exist in the language.
        """
        site, language = Site.find_for_request(request), get_language()
        if site is None or language not in languages_of(site):
            raise Http404
        traeger = traeger_by_path()
        folder_path = site.root_page.path[: 2 * site.root_page.steplen]
        owner = traeger.get(folder_path)
        # A Träger's visitors look for something there; the portal and the knowledge base are for all.
        own_first = owner is not None and owner.kind == Traeger.Kind.TRAEGER
        parameters = request.GET if query is None else query
        question = read_question(parameters, SITE if own_first else EVERYWHERE, language)
        below = "" if question.everywhere else folder_path
        return cls(question, site, language, below, traeger, request.user)

    @cached_property
    def values(self) -> Values:
        return Values.of(self.told.values, self.traeger)

    @cached_property
    def question(self) -> Question:
        """What is asked, without choices that there are not."""
        return self.values.known(self.asked)

    @cached_property
    def told(self) -> Kept:
        return kept(self.language)

    @property
    def title(self) -> str:
        """The question in words: what was typed, and the names of what is chosen."""
        return " · ".join([self.question.text, *self.values.names(self.question)])

    def hits(self) -> Hits:
        return self._found(self.question, self.below)

    def newest(self) -> Hits:
        """The newest of the hits."""
        return self._found(self.question.newest(), self.below)

    def elsewhere(self) -> Hits:
        """The hits on all websites, where those of one were asked for."""
        if self.question.everywhere:
            return Hits()
        return self._found(replace(self.question, scope=EVERYWHERE, page=1), "")

    def _found(self, question: Question, below: str) -> Hits:
        if not question.words:
            return Hits()
        return find(question, self.language, below, self.values, self.told, own_facets(self.user))
