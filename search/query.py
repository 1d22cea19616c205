"""What a person may find: every query of the search starts here."""

from wagtail.models import Page

from sites.access import readable_by


def findable(user):
    """Return the published pages that `user` (also anonymous) may read, of all sites."""
    # Folders have no address; the root is no page of anybody.
    return readable_by(Page.objects.live().filter(depth__gte=3), user)
