import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0012_check_offices"),
    ]

    operations = [
        migrations.AddField(
            model_name="formofsupport",
            name="merged_into",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="home.formofsupport",
            ),
        ),
        migrations.AddField(
            model_name="formofsupport",
            name="parent",
            field=models.ForeignKey(
                blank=True,
                help_text="Whoever filters by that word also finds what has this one. There are two levels.",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="children",
                to="home.formofsupport",
                verbose_name="belongs to",
            ),
        ),
        migrations.AddField(
            model_name="sozialraum",
            name="merged_into",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="home.sozialraum",
            ),
        ),
        migrations.AddField(
            model_name="sozialraum",
            name="parent",
            field=models.ForeignKey(
                blank=True,
                help_text="Whoever filters by that word also finds what has this one. There are two levels.",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="children",
                to="home.sozialraum",
                verbose_name="belongs to",
            ),
        ),
        migrations.AddField(
            model_name="targetgroup",
            name="merged_into",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="home.targetgroup",
            ),
        ),
        migrations.AddField(
            model_name="targetgroup",
            name="parent",
            field=models.ForeignKey(
                blank=True,
                help_text="Whoever filters by that word also finds what has this one. There are two levels.",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="children",
                to="home.targetgroup",
                verbose_name="belongs to",
            ),
        ),
        migrations.AddField(
            model_name="topic",
            name="merged_into",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="home.topic",
            ),
        ),
        migrations.AddField(
            model_name="topic",
            name="parent",
            field=models.ForeignKey(
                blank=True,
                help_text="Whoever filters by that word also finds what has this one. There are two levels.",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="children",
                to="home.topic",
                verbose_name="belongs to",
            ),
        ),
    ]
