from django.db import migrations


class Migration(migrations.Migration):
    """Texts lie beside the table: each question reads many entries, and the texts of a few."""

    dependencies = [("search", "0008_passages_of_nobody")]

    operations = [
        migrations.RunSQL(
            "ALTER TABLE search_entry SET (toast_tuple_target = 128)",
            "ALTER TABLE search_entry RESET (toast_tuple_target)",
        ),
    ]
