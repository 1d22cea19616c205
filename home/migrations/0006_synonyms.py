from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0005_offer_bring_and_all_offices"),
    ]

    operations = [
        migrations.AddField(
            model_name="formofsupport",
            name="synonyms",
            field=models.CharField(
                blank=True,
                help_text="Separate them by commas. Whoever searches for one of them also finds the name, and the other way round.",
                max_length=500,
                verbose_name="words with the same meaning",
            ),
        ),
        migrations.AddField(
            model_name="sozialraum",
            name="synonyms",
            field=models.CharField(
                blank=True,
                help_text="Separate them by commas. Whoever searches for one of them also finds the name, and the other way round.",
                max_length=500,
                verbose_name="words with the same meaning",
            ),
        ),
        migrations.AddField(
            model_name="targetgroup",
            name="synonyms",
            field=models.CharField(
                blank=True,
                help_text="Separate them by commas. Whoever searches for one of them also finds the name, and the other way round.",
                max_length=500,
                verbose_name="words with the same meaning",
            ),
        ),
        migrations.AddField(
            model_name="topic",
            name="synonyms",
            field=models.CharField(
                blank=True,
                help_text="Separate them by commas. Whoever searches for one of them also finds the name, and the other way round.",
                max_length=500,
                verbose_name="words with the same meaning",
            ),
        ),
    ]
