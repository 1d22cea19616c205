"""The dialogues for pages and collections offer our choices of who may read.

Wagtail's forms take them from the models, which have no setting for them. Wagtail 8.0; not reported.
"""

from wagtail.models import CollectionViewRestriction, PageViewRestriction

from sites.access.privacy import CHOICES

PATCHED = {"wagtail.models.view_restrictions:BaseViewRestriction": "b67ca9f7dcdd"}


def apply() -> None:
    for model in (PageViewRestriction, CollectionViewRestriction):
        model.RESTRICTION_CHOICES = CHOICES
