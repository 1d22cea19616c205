"""What somebody who asks on a site may read of the Wegweiser: the places, and the words to ask with."""

from functools import cached_property

from django.conf import settings
from django.db.models import Q
from django.http import Http404
from django.utils import timezone
from django.utils.translation import get_language
from wagtail.models import Page

from home.models import Sozialraum, Topic
from home.models.vocabulary import Term
from home.site_pages import start_pages
from knowledge.wegweiser.matching import Place, with_above
from knowledge.wegweiser.places import places
from sites.models import Traeger


class Reading:
    """Who asks where and when, and what they may read. Raises Http404 in a language that the site lacks."""

    def __init__(self, request):
        starts = [page for page in start_pages(request) if page.locale.language_code == get_language()]
        if not starts:
            raise Http404
        self.request, self.user, self.at = request, request.user, timezone.now()
        self.locale = starts[0].locale
        self.topics, self.sozialraeume = self._terms(Topic), self._terms(Sozialraum)

    @cached_property
    def everything(self) -> list[Place]:
        topics, sozialraeume = _above(self.topics), _above(self.sozialraeume)
        return [with_above(place, topics, sozialraeume) for place in places(self.user, self.locale)]

    @cached_property
    def traeger(self) -> dict[str, Traeger]:
        """The Träger by the paths of their folders."""
        return {each.folder.path: each for each in Traeger.objects.select_related("folder")}

    @cached_property
    def own(self) -> list[str]:
        """The Sozialräume in which the Träger of whoever asks has offices."""
        if not self.user.is_authenticated:
            return []
        mine = Traeger.objects.for_user(self.user).filter(kind=Traeger.Kind.TRAEGER)
        folders = tuple(mine.values_list("folder__path", flat=True))
        above = _above(self.sozialraeume)
        return sorted(
            {
                slug
                for place in self.everything
                if place.kind == "office" and folders and place.path.startswith(folders)
                for slug in place.sozialraeume - {above.get(each) for each in place.sozialraeume}
            }
        )

    def whose(self, place: Place) -> str:
        """The short name of the Träger of a place; none for partners."""
        owner = self.traeger.get(place.path[: 2 * Page.steplen])
        return owner.short_name if owner and place.kind != "partner" else ""

    def _terms(self, model: type[Term]) -> list[Term]:
        """Return the words of a vocabulary in the language of the request, else in German."""
        locales = Q(locale=self.locale) | Q(locale__language_code=settings.LANGUAGE_CODE)
        found: dict[str, Term] = {}
        for term in model.objects.filter(locales).in_levels().select_related("parent"):
            if term.slug not in found or term.locale_id == self.locale.pk:
                found[term.slug] = term
        return list(found.values())


def _above(terms: list[Term]) -> dict[str, str]:
    """Return by the short form of a word that of the one that it belongs to."""
    return {term.slug: term.parent.slug for term in terms if term.parent}
