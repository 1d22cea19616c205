"""Calls the roots of pages and collections by German names: everybody sees them in the editing area.

Only where nobody has given them another one.
"""

from django.db import migrations


def name(apps, schema_editor):
    pages = apps.get_model("wagtailcore", "Page").objects.filter(depth=1, title="Root")
    pages.update(title="Alle Websites", draft_title="Alle Websites")
    apps.get_model("wagtailcore", "Collection").objects.filter(depth=1, name="Root").update(
        name="Alle Sammlungen"
    )


class Migration(migrations.Migration):
    dependencies = [("thinka_sites", "0023_telephone")]

    operations = [migrations.RunPython(name, migrations.RunPython.noop)]
