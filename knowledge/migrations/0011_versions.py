import datetime

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("knowledge", "0010_partners_block"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [
        migrations.CreateModel(
            name="PublishedVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("published_at", models.DateTimeField()),
                ("said", models.JSONField()),
                (
                    "readers",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), default=list, editable=False, size=None
                    ),
                ),
                (
                    "page",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="wagtailcore.page",
                    ),
                ),
            ],
            options={
                "verbose_name": "published version",
                "verbose_name_plural": "published versions",
                "ordering": ["-published_at", "-pk"],
                "indexes": [models.Index(fields=["page", "-published_at"], name="version_of_page")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "published_at__gte",
                                datetime.datetime(1899, 12, 31, 23, 0, tzinfo=datetime.UTC),
                            ),
                            (
                                "published_at__lt",
                                datetime.datetime(2099, 12, 31, 23, 0, tzinfo=datetime.UTC),
                            ),
                        ),
                        name="knowledge_publishedversion_published_at_bounds",
                    )
                ],
            },
        ),
    ]
