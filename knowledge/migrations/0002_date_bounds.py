"""Dates of methods and partners lie within the bounds of `sites.fields.dates`, as those of other pages."""

import datetime

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
    for model in apps.get_app_config("knowledge").get_models():
        for field in model._meta.local_fields:
            if isinstance(field, models.DateField):
                table, kind = model._meta.db_table, field.get_internal_type()
                schema_editor.execute(healing_sql(table, field.column, kind))
    # PostgreSQL changes no table in which changed rows still wait for the check of their foreign keys.
    schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


class Migration(migrations.Migration):
    dependencies = [("knowledge", "0001_initial")]

    operations = [
        migrations.RunPython(heal, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="methodindexpage",
            name="reviewed_on",
            field=models.DateField(
                blank=True,
                help_text="When somebody last made sure that all of this is true.",
                null=True,
                verbose_name="last checked on",
            ),
        ),
        migrations.AlterField(
            model_name="methodpage",
            name="reviewed_on",
            field=models.DateField(
                blank=True,
                help_text="When somebody last made sure that all of this is true.",
                null=True,
                verbose_name="last checked on",
            ),
        ),
        migrations.AlterField(
            model_name="partnerindexpage",
            name="reviewed_on",
            field=models.DateField(
                blank=True,
                help_text="When somebody last made sure that all of this is true.",
                null=True,
                verbose_name="last checked on",
            ),
        ),
        migrations.AlterField(
            model_name="partnerpage",
            name="reviewed_on",
            field=models.DateField(
                blank=True,
                help_text="When somebody last made sure that all of this is true.",
                null=True,
                verbose_name="last checked on",
            ),
        ),
        migrations.AddConstraint(
            model_name="methodindexpage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("reviewed_on__gte", datetime.date(1900, 1, 1)),
                    ("reviewed_on__lte", datetime.date(2099, 12, 31)),
                ),
                name="knowledge_methodindexpage_reviewed_on_bounds",
            ),
        ),
        migrations.AddConstraint(
            model_name="methodpage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("reviewed_on__gte", datetime.date(1900, 1, 1)),
                    ("reviewed_on__lte", datetime.date(2099, 12, 31)),
                ),
                name="knowledge_methodpage_reviewed_on_bounds",
            ),
        ),
        migrations.AddConstraint(
            model_name="partnerindexpage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("reviewed_on__gte", datetime.date(1900, 1, 1)),
                    ("reviewed_on__lte", datetime.date(2099, 12, 31)),
                ),
                name="knowledge_partnerindexpage_reviewed_on_bounds",
            ),
        ),
        migrations.AddConstraint(
            model_name="partnerpage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("reviewed_on__gte", datetime.date(1900, 1, 1)),
                    ("reviewed_on__lte", datetime.date(2099, 12, 31)),
                ),
                name="knowledge_partnerpage_reviewed_on_bounds",
            ),
        ),
    ]
