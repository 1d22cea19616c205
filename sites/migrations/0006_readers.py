"""Nothing forward. Backward, it takes away the columns that an earlier version made after every migration.

Those are made by 0022 today, which takes them away itself; functions, triggers and policies go before any
migration runs.
"""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("thinka_sites", "0005_grants")]

    operations = [
        migrations.RunSQL(
            migrations.RunSQL.noop,
            "ALTER TABLE wagtailcore_page DROP COLUMN IF EXISTS readers, DROP COLUMN IF EXISTS search_key;"
            # Of apps that may be gone before this one.
            "ALTER TABLE IF EXISTS wagtailcore_collection DROP COLUMN IF EXISTS readers;"
            "ALTER TABLE IF EXISTS wagtailsearch_indexentry DROP COLUMN IF EXISTS readers;"
            "ALTER TABLE IF EXISTS thinka_sites_portalimage"
            " DROP COLUMN IF EXISTS unsettled, DROP COLUMN IF EXISTS renditions_stale;"
            "DROP INDEX IF EXISTS portal_entry_object;"
            "DROP INDEX IF EXISTS portal_reference_target;",
        )
    ]
