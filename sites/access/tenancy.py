"""Which Träger something belongs to."""

from django.db.models import Exists, OuterRef
from wagtail.models import Collection

from sites.access.page_policy import folder_path
from sites.models import Traeger


def traeger_of(page) -> Traeger | None:
    """Return the Träger in whose folder `page` is; None for pages outside every folder."""
    return Traeger.objects.filter(folder__path=folder_path(page)).first()


def traeger_of_user(user):
    """Return the queryset of Träger in which `user` has a role (all for administrators)."""
    if user.is_superuser:
        return Traeger.objects.all()
    return Traeger.objects.filter(roles__group__user=user).distinct()


def traeger_of_collection(collection_id: int) -> Traeger | None:
    """Return the Träger whose files are in the collection with this id; None where they are nobody's."""
    inside = Collection.objects.filter(pk=collection_id, path__startswith=OuterRef("collection__path"))
    return (
        Traeger.objects.select_related("site").filter(Exists(inside)).order_by("-collection__depth").first()
    )
