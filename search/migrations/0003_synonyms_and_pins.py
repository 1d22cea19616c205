import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("search", "0002_entries_of_their_own"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [
        migrations.CreateModel(
            name="Pin",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "questions",
                    models.TextField(
                        help_text="What people search for, separated by commas. Order, inflections and spellings of the words don't matter.",
                        max_length=1000,
                        verbose_name="questions",
                    ),
                ),
                (
                    "sort_order",
                    models.PositiveSmallIntegerField(
                        default=0,
                        help_text="If several pages are recommended for one question.",
                        verbose_name="position",
                    ),
                ),
                (
                    "page",
                    models.ForeignKey(
                        db_constraint=False,
                        help_text="Whoever may read it finds it first, marked as recommended.",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="wagtailcore.page",
                        verbose_name="page",
                    ),
                ),
            ],
            options={
                "verbose_name": "recommendation",
                "verbose_name_plural": "recommendations",
                "ordering": ["questions", "sort_order"],
            },
        ),
        migrations.CreateModel(
            name="Synonym",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "words",
                    models.TextField(
                        help_text="Separate them by commas: Bürgergeld, Hartz IV, ALG II. Inflections and spellings need no entry. This holds at once, for everybody who searches.",
                        max_length=1000,
                        verbose_name="words with the same meaning",
                    ),
                ),
                (
                    "shown",
                    models.TextField(
                        blank=True,
                        help_text="Leave this empty if all words above stand for each other. Otherwise whoever searches for one of the words above also finds these, but not the other way round.",
                        max_length=1000,
                        verbose_name="only in one direction: also find",
                    ),
                ),
                (
                    "locale",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="wagtailcore.locale",
                        verbose_name="language",
                    ),
                ),
            ],
            options={
                "verbose_name": "synonym",
                "verbose_name_plural": "synonyms",
                "ordering": ["words"],
            },
        ),
    ]
