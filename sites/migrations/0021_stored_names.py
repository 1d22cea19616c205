"""Pictures and documents know what they were called; their files get random names, see `purge_renditions`.

A column that is filled in one statement per table. Addresses of documents stay as they are.
"""

from django.db import migrations, models

FILL = "UPDATE thinka_sites_{model} SET file_name = regexp_replace(file, '^.*/', '')"


class Migration(migrations.Migration):
    dependencies = [("thinka_sites", "0020_sign_in")]

    operations = [
        *(
            migrations.AddField(
                model,
                "file_name",
                models.CharField(blank=True, editable=False, max_length=255, verbose_name="file name"),
            )
            for model in ("portaldocument", "portalimage")
        ),
        *(
            migrations.RunSQL(FILL.format(model=model), migrations.RunSQL.noop)
            for model in ("portaldocument", "portalimage")
        ),
    ]
