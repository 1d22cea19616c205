"""Translations of partners get the facts of their source; see the migration of the same kind in `home`."""

from django.db import migrations

SHARE = """
UPDATE knowledge_partnerpage t
SET (illustration, short_name, address, phone, email, website)
  = ROW(s.illustration, s.short_name, s.address, s.phone, s.email, s.website)
FROM knowledge_partnerpage s
  JOIN wagtailcore_page o ON o.id = s.page_ptr_id
  JOIN wagtailcore_locale l ON l.id = o.locale_id AND l.language_code = 'de'
  JOIN wagtailcore_page p ON p.translation_key = o.translation_key AND p.locale_id <> o.locale_id
    AND left(p.path, 8) = left(o.path, 8)
WHERE t.page_ptr_id = p.id
"""


class Migration(migrations.Migration):
    dependencies = [
        ("knowledge", "0002_date_bounds"),
    ]

    operations = [migrations.RunSQL(SHARE, migrations.RunSQL.noop)]
