"""Offices that are published already are looked after by those who write at their Träger.

They count as checked from the day that stands on the page, else from their last publication.
"""

from django.db import migrations

# For how many days a check holds, as of this version.
DAYS = 182
BEGIN = f"""
INSERT INTO home_verification (page_id, traeger_id, role, verified_on, verified_until, reminded)
SELECT p.id, t.id, 'redaktion', o.reviewed_on,
  least(coalesce(o.reviewed_on, p.last_published_at::date) + {DAYS}, date '2099-12-31'), 0
FROM home_anlaufstellepage o JOIN wagtailcore_page p ON p.id = o.page_ptr_id
  JOIN wagtailcore_locale l ON l.id = p.locale_id AND l.language_code = 'de'
  LEFT JOIN wagtailcore_page f ON f.path = left(p.path, 8)
  LEFT JOIN thinka_sites_traeger t ON t.folder_id = f.id
WHERE p.last_published_at IS NOT NULL AND p.alias_of_id IS NULL
ON CONFLICT (page_id) DO NOTHING
"""  # noqa: S608 - no input


class Migration(migrations.Migration):
    dependencies = [("home", "0011_notices")]

    operations = [migrations.RunSQL(BEGIN, migrations.RunSQL.noop)]
