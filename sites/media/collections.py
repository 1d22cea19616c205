"""A collection decides who may open a file, so only people with a role there move a file to another one.

Whoever may change a single file through a grant leaves it where it is. The rule is in the policies; here are
the two places where Wagtail moves files.
"""

from wagtail.documents.views.bulk_actions import AddToCollectionBulkAction as StockMoveDocuments
from wagtail.images.views.bulk_actions import AddToCollectionBulkAction as StockMovePictures
from wagtail.models import Collection


class StaysInItsCollection:
    """For forms about one file: no choice of the collection for people who hold no more than a grant."""

    def __init__(self, *args, user=None, **kwargs):
        super().__init__(*args, user=user, **kwargs)
        file = self.instance
        if user and file.pk and not self.permission_policy.may_by_role(user, "change", file):
            # Also what saving looks at: Wagtail puts the file into the only collection of this queryset.
            self.collections = Collection.objects.filter(pk=file.collection_id)
            self.fields.pop("collection", None)


class _OnlyByRole:
    def check_perm(self, file):
        return self.permission_policy.may_by_role(self.request.user, "change", file)


class MoveDocuments(_OnlyByRole, StockMoveDocuments):
    """Moves the ticked documents to another collection."""


class MovePictures(_OnlyByRole, StockMovePictures):
    """Moves the ticked pictures to another collection."""
