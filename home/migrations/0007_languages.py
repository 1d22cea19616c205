"""Languages of offices as a choice instead of a text, which becomes the remark.

What is recognised in the texts of offices and partners alike is ticked by the migration `knowledge.0005`.
"""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0006_synonyms"),
    ]

    operations = [
        migrations.RenameField("anlaufstellepage", "languages_spoken", "languages_note"),
        migrations.AlterField(
            model_name="anlaufstellepage",
            name="languages_note",
            field=models.CharField(
                blank=True,
                help_text="What the list can't say. For example: Russian by telephone only.",
                max_length=200,
                verbose_name="note on the languages",
            ),
        ),
        migrations.AddField(
            model_name="anlaufstellepage",
            name="languages",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=20),
                blank=True,
                default=list,
                size=None,
                verbose_name="languages spoken",
            ),
        ),
    ]
