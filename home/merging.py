"""Making one word of the vocabulary of two: everything that names the one then names the other."""

import json

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from home.models.vocabulary import FormOfSupport, Sozialraum, TargetGroup, Term, Topic
from home.uses import Use, uses

VOCABULARY: tuple[type[Term], ...] = (Topic, TargetGroup, Sozialraum, FormOfSupport)
_SEPARATOR = ", "


def joined_synonyms(kept: Term, merged: Term) -> str:
    """Return the synonyms of `kept` after the merge: its own, the name of the other word, and the other's."""
    words = [*kept.synonyms.split(","), merged.name, *merged.synonyms.split(",")]
    once = {word.strip().casefold(): word.strip() for word in reversed(words) if word.strip()}
    once.pop(kept.name.casefold(), None)
    return _SEPARATOR.join(reversed(once.values()))


def check(merged: Term, kept: Term) -> None:
    """Raise a ValidationError that says what to do first, where `merged` can't become part of `kept`."""
    if kept.pk == merged.pk or kept.locale_id != merged.locale_id:
        raise ValidationError(_("Choose another word of the same language."), code="other")
    if kept.parent_id and kept.parent_id != merged.pk and merged.children.exists():
        raise ValidationError(
            _(
                "Words belong to “%(merged)s”, and “%(kept)s” belongs to another word itself. Choose a word"
                " of the first level, or change what these words belong to."
            )
            % {"merged": merged, "kept": kept},
            code="levels",
        )
    theirs = _versions(kept)
    for locale, each in _versions(merged).items():
        other = theirs.get(locale)
        longest = kept._meta.get_field("synonyms").max_length
        if other and len(joined_synonyms(other, each)) > longest:
            raise ValidationError(
                _("“%(kept)s” would have too many words with the same meaning. Remove some of them first.")
                % {"kept": other},
                code="synonyms",
            )


def merge(merged: Term, kept: Term) -> None:
    """Let `merged` become part of `kept`, in all languages, in one transaction.

    Whatever names it then names `kept`: pages, their parts, drafts and older versions. Synonyms, the words
    below it, and names in languages that `kept` lacks go with it. Its own name becomes a synonym. Raises
    ValidationError (see `check`).
    """
    model = type(merged)
    with transaction.atomic():
        keys = (merged.translation_key, kept.translation_key)
        list(model.objects.select_for_update().filter(translation_key__in=keys).order_by("pk"))
        merged, kept = (model.objects.select_related("locale").get(pk=each.pk) for each in (merged, kept))
        check(merged, kept)
        ours, theirs = _versions(merged), _versions(kept)
        model.objects.filter(parent__in=ours.values(), pk__in=[each.pk for each in theirs.values()]).update(
            parent=None
        )
        # Names in languages that the kept word lacks become its own before all else, see vocabulary.sql.
        for locale in ours.keys() - theirs.keys():
            _adopt(ours[locale], kept)
        for locale in ours.keys() & theirs.keys():
            _absorb(ours[locale], theirs[locale])
        model.share_levels(kept.translation_key)


def _versions(term: Term) -> dict[int, Term]:
    """Return a word in all its languages, by these."""
    versions = type(term).objects.filter(translation_key=term.translation_key)
    return {each.locale_id: each for each in versions}


def _adopt(term: Term, kept: Term) -> None:
    model = type(term)
    taken = model.objects.filter(slug=kept.slug, locale=term.locale_id).exclude(pk=term.pk).exists()
    slug = term.slug if taken else kept.slug
    model.objects.filter(pk=term.pk).update(translation_key=kept.translation_key, slug=slug)


def _absorb(merged: Term, kept: Term) -> None:
    model = type(merged)
    model.objects.filter(parent=merged).update(parent=kept)
    model.objects.filter(pk=kept.pk).update(synonyms=joined_synonyms(kept, merged))
    model.objects.filter(pk=merged.pk).update(merged_into=kept)
    model.objects.get(pk=merged.pk).delete()


def triggers() -> str:
    """Return the SQL of the triggers on the tables of the vocabulary."""
    return "\n".join(_triggers(model) for model in VOCABULARY)


def _triggers(model: type[Term]) -> str:
    options = model._meta
    named = json.dumps([_named(use) for use in uses(model)])
    return "\n".join(
        f"CREATE OR REPLACE TRIGGER {trigger};".replace("{table}", options.db_table)
        for trigger in (
            "portal_guard_levels BEFORE INSERT OR UPDATE OF parent_id, locale_id ON {table} FOR EACH ROW"
            " WHEN (NEW.parent_id IS NOT NULL) EXECUTE FUNCTION portal_guard_levels()",
            "portal_rename_word AFTER UPDATE OF slug ON {table} FOR EACH ROW"
            " WHEN (OLD.slug IS DISTINCT FROM NEW.slug) EXECUTE FUNCTION portal_rename_word()",
            "portal_merge_word AFTER UPDATE OF merged_into_id ON {table} FOR EACH ROW"
            " WHEN (NEW.merged_into_id IS NOT NULL) EXECUTE FUNCTION"
            f" portal_merge_word('{options.app_label}', '{options.model_name}', '{named}')",
        )
    )


def _named(use: Use) -> dict:
    page = use.page_type._meta
    return {
        "table": use.rows._meta.db_table,
        "owner": use.owner.column,
        "column": use.word.column,
        "many": use.many,
        "page_table": page.db_table,
        "page_key": page.pk.column,
        "app": page.app_label,
        "model": page.model_name,
        "path": use.path,
    }
