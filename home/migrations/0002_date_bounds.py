"""Dates of pages lie within the bounds of `sites.fields.dates`; what lies outside is first put at their edge.

Each constraint reads its table once and locks it meanwhile: seconds even for very many pages.
"""

import datetime

import django.utils.timezone
from django.db import migrations, models

# The first value and the one after the last.
BOUNDS = {
    "DateField": ("DATE '1900-01-01'", "DATE '2100-01-01'"),
    "DateTimeField": ("TIMESTAMPTZ '1899-12-31 23:00:00+00:00'", "TIMESTAMPTZ '2099-12-31 23:00:00+00:00'"),
}


def healing_sql(table: str, column: str, kind: str) -> str:
    """Return the statement that puts what lies out of the bounds in a column at their edge."""
    first, end = BOUNDS[kind]
    return (
        f'UPDATE "{table}" SET "{column}" ='  # noqa: S608 - names and dates from the code
        f""" CASE WHEN "{column}" < {first} THEN {first} ELSE {end} - INTERVAL '1 day' END"""
        f""" WHERE NOT ("{column}" >= {first} AND "{column}" < {end})"""
    )


def heal(apps, schema_editor):
    for model in apps.get_app_config("home").get_models():
        for field in model._meta.local_fields:
            if isinstance(field, models.DateField):
                table, kind = model._meta.db_table, field.get_internal_type()
                schema_editor.execute(healing_sql(table, field.column, kind))
    # PostgreSQL changes no table in which changed rows still wait for the check of their foreign keys.
    schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


