from django.contrib.postgres.operations import UnaccentExtension
from django.db import migrations


class Migration(migrations.Migration):
    """Sorting and searching need it. PostgreSQL trusts it: the owner of the database may create it."""

    dependencies = [("thinka_sites", "0003_clear_wagtail_defaults")]

    operations = [UnaccentExtension()]
