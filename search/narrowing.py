"""The facets of the search page: their values, what is chosen of them, how many hits each leaves."""

from dataclasses import dataclass, replace

from home.filters import FilterState, Option
from search.facets import CHECKED, EVERY, KIND, LABELS, LANGUAGE, NAMES, STATES, TRAEGER, VOCABULARIES
from search.kinds import kinds
from search.question import Question
from sites.fields.languages import LANGUAGES
from sites.models import Traeger


@dataclass(frozen=True)
class Values:
    """What can be chosen: by facet and value, as addresses have it, its place in the order and its label.

    `paths`: of the Träger by slug; what an entry holds instead of that.
    """

    labels: dict[str, dict[str, tuple]]
    paths: dict[str, str]

    @classmethod
    def of(cls, words: dict[str, dict[str, tuple]], traeger: dict[str, Traeger]) -> "Values":
        """Return the values, those of the vocabulary from `words` (see `Kept`), with `traeger` by path."""
        return cls(
            {
                KIND: {kind.key: (kind.position, str(kind.plural)) for kind in kinds()},
                **words,
                LANGUAGE: {code: (place, str(name)) for place, (code, name) in enumerate(LANGUAGES)},
                CHECKED: {state: (place, str(name)) for place, (state, name) in enumerate(STATES.items())},
                TRAEGER: {each.slug: (each.name, each.short_name) for each in traeger.values()},
            },
            {each.slug: path for path, each in traeger.items()},
        )

    def known(self, question: Question) -> Question:
        """Return `question` without chosen values that don't exist: an old link must not end in nothing."""
        chosen = {
            facet: [value for value in values if value in self.labels[facet]]
            for facet, values in question.chosen.items()
        }
        return replace(question, chosen={facet: values for facet, values in chosen.items() if values})

    def names(self, question: Question) -> list[str]:
        """Return the labels of what is chosen."""
        return [self.labels[facet][value][1] for facet in NAMES for value in question.chosen.get(facet, ())]

    def accepted(self, chosen: dict[str, list[str]]) -> dict[str, list[str]]:
        """Return what an entry holds that has one of the chosen values, by facet."""
        found = {facet: [self._held(facet, value) for value in values] for facet, values in chosen.items()}
        for facet in _with_every():
            if facet in found:
                found[facet].append(f"{facet}:{EVERY}")
        return found

    def filters(self, question: Question, counts: dict[str, int]) -> list[FilterState]:
        """Return the facets with what occurs among the hits, and what is chosen even if nothing has it.

        `counts`: how many hits each value leaves, as entries hold it. One value is no choice.
        """
        # On one website there is one Träger.
        names = [name for name in NAMES if name != TRAEGER or question.everywhere]
        states = [self._filter(name, question, counts) for name in names]
        return [state for state in states if len(state.options) > 1 or state.checked]

    def _held(self, facet: str, value: str) -> str:
        return f"{facet}:{self.paths[value] if facet == TRAEGER else value}"

    def _filter(self, facet: str, question: Question, counts: dict[str, int]) -> FilterState:
        chosen = question.chosen.get(facet, [])
        everywhere = counts.get(f"{facet}:{EVERY}", 0)
        words = {each.name for each in VOCABULARIES}
        options = []
        for value, (place, label) in sorted(self.labels[facet].items(), key=lambda item: item[1]):
            count = counts.get(self._held(facet, value), 0)
            if count or value in chosen:
                level = place[2] if facet in words else 0
                toggle = question.toggled(facet, value)
                options.append(Option(value, label, value in chosen, toggle, count + everywhere, level))
        return FilterState(facet, str(LABELS[facet]), options)


def _with_every() -> list[str]:
    return [each.name for each in VOCABULARIES if each.none_is_all]