class Migration(migrations.Migration):
    dependencies = [("home", "0001_initial")]

    operations = [
        migrations.RunPython(heal, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="anlaufstelleindexpage",
            name="reviewed_on",
            field=models.DateField(
                blank=True,
                help_text="When somebody last made sure that all of this is true.",
                null=True,
                verbose_name="last checked on",
            ),
        ),
        migrations.AlterField(
            model_name="anlaufstellepage",
            name="reviewed_on",
            field=models.DateField(
                blank=True,
                help_text="When somebody last made sure that all of this is true.",
                null=True,
                verbose_name="last checked on",
            ),
        ),
        migrations.AlterField(
            model_name="anlaufstellepage",
            name="since",
            field=models.DateField(blank=True, null=True, verbose_name="open since"),
        ),
        migrations.AlterField(
            model_name="contentpage",
            name="reviewed_on",
            field=models.DateField(
                blank=True,
                help_text="When somebody last made sure that all of this is true.",
                null=True,
                verbose_name="last checked on",
            ),
        ),
        migrations.AlterField(
            model_name="eventexclusion",
            name="date",
            field=models.DateField(verbose_name="date"),
        ),
        migrations.AlterField(
            model_name="eventindexpage",
            name="reviewed_on",
            field=models.DateField(
                blank=True,
                help_text="When somebody last made sure that all of this is true.",
                null=True,
                verbose_name="last checked on",
            ),
        ),
        migrations.AlterField(
            model_name="eventpage",
            name="end",
            field=models.DateTimeField(verbose_name="end"),
        ),
        migrations.AlterField(
            model_name="eventpage",
            name="last_end",
            field=models.DateTimeField(db_index=True, editable=False, null=True),
        ),
        migrations.AlterField(
            model_name="eventpage",
            name="reviewed_on",
            field=models.DateField(
                blank=True,
                help_text="When somebody last made sure that all of this is true.",
                null=True,
                verbose_name="last checked on",
            ),
        ),
        migrations.AlterField(
            model_name="eventpage",
            name="start",
            field=models.DateTimeField(verbose_name="start"),
        ),
        migrations.AlterField(
            model_name="eventpage",
            name="until",
            field=models.DateField(
                blank=True, help_text="Empty: without an end.", null=True, verbose_name="repeats until"
            ),
        ),
        migrations.AlterField(
            model_name="homepage",
            name="reviewed_on",
            field=models.DateField(
                blank=True,
                help_text="When somebody last made sure that all of this is true.",
                null=True,
                verbose_name="last checked on",
            ),
        ),
        migrations.AlterField(
            model_name="internalpage",
            name="reviewed_on",
            field=models.DateField(
                blank=True,
                help_text="When somebody last made sure that all of this is true.",
                null=True,
                verbose_name="last checked on",
            ),
        ),
        migrations.AlterField(
            model_name="newsindexpage",
            name="reviewed_on",
            field=models.DateField(
                blank=True,
                help_text="When somebody last made sure that all of this is true.",
                null=True,
                verbose_name="last checked on",
            ),
        ),
        migrations.AlterField(
            model_name="newspage",
            name="date",
            field=models.DateField(
                db_index=True, default=django.utils.timezone.localdate, verbose_name="date"
            ),
        ),
        migrations.AlterField(
            model_name="newspage",
            name="reviewed_on",
            field=models.DateField(
                blank=True,
                help_text="When somebody last made sure that all of this is true.",
                null=True,
                verbose_name="last checked on",
            ),
        ),
        migrations.AlterField(
            model_name="offerindexpage",
            name="reviewed_on",
            field=models.DateField(
                blank=True,
                help_text="When somebody last made sure that all of this is true.",
                null=True,
                verbose_name="last checked on",
            ),
        ),
        migrations.AlterField(
            model_name="offerpage",
            name="reviewed_on",
            field=models.DateField(
                blank=True,
                help_text="When somebody last made sure that all of this is true.",
                null=True,
                verbose_name="last checked on",
            ),
        ),
        migrations.AlterField(
            model_name="openingexception",
            name="first",
            field=models.DateField(verbose_name="first day"),
        ),
        migrations.AlterField(
            model_name="openingexception",
            name="last",
            field=models.DateField(verbose_name="last day"),
        ),
        migrations.AlterField(
            model_name="teampage",
            name="reviewed_on",
            field=models.DateField(
                blank=True,
                help_text="When somebody last made sure that all of this is true.",
                null=True,
                verbose_name="last checked on",
            ),
        ),
        migrations.AddConstraint(
            model_name="anlaufstelleindexpage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("reviewed_on__gte", datetime.date(1900, 1, 1)),
                    ("reviewed_on__lte", datetime.date(2099, 12, 31)),
                ),
                name="home_anlaufstelleindexpage_reviewed_on_bounds",
            ),
        ),
        migrations.AddConstraint(
            model_name="anlaufstellepage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("since__gte", datetime.date(1900, 1, 1)), ("since__lte", datetime.date(2099, 12, 31))
                ),
                name="home_anlaufstellepage_since_bounds",
            ),
        ),
        migrations.AddConstraint(
            model_name="anlaufstellepage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("reviewed_on__gte", datetime.date(1900, 1, 1)),
                    ("reviewed_on__lte", datetime.date(2099, 12, 31)),
                ),
                name="home_anlaufstellepage_reviewed_on_bounds",
            ),
        ),
        migrations.AddConstraint(
            model_name="contentpage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("reviewed_on__gte", datetime.date(1900, 1, 1)),
                    ("reviewed_on__lte", datetime.date(2099, 12, 31)),
                ),
                name="home_contentpage_reviewed_on_bounds",
            ),
        ),
        migrations.AddConstraint(
            model_name="eventexclusion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("date__gte", datetime.date(1900, 1, 1)), ("date__lte", datetime.date(2099, 12, 31))
                ),
                name="home_eventexclusion_date_bounds",
            ),
        ),
        migrations.AddConstraint(
            model_name="eventindexpage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("reviewed_on__gte", datetime.date(1900, 1, 1)),
                    ("reviewed_on__lte", datetime.date(2099, 12, 31)),
                ),
                name="home_eventindexpage_reviewed_on_bounds",
            ),
        ),
        migrations.AddConstraint(
            model_name="eventpage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("start__gte", datetime.datetime(1899, 12, 31, 23, 0, tzinfo=datetime.UTC)),
                    ("start__lt", datetime.datetime(2099, 12, 31, 23, 0, tzinfo=datetime.UTC)),
                ),
                name="home_eventpage_start_bounds",
            ),
        ),
        migrations.AddConstraint(
            model_name="eventpage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("end__gte", datetime.datetime(1899, 12, 31, 23, 0, tzinfo=datetime.UTC)),
                    ("end__lt", datetime.datetime(2099, 12, 31, 23, 0, tzinfo=datetime.UTC)),
                ),
                name="home_eventpage_end_bounds",
            ),
        ),
        migrations.AddConstraint(
            model_name="eventpage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("until__gte", datetime.date(1900, 1, 1)), ("until__lte", datetime.date(2099, 12, 31))
                ),
                name="home_eventpage_until_bounds",
            ),
        ),
        migrations.AddConstraint(
            model_name="eventpage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("last_end__gte", datetime.datetime(1899, 12, 31, 23, 0, tzinfo=datetime.UTC)),
                    ("last_end__lt", datetime.datetime(2099, 12, 31, 23, 0, tzinfo=datetime.UTC)),
                ),
                name="home_eventpage_last_end_bounds",
            ),
        ),
        migrations.AddConstraint(
            model_name="eventpage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("reviewed_on__gte", datetime.date(1900, 1, 1)),
                    ("reviewed_on__lte", datetime.date(2099, 12, 31)),
                ),
                name="home_eventpage_reviewed_on_bounds",
            ),
        ),
        migrations.AddConstraint(
            model_name="homepage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("reviewed_on__gte", datetime.date(1900, 1, 1)),
                    ("reviewed_on__lte", datetime.date(2099, 12, 31)),
                ),
                name="home_homepage_reviewed_on_bounds",
            ),
        ),
        migrations.AddConstraint(
            model_name="internalpage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("reviewed_on__gte", datetime.date(1900, 1, 1)),
                    ("reviewed_on__lte", datetime.date(2099, 12, 31)),
                ),
                name="home_internalpage_reviewed_on_bounds",
            ),
        ),
        migrations.AddConstraint(
            model_name="newsindexpage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("reviewed_on__gte", datetime.date(1900, 1, 1)),
                    ("reviewed_on__lte", datetime.date(2099, 12, 31)),
                ),
                name="home_newsindexpage_reviewed_on_bounds",
            ),
        ),
        migrations.AddConstraint(
            model_name="newspage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("date__gte", datetime.date(1900, 1, 1)), ("date__lte", datetime.date(2099, 12, 31))
                ),
                name="home_newspage_date_bounds",
            ),
        ),
        migrations.AddConstraint(
            model_name="newspage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("reviewed_on__gte", datetime.date(1900, 1, 1)),
                    ("reviewed_on__lte", datetime.date(2099, 12, 31)),
                ),
                name="home_newspage_reviewed_on_bounds",
            ),
        ),
        migrations.AddConstraint(
            model_name="offerindexpage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("reviewed_on__gte", datetime.date(1900, 1, 1)),
                    ("reviewed_on__lte", datetime.date(2099, 12, 31)),
                ),
                name="home_offerindexpage_reviewed_on_bounds",
            ),
        ),
        migrations.AddConstraint(
            model_name="offerpage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("reviewed_on__gte", datetime.date(1900, 1, 1)),
                    ("reviewed_on__lte", datetime.date(2099, 12, 31)),
                ),
                name="home_offerpage_reviewed_on_bounds",
            ),
        ),
        migrations.AddConstraint(
            model_name="openingexception",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("first__gte", datetime.date(1900, 1, 1)), ("first__lte", datetime.date(2099, 12, 31))
                ),
                name="home_openingexception_first_bounds",
            ),
        ),
        migrations.AddConstraint(
            model_name="openingexception",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("last__gte", datetime.date(1900, 1, 1)), ("last__lte", datetime.date(2099, 12, 31))
                ),
                name="home_openingexception_last_bounds",
            ),
        ),
        migrations.AddConstraint(
            model_name="teampage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("reviewed_on__gte", datetime.date(1900, 1, 1)),
                    ("reviewed_on__lte", datetime.date(2099, 12, 31)),
                ),
                name="home_teampage_reviewed_on_bounds",
            ),
        ),
    ]
