"""The addresses of files that are not public to the web server: each answers only to who may see the file."""

from pathlib import PurePosixPath

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe
from wagtail.documents.models import document_served
from wagtail.models import Site
from wagtail.users.models import UserProfile

from sites.media.names import RENDITIONS
from sites.media.placement import is_public
from sites.media.reading import may_see_file, may_see_picture, may_see_portrait
from sites.media.serving import serve_file
from sites.media.storage import ORIGINALS
from sites.models import PortalDocument, PortalImage, PortalRendition, Traeger


@require_safe
def serve_document(request, document_id: int, filename: str):
    """A document, on the site of its own Träger. 404 for who may not see it, as where there is none."""
    document = get_object_or_404(PortalDocument, pk=document_id)
    traeger = Traeger.objects.for_collection(document.collection_id)
    if document.filename != filename or (traeger and Site.find_for_request(request) != traeger.site):
        raise Http404
    if not may_see_file(document, request.user):
        raise Http404
    document_served.send(sender=PortalDocument, instance=document, request=request)
    return serve_file(request, document.file, filename, public=is_public("document", document.pk))


def _of_rendition(name: str, user):
    image_id = name.split("/")[1]
    if not image_id.isdecimal():
        raise Http404
    renditions = PortalRendition.objects.select_related("image").filter(image=image_id)
    rendition = get_object_or_404(renditions, file=name)
    known_as = PurePosixPath(rendition.image.filename).stem + PurePosixPath(name).suffix
    return rendition.file, known_as, may_see_picture(rendition.image, user)


def _of_original(name: str, user):
    picture = get_object_or_404(PortalImage, file=name)
    return picture.file, picture.filename, may_see_picture(picture, user)


def _of_portrait(name: str, user):
    profile = get_object_or_404(UserProfile.objects.select_related("user"), avatar=name)
    return profile.avatar, PurePosixPath(name).name, may_see_portrait(profile.user, user)


# By the folder in the name of a file: what finds it, and tells what it is called and whether somebody may see
# it. Documents have an address of their own.
_FINDERS = {RENDITIONS: _of_rendition, ORIGINALS: _of_original, "avatar_images": _of_portrait}


@require_safe
def serve_private(request, name: str):
    """A picture from the private folder. 404 for who may not see it, as for one that does not exist."""
    folder, _slash, rest = name.partition("/")
    # Out of the folder leads no name, whatever a row says.
    if folder not in _FINDERS or not rest or ".." in rest.split("/"):
        raise Http404
    file, known_as, allowed = _FINDERS[folder](name, request.user)
    if not allowed:
        raise Http404
    return serve_file(request, file, known_as, public=False)
