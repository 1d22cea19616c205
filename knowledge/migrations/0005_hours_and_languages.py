"""Opening hours and languages of partners as offices have them.

The texts of before become the remarks: hours can't be read from them. Languages can, where the text is a list
of names: these are ticked, and what is left of the text stays. The same for offices, whose fields the migration
`home.0006` made. Drafts and older versions are changed like what is published, so that publishing one loses
nothing.
"""

import datetime
import json
import re
import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
import modelcluster.fields
from django.db import migrations, models

PAGES = {
    ("home", "anlaufstellepage"): "home_anlaufstellepage",
    ("knowledge", "partnerpage"): "knowledge_partnerpage",
}
# As of this version, in German and English, as texts have them.
NAMES = {
    "de": "deutsch german",
    "gsg": "dgs gebärdensprache",
    "ar": "arabisch arabic",
    "uk": "ukrainisch ukrainian",
    "ru": "russisch russian",
    "en": "englisch english",
    "fa": "persisch persian farsi",
    "sq": "albanisch albanian",
    "am": "amharisch amharic",
    "hy": "armenisch armenian",
    "az": "aserbaidschanisch azerbaijani",
    "bs": "bosnisch bosnian",
    "bg": "bulgarisch bulgarian",
    "zh": "chinesisch chinese",
    "prs": "dari",
    "fr": "französisch french",
    "ka": "georgisch georgian",
    "el": "griechisch greek",
    "hi": "hindi",
    "it": "italienisch italian",
    "hr": "kroatisch croatian",
    "ku": "kurmanji kurmandschi",
    "ckb": "sorani",
    "mk": "mazedonisch macedonian",
    "ps": "paschtu pashto",
    "pl": "polnisch polish",
    "pt": "portugiesisch portuguese",
    "rom": "romanes romani",
    "ro": "rumänisch romanian",
    "sr": "serbisch serbian",
    "so": "somali",
    "es": "spanisch spanish",
    "ti": "tigrinya tigrinisch",
    "cs": "tschechisch czech",
    "tr": "türkisch turkish",
    "hu": "ungarisch hungarian",
    "ur": "urdu",
    "vi": "vietnamesisch vietnamese",
}
CODES = {name: code for code, names in NAMES.items() for name in names.split()} | {
    "leichte sprache": "de-simple",
    "deutsche gebärdensprache": "gsg",
}
BETWEEN = re.compile(r"\s*(?:[,;/]|\bund\b|\band\b)\s*")
# Each translation with its source at the same Träger.
FOLLOWING = """
SELECT p.id AS page, o.id AS source
FROM wagtailcore_page p JOIN wagtailcore_page o ON o.translation_key = p.translation_key AND o.id <> p.id
  JOIN wagtailcore_locale l ON l.id = o.locale_id AND l.language_code = 'de'
WHERE p.locale_id <> o.locale_id AND left(p.path, 8) = left(o.path, 8)
"""
# By which wagtail-localize finds the translations of a field: UUID 5 of its name.
FIELD_NAMES = uuid.UUID("fcab004a-2b50-11ea-978f-2e728ce88125")


def recognised(text: str) -> tuple[list[str], str]:
    """Return the codes of the languages that `text` is a list of, and what is left of it."""
    codes, rest = [], []
    for part in filter(None, BETWEEN.split(text.strip())):
        code = CODES.get(part.casefold())
        if code is None:
            rest.append(part)
        elif code not in codes:
            codes.append(code)
    return (codes, ", ".join(rest)) if codes else ([], text)


def tick_languages(apps, schema_editor):
    for (app, name), table in PAGES.items():
        model = apps.get_model(app, name)
        for page, text in model.objects.exclude(languages_note="").values_list("pk", "languages_note"):
            codes, rest = recognised(text)
            model.objects.filter(pk=page).update(languages=codes, languages_note=rest)
        schema_editor.execute(
            f"UPDATE {table} t SET languages = s.languages,"  # noqa: S608 - names from above
            " languages_note = CASE WHEN s.languages_note = '' THEN '' ELSE t.languages_note END"
            f" FROM ({FOLLOWING}) f JOIN {table} s ON s.page_ptr_id = f.source WHERE t.page_ptr_id = f.page"
        )


