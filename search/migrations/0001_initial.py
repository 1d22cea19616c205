import datetime

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.datetime
from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("thinka_sites", "0025_project_contact"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [
        # Finds terms that resemble a mistyped one. PostgreSQL trusts it: the owner of the database may create it.
        TrigramExtension(),
        migrations.CreateModel(
            name="Change",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("model", models.CharField(db_default="wagtailcore.page", max_length=100)),
                ("object_id", models.IntegerField()),
                ("noted_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("due_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("noted_at__gte", datetime.datetime(1899, 12, 31, 23, 0, tzinfo=datetime.UTC)),
                            ("noted_at__lt", datetime.datetime(2099, 12, 31, 23, 0, tzinfo=datetime.UTC)),
                        ),
                        name="search_change_noted_at_bounds",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("due_at__gte", datetime.datetime(1899, 12, 31, 23, 0, tzinfo=datetime.UTC)),
                            ("due_at__lt", datetime.datetime(2099, 12, 31, 23, 0, tzinfo=datetime.UTC)),
                        ),
                        name="search_change_due_at_bounds",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Entry",
            fields=[
                (
                    "page",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        primary_key=True,
                        related_name="search_entry",
                        serialize=False,
                        to="wagtailcore.page",
                    ),
                ),
                ("path", models.CharField(max_length=255)),
                (
                    "readers",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), default=list, size=None
                    ),
                ),
                ("text", models.TextField()),
                ("sequence", models.TextField()),
                ("until", models.DateTimeField(null=True)),
                ("version", models.PositiveSmallIntegerField()),
                (
                    "content_type",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="contenttypes.contenttype",
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
        migrations.CreateModel(
            name="Term",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.CharField(max_length=100, unique=True)),
            ],
            options={
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["text"], name="search_term_similar", opclasses=["gin_trgm_ops"]
                    )
                ],
            },
        ),
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
        ),
        migrations.AddConstraint(
            model_name="entry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("until__gte", datetime.datetime(1899, 12, 31, 23, 0, tzinfo=datetime.UTC)),
                    ("until__lt", datetime.datetime(2099, 12, 31, 23, 0, tzinfo=datetime.UTC)),
                ),
                name="search_entry_until_bounds",
            ),
        ),
        migrations.AddConstraint(
            model_name="posting",
            constraint=models.UniqueConstraint(
                fields=("term", "entry"), include=("weight",), name="search_posting_of_term_and_entry"
            ),
        ),
        # What is published already waits for the background service.
        migrations.RunSQL(
            "INSERT INTO search_change (object_id) SELECT id FROM wagtailcore_page WHERE live",
            migrations.RunSQL.noop,
        ),
    ]
