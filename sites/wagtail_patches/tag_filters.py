"""Lists and choosers of files offer the tags of the person's own Träger.

Wagtail would look in taggit's table, which is empty here: tags belong to a Träger. Wagtail 8.0; not
reported: it has no setting for these classes.
"""

from wagtail.documents.views import documents
from wagtail.images.views import chooser, images

from sites.media.tag_views import DocumentsFilterSet, PictureChooseView, PicturesFilterSet

PATCHED = {
    "wagtail.images.views.images:ImagesFilterSet": "7b51cf902927",
    "wagtail.documents.views.documents:DocumentsFilterSet": "4b7bd562c30d",
    "wagtail.images.views.chooser:ImageChooseView": "32f0474a3959",
}


def apply() -> None:
    images.IndexView.filterset_class = PicturesFilterSet
    documents.IndexView.filterset_class = DocumentsFilterSet
    chooser.viewset.choose_view_class = PictureChooseView
