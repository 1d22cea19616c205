"""Gives each Träger its own copy of the tags that its files have.

Until now all Träger shared one list of tags. A tag on a file outside every Träger's collection goes: nobody
could have been offered it. Going back makes the shared list again.
"""

from django.db import migrations

KINDS = (("portalimage", "ImageTag"), ("portaldocument", "DocumentTag"))


def _owners(apps) -> list[tuple[str, int]]:
    """Return (path of the collection, id) of every Träger, the deepest collections first."""
    found = apps.get_model("thinka_sites", "Traeger").objects.values_list("collection__path", "pk")
    return sorted(found, key=lambda row: len(row[0]), reverse=True)


def _shared_items(apps, model: str):
    return apps.get_model("taggit", "TaggedItem").objects.filter(
        content_type__app_label="thinka_sites", content_type__model=model
    )


def to_own_tags(apps, schema_editor):
    owners = _owners(apps)
    media_tag = apps.get_model("thinka_sites", "MediaTag")
    for model, through in KINDS:
        files = dict(apps.get_model("thinka_sites", model).objects.values_list("pk", "collection__path"))
        for item in _shared_items(apps, model).select_related("tag"):
            path = files.get(item.object_id, "")
            owner = next((pk for start, pk in owners if path.startswith(start)), None)
            if owner:
                tag, _created = media_tag.objects.get_or_create(
                    traeger_id=owner, name=item.tag.name, defaults={"slug": item.tag.slug}
                )
                apps.get_model("thinka_sites", through).objects.get_or_create(
                    tag=tag, content_object_id=item.object_id
                )
        _shared_items(apps, model).delete()
    # Nothing else in the portal is tagged.
    apps.get_model("taggit", "Tag").objects.filter(taggit_taggeditem_items=None).delete()


def to_shared_tags(apps, schema_editor):
    tag_model = apps.get_model("taggit", "Tag")
    item_model = apps.get_model("taggit", "TaggedItem")
    content_types = apps.get_model("contenttypes", "ContentType").objects
    for model, through in KINDS:
        content_type, _created = content_types.get_or_create(app_label="thinka_sites", model=model)
        for item in apps.get_model("thinka_sites", through).objects.select_related("tag"):
            tag = tag_model.objects.filter(name=item.tag.name).first()
            if tag is None:
                slug, number = item.tag.slug, 1
                while tag_model.objects.filter(slug=slug).exists():
                    slug, number = f"{item.tag.slug[:90]}_{number}", number + 1
                tag = tag_model.objects.create(name=item.tag.name, slug=slug)
            item_model.objects.get_or_create(
                tag=tag, content_type=content_type, object_id=item.content_object_id
            )


class Migration(migrations.Migration):
    dependencies = [
        ("thinka_sites", "0007_media_tags"),
        ("taggit", "0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(to_own_tags, to_shared_tags)]
