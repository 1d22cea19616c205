import datetime

import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("search", "0006_documents"),
    ]

    operations = [
        migrations.CreateModel(
            name="AskedQuestion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.CharField(max_length=100, verbose_name="question")),
                ("language", models.CharField(max_length=20, verbose_name="language")),
                ("month", models.DateField()),
                ("first_on", models.DateField()),
                ("number", models.PositiveIntegerField(default=1, verbose_name="asked")),
                ("without_hits", models.PositiveIntegerField(default=0, verbose_name="without a hit")),
                ("clicks", models.PositiveIntegerField(default=0, verbose_name="with a click")),
            ],
            options={
                "verbose_name": "question",
                "verbose_name_plural": "questions",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("text", "language", "month"), name="search_askedquestion_of_month"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("month__gte", datetime.date(1900, 1, 1)),
                            ("month__lte", datetime.date(2099, 12, 31)),
                        ),
                        name="search_askedquestion_month_bounds",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("first_on__gte", datetime.date(1900, 1, 1)),
                            ("first_on__lte", datetime.date(2099, 12, 31)),
                        ),
                        name="search_askedquestion_first_on_bounds",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MissingContent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("question", models.CharField(max_length=200, verbose_name="what is missing")),
                (
                    "note",
                    models.TextField(
                        blank=True,
                        help_text="Who writes it, and where it should stand.",
                        max_length=2000,
                        verbose_name="note",
                    ),
                ),
                ("done", models.BooleanField(default=False, verbose_name="done")),
                (
                    "noted_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="noted on",
                    ),
                ),
            ],
            options={
                "verbose_name": "missing content",
                "verbose_name_plural": "missing contents",
                "ordering": ["done", "-noted_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("noted_at__gte", datetime.datetime(1899, 12, 31, 23, 0, tzinfo=datetime.UTC)),
                            ("noted_at__lt", datetime.datetime(2099, 12, 31, 23, 0, tzinfo=datetime.UTC)),
                        ),
                        name="search_missingcontent_noted_at_bounds",
                    )
                ],
            },
        ),
    ]
