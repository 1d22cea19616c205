"""English versions of some demo pages, made by wagtail-localize as a translator would make them."""

import json

from wagtail.models import Locale, Page
from wagtail_localize.models import (
    OverridableSegment,
    SegmentOverride,
    StringSegment,
    StringTranslation,
    Translation,
    TranslationSource,
)

from sites.models import User

# The last parts of the paths under which blocks choose pages.
_PAGE_CHOOSERS = {"page", "office"}


def translate_pages(pages: list[Page], english: Locale, words: dict[str, str], user: User) -> None:
    """Translate published pages (specific ones, parents first) with `words` (German to English) and publish.

    KeyError names a German string without translation: a page that is half English is worse than none.
    """
    # All of them first, so that each can point to the English version of any other.
    for page in pages:
        page.copy_for_translation(english)
    for page in pages:
        source, _created = TranslationSource.get_or_create_from_instance(page)
        translation = Translation.objects.create(source=source, target_locale=english)
        _translate_strings(translation, words, user)
        _translate_links(translation, user)
        _publish(translation, page, user)


def _translate_strings(translation: Translation, words: dict[str, str], user: User) -> None:
    for segment in StringSegment.objects.filter(source=translation.source).select_related("string"):
        # The same sentence may stand twice in one place of a page.
        StringTranslation.objects.get_or_create(
            translation_of=segment.string,
            locale=translation.target_locale,
            context_id=segment.context_id,
            defaults={
                "data": words[segment.string.data],
                "translation_type": StringTranslation.TRANSLATION_TYPE_MANUAL,
                "last_translated_by": user,
            },
        )


def _translate_links(translation: Translation, user: User) -> None:
    """Let the English version point to English pages where there are any."""
    english = translation.target_locale
    for segment in OverridableSegment.objects.filter(source=translation.source).select_related("context"):
        if segment.context.path.split(".")[-1] not in _PAGE_CHOOSERS or not segment.data:
            continue
        target = Page.objects.get(pk=segment.data).get_translation_or_none(english)
        if target is not None:
            SegmentOverride.objects.create(
                locale=english,
                context=segment.context,
                last_translated_by=user,
                data_json=json.dumps(target.pk),
            )


def _publish(translation: Translation, page: Page, user: User) -> None:
    # Published here and not by localize, which would do it after the end of the transaction.
    translation.save_target(user=user, publish=False)
    translated = page.get_translation(translation.target_locale)
    translated.get_latest_revision().publish(user=user)
