"""A job is of a kind that the background service knows."""

from django.db import migrations
from django.db.models import CheckConstraint, Q

KINDS = ["move", "copy", "delete", "publish", "unpublish", "privacy", "grant", "end_grant"]


def forget_unknown_jobs(apps, schema_editor):
    apps.get_model("thinka_sites", "Job").objects.exclude(kind__in=KINDS).delete()


class Migration(migrations.Migration):
    dependencies = [("thinka_sites", "0011_uploaded_names")]

    operations = [
        migrations.RunPython(forget_unknown_jobs, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="job",
            constraint=CheckConstraint(condition=Q(kind__in=KINDS), name="job_of_a_known_kind"),
        ),
    ]
