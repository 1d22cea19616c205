"""Each picture and document names a file of its own, in the folder of its kind; see sites.media.names."""

from django.core.management import CommandError
from django.db import migrations
from django.db.models import CharField, CheckConstraint, Count, Q, UniqueConstraint, Value
from django.db.models.functions import Cast, Concat

BELOW = "(/[^/]*[^/.][^/]*)+$"
DOCUMENT = Q(file__regex=f"^documents{BELOW}")
PICTURE = Q(file__regex=f"^original_images{BELOW}")
SIZE = Q(file__regex=f"^images{BELOW}") | Q(
    file__regex=Concat(Value("^renditions/"), Cast("image", CharField()), Value(BELOW))
)
REFUSAL = """Some files can't be told apart or lie in another folder. Nothing was changed.
Please delete these pictures and documents, or give each a file of its own, with the version before; then run \
migrate again:
"""


def refuse_what_breaks_the_rules(apps, schema_editor):
    """Say which rows the constraints would refuse; sizes of pictures are made anew when they are needed."""
    found = []
    for model, rule in (("PortalImage", PICTURE), ("PortalDocument", DOCUMENT)):
        files = apps.get_model("thinka_sites", model).objects
        shared = files.values("file").annotate(rows=Count("pk")).filter(rows__gt=1).values("file")
        wrong = files.filter(~rule | Q(file__in=shared)).order_by("pk")
        found += [f"- {model} {pk}: {name}" for pk, name in wrong.values_list("pk", "file")]
    if found:
        raise CommandError(REFUSAL + "\n".join(found))
    apps.get_model("thinka_sites", "PortalRendition").objects.exclude(SIZE).delete()


class Migration(migrations.Migration):
    dependencies = [("thinka_sites", "0009_job")]

    operations = [
        migrations.RunPython(refuse_what_breaks_the_rules, migrations.RunPython.noop),
        *(
            migrations.AddConstraint(model_name=model, constraint=constraint)
            for model, constraint in (
                ("portaldocument", UniqueConstraint(fields=["file"], name="one_document_per_file")),
                ("portaldocument", CheckConstraint(condition=DOCUMENT, name="document_in_its_folder")),
                ("portalimage", UniqueConstraint(fields=["file"], name="one_picture_per_file")),
                ("portalimage", CheckConstraint(condition=PICTURE, name="picture_in_its_folder")),
                ("portalrendition", CheckConstraint(condition=SIZE, name="rendition_in_its_folder")),
            )
        ),
    ]
