"""The columns and indexes that RLS needs on tables of Wagtail, and the mark of pictures as a field.

`sites.rls.install` made them after every migration before; a database may therefore have them already, the mark
also under the name `unsettled`, or under both. Functions, triggers and policies stay with `sites.rls.install`.
"""

from django.db import migrations, models

COLUMNS = """
ALTER TABLE wagtailcore_page
  ADD COLUMN IF NOT EXISTS readers text[] NOT NULL DEFAULT '{}',
  -- By this the search finds the entries of pages.
  ADD COLUMN IF NOT EXISTS search_key text GENERATED ALWAYS AS (id::text) STORED;
ALTER TABLE wagtailcore_collection ADD COLUMN IF NOT EXISTS readers text[] NOT NULL DEFAULT '{}';
ALTER TABLE wagtailsearch_indexentry ADD COLUMN IF NOT EXISTS readers text[] NOT NULL DEFAULT '{}';
CREATE INDEX IF NOT EXISTS portal_entry_object ON wagtailsearch_indexentry (object_id);
-- Which pages show a file.
CREATE INDEX IF NOT EXISTS portal_reference_target ON wagtailcore_referenceindex (to_object_id, to_content_type_id);
"""
WITHOUT_COLUMNS = """
DROP INDEX portal_entry_object, portal_reference_target;
ALTER TABLE wagtailcore_page DROP COLUMN readers, DROP COLUMN search_key;
ALTER TABLE wagtailcore_collection DROP COLUMN readers;
ALTER TABLE wagtailsearch_indexentry DROP COLUMN readers;
"""

MARK = """
DO $$
DECLARE known name[];
BEGIN
  SELECT array_agg(attname) INTO known FROM pg_attribute
  WHERE attrelid = 'thinka_sites_portalimage'::regclass AND NOT attisdropped
    AND attname IN ('unsettled', 'renditions_stale');
  IF cardinality(known) = 2 THEN
    UPDATE thinka_sites_portalimage SET renditions_stale = true WHERE unsettled;
    ALTER TABLE thinka_sites_portalimage DROP COLUMN unsettled;
  ELSIF known = '{unsettled}' THEN
    ALTER TABLE thinka_sites_portalimage RENAME COLUMN unsettled TO renditions_stale;
  ELSIF known IS NULL THEN
    ALTER TABLE thinka_sites_portalimage ADD COLUMN renditions_stale boolean NOT NULL DEFAULT false;
  END IF;
END $$;
-- The next step makes it anew, under the name that the model gives it.
DROP INDEX IF EXISTS portal_unsettled;
"""
WITHOUT_MARK = "ALTER TABLE thinka_sites_portalimage DROP COLUMN renditions_stale"


class Migration(migrations.Migration):
    dependencies = [
        ("thinka_sites", "0021_stored_names"),
        ("wagtailcore", "0098_apitoken"),
        ("wagtailsearch", "0010_add_text_fields"),
    ]

    operations = [
        migrations.RunSQL(COLUMNS, WITHOUT_COLUMNS),
        migrations.RunSQL(
            MARK,
            WITHOUT_MARK,
            state_operations=[
                migrations.AddField(
                    "portalimage",
                    "renditions_stale",
                    models.BooleanField(db_default=False, editable=False),
                )
            ],
        ),
        migrations.AddIndex(
            "portalimage",
            models.Index(
                fields=["id"],
                name="portal_renditions_stale",
                condition=models.Q(("renditions_stale", True)),
            ),
        ),
    ]
