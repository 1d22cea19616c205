"""Nothing forward: `sites.rls.install` runs after every migration. Backward, what it made is taken away."""

from django.db import migrations

from sites.rls.install import sql


class Migration(migrations.Migration):
    dependencies = [("thinka_sites", "0005_grants")]

    operations = [
        migrations.RunSQL(
            migrations.RunSQL.noop,
            sql("drop.sql")
            + "ALTER TABLE wagtailcore_page DROP COLUMN IF EXISTS readers, DROP COLUMN IF EXISTS search_key;"
            # Of apps that may be gone before this one.
            "ALTER TABLE IF EXISTS wagtailcore_collection DROP COLUMN IF EXISTS readers;"
            "ALTER TABLE IF EXISTS wagtailsearch_indexentry DROP COLUMN IF EXISTS readers;"
            "ALTER TABLE IF EXISTS thinka_sites_portalimage DROP COLUMN IF EXISTS unsettled;"
            "DROP INDEX IF EXISTS portal_entry_object;"
            "DROP INDEX IF EXISTS portal_reference_target;",
        )
    ]
