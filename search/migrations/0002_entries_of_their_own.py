import datetime

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

BOUNDS = (
    datetime.datetime(1899, 12, 31, 23, 0, tzinfo=datetime.UTC),
    datetime.datetime(2099, 12, 31, 23, 0, tzinfo=datetime.UTC),
)


def bounds(field):
    return migrations.AddConstraint(
        model_name="entry",
        constraint=models.CheckConstraint(
            condition=models.Q((f"{field}__gte", BOUNDS[0]), (f"{field}__lt", BOUNDS[1])),
            name=f"search_entry_{field}_bounds",
        ),
    )


class Migration(migrations.Migration):
    """Entries have an id of their own. The index is made anew: the background service does it, in minutes."""

    dependencies = [("search", "0001_initial"), ("wagtailcore", "0098_apitoken")]

    operations = [
        migrations.DeleteModel(name="Posting"),
        migrations.DeleteModel(name="Entry"),
        migrations.CreateModel(
            name="Entry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("path", models.CharField(max_length=255)),
                (
                    "readers",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), default=list, size=None
                    ),
                ),
                ("translation_key", models.UUIDField(null=True)),
                (
                    "facets",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), default=list, size=None
                    ),
                ),
                ("date", models.DateTimeField(null=True)),
                ("until", models.DateTimeField(null=True)),
                ("checked_until", models.DateTimeField(null=True)),
                ("text", models.TextField()),
                ("sequence", models.TextField()),
                ("version", models.PositiveSmallIntegerField()),
                (
                    "page",
                    models.OneToOneField(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="search_entry",
                        to="wagtailcore.page",
                    ),
                ),
                (
                    "locale",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="wagtailcore.locale",
                    ),
                ),
            ],
        ),
        *map(bounds, ("date", "until", "checked_until")),
        migrations.CreateModel(
            name="Posting",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("weight", models.FloatField()),
                (
                    "entry",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="search.entry",
                    ),
                ),
                (
                    "term",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="search.term",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("term", "entry"), include=("weight",), name="search_posting_of_term_and_entry"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="TitleWord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("word", models.CharField(max_length=100)),
                (
                    "entry",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="search.entry",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["word"], name="search_titleword_beginning", opclasses=["text_pattern_ops"]
                    )
                ],
            },
        ),
        # What is published waits for the background service.
        migrations.RunSQL(
            "INSERT INTO search_change (object_id) SELECT id FROM wagtailcore_page WHERE live",
            migrations.RunSQL.noop,
        ),
    ]
