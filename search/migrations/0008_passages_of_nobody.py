import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("search", "0007_questions")]

    operations = [
        migrations.AlterField(
            model_name="passage",
            name="entry",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="search.entry",
            ),
        ),
        # Backward: those of nobody go before the column wants an entry again.
        migrations.RunSQL(
            migrations.RunSQL.noop,
            "DELETE FROM search_passage WHERE entry_id IS NULL; SET CONSTRAINTS ALL IMMEDIATE",
        ),
    ]
