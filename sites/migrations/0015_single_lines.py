"""Takes control characters out of all texts of a single line, and keeps them out of titles and names.

A line break in a title makes calendar files and mails impossible. The update looks at every row of every table
once, and locks a table only where it finds something; with some 100,000 pages that is a matter of seconds. Going
back drops the constraints and leaves the texts as they are.
"""

from django.db import migrations

# As in sites.fields.characters; PostgreSQL knows neither zero bytes nor halves of characters.
BREAKS = r"[\u0009-\u000D\u0085\u2028\u2029]+"
CONTROLS = r"[\u0001-\u001F\u007F-\u009F\u2028\u2029]"

HEAL = f"""
DO $$
DECLARE
  found record;
  healed text;
BEGIN
  FOR found IN
    SELECT c.table_name AS "table", c.column_name AS "column",
      coalesce(c.character_maximum_length, 255) AS length
    FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
    WHERE c.table_schema = current_schema() AND t.table_type = 'BASE TABLE'
      AND c.data_type = 'character varying' AND c.is_generated = 'NEVER'
      -- Names of files, which would have to change, too; Django lets no such character into one.
      AND c.column_name NOT IN ('file', 'avatar')
  LOOP
    healed := format('regexp_replace(regexp_replace(%1$I, %2$L, '' '', ''g''), %3$L, '''', ''g'')',
      found."column", '{BREAKS}', '{CONTROLS}');
    BEGIN
      EXECUTE format('UPDATE %1$I SET %2$I = %3$s WHERE %2$I ~ %4$L',
        found."table", found."column", healed, '{CONTROLS}');
    EXCEPTION WHEN unique_violation THEN
      -- Another row has that text already.
      EXECUTE format('UPDATE %1$I SET %2$I = left(%3$s, %5$s) || ''-'' || left(md5(%2$I), 6)
        WHERE %2$I ~ %4$L', found."table", found."column", healed, '{CONTROLS}', found.length - 7);
    END;
  END LOOP;
END $$;
SET CONSTRAINTS ALL IMMEDIATE;
"""  # noqa: S608 - of constants

ONE_LINE = {
    "wagtailcore_page": ("title", "draft_title", "seo_title", "slug"),
    "wagtailcore_collection": ("name",),
    "wagtailcore_site": ("hostname", "site_name"),
    "wagtailredirects_redirect": ("old_path",),
    "auth_group": ("name",),
    "thinka_sites_portalimage": ("title", "description", "credit"),
    "thinka_sites_portaldocument": ("title",),
    "thinka_sites_mediatag": ("name",),
    "thinka_sites_traeger": ("name", "short_name"),
    "thinka_sites_user": ("first_name", "last_name", "email", "role_title"),
}


def _constraint(table: str, columns: tuple[str, ...]) -> migrations.RunSQL:
    rule = " AND ".join(f"{column} !~ '{CONTROLS}'" for column in columns)
    return migrations.RunSQL(
        f"ALTER TABLE {table} ADD CONSTRAINT thinka_one_line CHECK ({rule})",
        f"ALTER TABLE {table} DROP CONSTRAINT thinka_one_line",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("thinka_sites", "0014_date_bounds"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("wagtailcore", "0093_uploadedfile"),
        ("wagtailredirects", "0008_add_verbose_name_plural"),
    ]

    operations = [
        migrations.RunSQL(HEAL, migrations.RunSQL.noop),
        *(_constraint(table, columns) for table, columns in ONE_LINE.items()),
    ]
