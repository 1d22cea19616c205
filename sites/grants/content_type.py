"""Object permissions (django-guardian) on pages, documents and pictures."""

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Page


def permission_content_type(obj) -> ContentType:
    """Return the content type that the permissions of `obj` (a model or an instance) belong to.

    Wagtail's page permissions belong to the base model Page; without this, guardian looks for permissions
    of the page type and finds none.
    """
    model = obj if isinstance(obj, type) else type(obj)
    return ContentType.objects.get_for_model(Page if issubclass(model, Page) else model)
