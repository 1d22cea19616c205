"""Closures that hold at once, and what is true in one language for all.

Translations had facts of their own, as old as the last time they were brought up to date. They get those of
their source. Not so facts in words, which may be translated, nor what names pages or words of the vocabulary:
these follow when the source is next published. The search finds the new ones after `update_index`.
"""

from django.db import migrations, models

# What languages share, by table, as of this version.
COLUMNS = {
    "home_anlaufstellepage": (
        *("illustration", "street", "postcode", "city", "since", "phone", "email"),
        "closed_on_public_holidays",
    ),
    "home_eventpage": (
        *("illustration", "start", "end", "frequency", "until", "last_end"),
        *("registration", "registration_phone", "registration_email"),
    ),
    "home_homepage": ("illustration", "show_topics"),
    "home_newspage": ("illustration", "date"),
    "home_offerpage": ("illustration", "phone", "email"),
}
ROWS = {
    "home_openinginterval": ("weekday", "opens", "closes", "by_appointment", "note"),
    "home_openingexception": ("first", "last", "closed", "opens", "closes", "reason"),
    "home_eventexclusion": ("date",),
}
# Each translation with its source at the same Träger.
FOLLOWING = """
SELECT p.id AS page, o.id AS source
FROM wagtailcore_page p JOIN wagtailcore_page o ON o.translation_key = p.translation_key AND o.id <> p.id
  JOIN wagtailcore_locale l ON l.id = o.locale_id AND l.language_code = 'de'
WHERE p.locale_id <> o.locale_id AND left(p.path, 8) = left(o.path, 8)
"""


def share(apps, schema_editor):
    def quoted(names, table=""):
        return ", ".join(f'{table}"{name}"' for name in names)

    for table, columns in COLUMNS.items():
        schema_editor.execute(
            f"UPDATE {table} t SET ({quoted(columns)}) = ROW({quoted(columns, 's.')})"  # noqa: S608
            f" FROM ({FOLLOWING}) f JOIN {table} s ON s.page_ptr_id = f.source WHERE t.page_ptr_id = f.page"
        )
    for table, columns in ROWS.items():
        schema_editor.execute(f"DELETE FROM {table} WHERE page_id IN (SELECT page FROM ({FOLLOWING}) f)")  # noqa: S608
        schema_editor.execute(
            f"INSERT INTO {table} (page_id, {quoted(columns)})"  # noqa: S608 - names from above
            f" SELECT f.page, {quoted(columns, 's.')} FROM ({FOLLOWING}) f JOIN {table} s ON s.page_id = f.source"
        )
    # Otherwise the tables could not be altered by what comes next in the same transaction.
    schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    schema_editor.execute("SET CONSTRAINTS ALL DEFERRED")


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0002_date_bounds"),
    ]

    operations = [
        # The database knows the default: processes of the version before insert rows.
        migrations.AddField(
            model_name="openingexception",
            name="at_once",
            field=models.BooleanField(db_default=False, default=False, editable=False),
        ),
        migrations.RunPython(share, migrations.RunPython.noop),
    ]
