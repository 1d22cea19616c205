"""A page is copied as a whole.

Wagtail stores a copy before its revisions and restrictions; a process that ends in between leaves half of
it. Sections that are copied in the background are stored page by page all the same, see
`sites.jobs.operations`: other people's saving would have to wait. Wagtail 8.0; not reported yet (see
docs/decisions/0011-upstream-faults.md).
"""

from functools import wraps

from django.conf import settings
from django.db import transaction
from wagtail.actions.copy_page import CopyPageAction

PATCHED = {"wagtail.actions.copy_page:CopyPageAction": "af9068db1240"}


def apply() -> None:
    stock = CopyPageAction.execute

    @wraps(stock)
    def execute(self, skip_permission_checks=False):
        if self.recursive and self.page.get_descendant_count() + 1 > settings.PORTAL_JOB_PAGES:
            return stock(self, skip_permission_checks=skip_permission_checks)
        with transaction.atomic():
            return stock(self, skip_permission_checks=skip_permission_checks)

    CopyPageAction.execute = execute
