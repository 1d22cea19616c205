"""The shared vocabulary of the demo, in German and English, and the synonyms of the search."""

from wagtail.models import Locale

from home.models import FormOfSupport, Sozialraum, TargetGroup, Topic
from search.models import Synonym
from sites.fields.slugs import german_slug
from thinka_portal.demo.data import read

MODELS = {
    "topics": Topic,
    "target_groups": TargetGroup,
    "forms_of_support": FormOfSupport,
    "sozialraeume": Sozialraum,
}


def load_vocabulary(german: Locale, english: Locale) -> dict[str, dict[str, object]]:
    """Make the terms and their English translations; return them by field name and German name."""
    terms: dict[str, dict[str, object]] = {}
    for field, model in MODELS.items():
        terms[field] = {}
        for position, entry in enumerate(read("vocabulary")[field], start=1):
            extra = {name: entry[name] for name in ("hint", "icon") if name in entry}
            term = model(
                name=entry["name"],
                slug=german_slug(entry["name"]),
                sort_order=position * 10,
                locale=german,
                **extra,
            )
            term.full_clean()
            term.save()
            translated = term.copy_for_translation(english)
            translated.name = entry["english"]
            if field == "topics":
                translated.hint = entry["english_hint"]
            translated.full_clean()
            translated.save()
            terms[field][entry["name"]] = term
    for entry in read("synonyms")["synonyms"]:
        synonym = Synonym(locale=german, **entry)
        synonym.full_clean()
        synonym.save()
    return terms
