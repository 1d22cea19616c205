"""What Wagtail's own scripts ask for in the editing area: what is within reach."""

from wagtail.admin.api.views import PagesAdminAPIViewSet
from wagtail.documents.api.admin.views import DocumentsAdminAPIViewSet
from wagtail.images.api.admin.views import ImagesAdminAPIViewSet

from sites.admin import scope


class PagesInScope(PagesAdminAPIViewSet):
    """Wagtail would add what a page tells search engines, also of pages that somebody only passes on the way.

    Its scripts use none of that, and what is no field can't be asked for by a filter either.
    """

    meta_fields = [
        name for name in PagesAdminAPIViewSet.meta_fields if name not in {"seo_title", "search_description"}
    ]


class ImagesInScope(ImagesAdminAPIViewSet):
    """Wagtail would list the pictures of all Träger, and leave out those of restricted collections."""

    def get_queryset(self):
        return scope.images(self.request.user).order_by("id")


class DocumentsInScope(DocumentsAdminAPIViewSet):
    """Wagtail would list the documents of all Träger, and leave out those of restricted collections."""

    def get_queryset(self):
        return scope.documents(self.request.user).order_by("id")
