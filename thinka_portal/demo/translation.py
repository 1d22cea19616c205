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

# The last parts of the paths under which pages are chosen: in blocks, and as the office of an offer.
_PAGE_CHOOSERS = {"page", "office", "anlaufstelle"}


def translate_page(page: Page, english: Locale, words: dict[str, str], user: User) -> None:
    """Translate a published page with `words` (German to English) and publish the translation.

    Its parent must be translated first. KeyError names a German string without translation: a page that is
    half English is worse than none.
    """
    source, _created = TranslationSource.get_or_create_from_instance(page.specific)
    translation, _created = Translation.objects.get_or_create(source=source, target_locale=english)
    for segment in StringSegment.objects.filter(source=source).select_related("string"):
        StringTranslation.objects.get_or_create(
            translation_of=segment.string,
            locale=english,
            context=segment.context,
            defaults={
                "data": words[segment.string.data],
                "translation_type": StringTranslation.TRANSLATION_TYPE_MANUAL,
                "last_translated_by": user,
            },
        )
    _publish(translation, page, user)


def link_translations(page: Page, english: Locale, user: User) -> None:
    """Let the English version of `page` point to English pages where there are any."""
    translation = Translation.objects.get(source__object_id=page.translation_key, target_locale=english)
    changed = False
    segments = OverridableSegment.objects.filter(source=translation.source).select_related("context")
    for segment in segments:
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
            changed = True
    if changed:
        _publish(translation, page, user)


def _publish(translation: Translation, page: Page, user: User) -> None:
    # Published here and not by localize, which would do it after the end of the transaction.
    translation.save_target(user=user, publish=False)
    page.get_translation(translation.target_locale).specific.get_latest_revision().publish(user=user)
