"""Lists of pages call copying „Neue Seite wie diese“, as the editor does.

Wagtail makes its copy button in two hooks, of which only one can be changed afterwards. Wagtail 8.0; not
reported.
"""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.wagtail_hooks import PageListingCopyButton

PATCHED = {"wagtail.admin.wagtail_hooks:PageListingCopyButton": "d1fabfa37b0d"}


def apply() -> None:
    PageListingCopyButton.label = _("New page like this")
