"""Methods and partners that are published already are looked after by those who write in the knowledge base.

They count as checked from the day that stands on the page, else from their last publication.
"""

from django.db import migrations

# Table → for how many days a check holds, as of this version.
TABLES = {"knowledge_methodpage": 365, "knowledge_partnerpage": 182}
BEGIN = """
INSERT INTO home_verification (page_id, traeger_id, role, verified_on, verified_until, reminded)
SELECT p.id, t.id, 'redaktion', k.reviewed_on,
  least(coalesce(k.reviewed_on, p.last_published_at::date) + {days}, date '2099-12-31'), 0
FROM {table} k JOIN wagtailcore_page p ON p.id = k.page_ptr_id
  JOIN wagtailcore_locale l ON l.id = p.locale_id AND l.language_code = 'de'
  LEFT JOIN wagtailcore_page f ON f.path = left(p.path, 8)
  LEFT JOIN thinka_sites_traeger t ON t.folder_id = f.id
WHERE p.last_published_at IS NOT NULL AND p.alias_of_id IS NULL
ON CONFLICT (page_id) DO NOTHING
"""


def begin(apps, schema_editor):
    for table, days in TABLES.items():
        schema_editor.execute(BEGIN.format(table=table, days=days))


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0008_verification"),
        ("knowledge", "0007_method_sections"),
    ]

    operations = [migrations.RunPython(begin, migrations.RunPython.noop)]
