"""What Wagtail's own scripts ask for in the editing area: pictures and documents within reach."""

from wagtail.documents.api.admin.views import DocumentsAdminAPIViewSet
from wagtail.images.api.admin.views import ImagesAdminAPIViewSet

from sites.interface import reach


class ReachableImages(ImagesAdminAPIViewSet):
    """Wagtail would list the pictures of all Träger, and leave out those of restricted collections."""

    def get_queryset(self):
        return reach.images(self.request.user).order_by("id")


class ReachableDocuments(DocumentsAdminAPIViewSet):
    """Wagtail would list the documents of all Träger, and leave out those of restricted collections."""

    def get_queryset(self):
        return reach.documents(self.request.user).order_by("id")