def change_drafts(apps, schema_editor):
    revisions = apps.get_model("wagtailcore", "Revision").objects
    for app, name in PAGES:
        of_type = revisions.filter(content_type__app_label=app, content_type__model=name)
        for revision in of_type.filter(content__has_key="languages_spoken").iterator():
            codes, rest = recognised(revision.content.pop("languages_spoken"))
            revision.content |= {"languages": json.dumps(codes), "languages_note": rest}
            if name == "partnerpage":
                revision.content["hours_note"] = revision.content.pop("hours", "")
            revision.save(update_fields=["content"])


def keep_translations_of_hours(apps, schema_editor):
    """What partners' hours were translated to is what their remark is translated to."""
    contexts = apps.get_model("wagtail_localize", "TranslationContext").objects.filter(path="hours")
    for context in contexts.filter(object__content_type__model="partnerpage"):
        context.path = context.field_path = "hours_note"
        context.path_id = uuid.uuid5(FIELD_NAMES, "hours_note")
        context.save()


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0007_languages"),
        ("knowledge", "0004_telephone"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailcore", "0098_apitoken"),
        ("wagtail_localize", "0016_rename_page_revision_translationlog_revision"),
    ]

    operations = [
        migrations.RenameField("partnerpage", "hours", "hours_note"),
        migrations.AlterField(
            model_name="partnerpage",
            name="hours_note",
            field=models.CharField(blank=True, max_length=200, verbose_name="note on the opening hours"),
        ),
        migrations.RenameField("partnerpage", "languages_spoken", "languages_note"),
        migrations.AlterField(
            model_name="partnerpage",
            name="languages_note",
            field=models.CharField(
                blank=True,
                help_text="What the list can't say. For example: Russian by telephone only.",
                max_length=200,
                verbose_name="note on the languages",
            ),
        ),
        migrations.AddField(
            model_name="partnerpage",
            name="languages",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=20),
                blank=True,
                default=list,
                size=None,
                verbose_name="languages spoken",
            ),
        ),
        migrations.AddField(
            model_name="partnerpage",
            name="closed_on_public_holidays",
            field=models.BooleanField(default=True, verbose_name="closed on public holidays in Thuringia"),
        ),
        migrations.CreateModel(
            name="PartnerInterval",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "weekday",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (0, "Monday"),
                            (1, "Tuesday"),
                            (2, "Wednesday"),
                            (3, "Thursday"),
                            (4, "Friday"),
                            (5, "Saturday"),
                            (6, "Sunday"),
                        ],
                        verbose_name="day",
                    ),
                ),
                ("opens", models.TimeField(verbose_name="from")),
                ("closes", models.TimeField(verbose_name="until")),
                ("by_appointment", models.BooleanField(default=False, verbose_name="only by appointment")),
                ("note", models.CharField(blank=True, max_length=100, verbose_name="note")),
                (
                    "page",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="intervals",
                        to="knowledge.partnerpage",
                    ),
                ),
            ],
            options={"ordering": ["weekday", "opens"], "abstract": False},
        ),
        migrations.CreateModel(
            name="PartnerException",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("first", models.DateField(verbose_name="first day")),
                ("last", models.DateField(verbose_name="last day")),
                ("closed", models.BooleanField(default=True, verbose_name="closed")),
                ("opens", models.TimeField(blank=True, null=True, verbose_name="from")),
                ("closes", models.TimeField(blank=True, null=True, verbose_name="until")),
                (
                    "reason",
                    models.CharField(
                        blank=True, help_text="For example: team day.", max_length=100, verbose_name="reason"
                    ),
                ),
                ("at_once", models.BooleanField(db_default=False, default=False, editable=False)),
                (
                    "page",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="exceptions",
                        to="knowledge.partnerpage",
                    ),
                ),
            ],
            options={
                "ordering": ["first"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("first__gte", datetime.date(1900, 1, 1)),
                            ("first__lte", datetime.date(2099, 12, 31)),
                        ),
                        name="knowledge_partnerexception_first_bounds",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("last__gte", datetime.date(1900, 1, 1)),
                            ("last__lte", datetime.date(2099, 12, 31)),
                        ),
                        name="knowledge_partnerexception_last_bounds",
                    ),
                ],
            },
        ),
        migrations.RunPython(tick_languages, migrations.RunPython.noop),
        migrations.RunPython(change_drafts, migrations.RunPython.noop),
        migrations.RunPython(keep_translations_of_hours, migrations.RunPython.noop),
    ]
