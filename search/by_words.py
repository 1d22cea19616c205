"""The search, asked by the Wegweiser for those who help."""

from home.models import AnlaufstellePage, OfferPage
from knowledge.models import PartnerPage
from search.facets import KIND
from search.meaning import model
from search.postgresql import Asked
from search.query import look_up, meant
from search.synonyms import kept
from search.text import question

# Nobody looks through more.
MOST = 200


def find_by_words(text: str, language: str) -> list[int]:
    """Return the ids of the offices, offers and partners that fit `text`, the best first.

    Of those that the person of the request may read, in `language` (code) or by their meaning in any.
    """
    asked_for = question(text, language)
    if not asked_for.words:
        return []
    kinds = [f"{KIND}:{each.search_kind.key}" for each in (PartnerPage, OfferPage, AnlaufstellePage)]
    asked = Asked(
        words=(),
        phrases=asked_for.phrases,
        excluded=asked_for.excluded,
        language=language,
        chosen={KIND: kinds},
        vector=model.query(meant(asked_for, text)),
    )
    found = look_up(asked_for, asked, kept(language), text, stop=MOST)
    return [hit.page for hit in found.answer.hits if hit.page]
