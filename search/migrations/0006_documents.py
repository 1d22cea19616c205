import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Documents have entries: triggers make them, also for those that are there already."""

    dependencies = [("search", "0005_passages"), ("thinka_sites", "0025_project_contact")]

    operations = [
        migrations.AddField(
            model_name="entry",
            name="document",
            field=models.OneToOneField(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="search_entry",
                to="thinka_sites.portaldocument",
            ),
        ),
    ]
