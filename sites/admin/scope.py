"""What a person can reach in the editing area, model by model.

Objects out of reach do not exist there: see `sites.admin.middleware`.
"""

from django.db.models import Q
from wagtail.models import Collection, Page, Site, UploadedFile
from wagtail.permissions import policy_registry
from wagtail_localize.models import Translation, TranslationSource

from sites.access.readers import readable_by
from sites.models import PortalDocument, PortalImage, Traeger

FILE_ACTIONS = ("add", "change", "delete", "choose")


def pages(user):
    """Return the pages that `user` may work on, and those on the way down to them.

    The root is nobody's: Wagtail leads from there to what is within reach.
    """
    within = policy_registry.get_by_type(Page).explorable_instances(user)
    return Page.objects.filter(Q(depth=1) | Q(pk__in=within.values("pk")))


def choosable_pages(user):
    """Return the pages within reach (and the root), and what the shared sites have published for all."""
    shared = Q(pk__in=[])
    for traeger in Traeger.objects.exclude(kind=Traeger.Kind.TRAEGER).select_related("folder"):
        shared |= Q(path__startswith=traeger.folder.path)
    readable = readable_by(Page.objects.live().filter(shared), user)
    return Page.objects.filter(Q(pk__in=pages(user).values("pk")) | Q(pk__in=readable.values("pk")))


def _files(model):
    def files(user):
        return policy_registry.get_by_type(model).instances_user_has_any_permission_for(user, FILE_ACTIONS)

    return files


images, documents = _files(PortalImage), _files(PortalDocument)


def collections(user):
    """Return the collections that `user` may change."""
    policy = policy_registry.get_by_type(Collection)
    return policy.instances_user_has_any_permission_for(user, ("add", "change", "delete"))


def sites(user):
    """Return the sites of the Träger in which `user` works."""
    return Site.objects.filter(traeger__in=Traeger.objects.for_user(user))


def uploads(user):
    """Return the files that `user` has begun to upload."""
    return UploadedFile.objects.filter(uploaded_by_user=user)


def translation_sources(user):
    """Return the texts to be translated that belong to pages within reach."""
    return TranslationSource.objects.filter(object__in=pages(user).values("translation_key"))


def translations(user):
    """Return the translations of pages within reach."""
    return Translation.objects.filter(source__in=translation_sources(user).values("pk"))
