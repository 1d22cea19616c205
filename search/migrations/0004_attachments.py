import datetime

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("search", "0003_synonyms_and_pins"),
        ("thinka_sites", "0025_project_contact"),
    ]

    operations = [
        migrations.CreateModel(
            name="Attachment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("file", models.CharField(max_length=255)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("read", "Read"),
                            ("without_text", "Without Text"),
                            ("unreadable", "Unreadable"),
                            ("other", "Other"),
                        ],
                        db_default="waiting",
                        max_length=20,
                    ),
                ),
                ("reason", models.CharField(blank=True, db_default="", max_length=20)),
                ("text", models.TextField(blank=True, db_default="")),
                ("pages", models.PositiveIntegerField(null=True)),
                ("shortened", models.BooleanField(db_default=False)),
                ("noted_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("version", models.PositiveSmallIntegerField(db_default=0)),
                (
                    "document",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="attachment",
                        to="thinka_sites.portaldocument",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "waiting")),
                        fields=["noted_at"],
                        name="search_attachment_waiting",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("noted_at__gte", datetime.datetime(1899, 12, 31, 23, 0, tzinfo=datetime.UTC)),
                            ("noted_at__lt", datetime.datetime(2099, 12, 31, 23, 0, tzinfo=datetime.UTC)),
                        ),
                        name="search_attachment_noted_at_bounds",
                    )
                ],
            },
        ),
        # What is there already waits to be read.
        migrations.RunSQL(
            "INSERT INTO search_attachment (document_id, file) SELECT id, file FROM thinka_sites_portaldocument",
            migrations.RunSQL.noop,
        ),
    ]
