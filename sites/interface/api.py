"""What Wagtail's own scripts ask for in the editing area: pictures and documents within reach."""

from wagtail.documents.api.admin.views import DocumentsAdminAPIViewSet
from wagtail.images.api.admin.views import ImagesAdminAPIViewSet

from sites.interface import reach


class ReachableImages(ImagesAdminAPIViewSet):
    """Wagtail would list the pictures of all Träger."""

    def get_queryset(self):
        return super().get_queryset().filter(pk__in=reach.images(self.request.user).values("pk"))


class ReachableDocuments(DocumentsAdminAPIViewSet):
    """Wagtail would list the documents of all Träger."""

    def get_queryset(self):
        return super().get_queryset().filter(pk__in=reach.documents(self.request.user).values("pk"))
