import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("search", "0004_attachments"),
    ]

    operations = [
        migrations.CreateModel(
            name="Passage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("text", models.TextField()),
                # Becomes halfvec where PostgreSQL has the extension: `prepare` in search/meaning/storage.py.
                (
                    "vector",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.FloatField(), null=True, size=None
                    ),
                ),
                ("model", models.CharField(default="", max_length=50)),
                (
                    "entry",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="search.entry",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["model", "id"], name="search_passage_by_model")],
                "constraints": [
                    models.UniqueConstraint(fields=("entry", "number"), name="search_passage_of_entry")
                ],
            },
        ),
    ]
