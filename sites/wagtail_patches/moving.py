"""A page is moved at once with what follows.

Wagtail commits before it tells anybody that a page has moved. Until it is restricted anew it would be open,
and for ever where that fails. Wagtail 8.0; not reported yet (see docs/decisions/0011-upstream-faults.md).
"""

from django.db import transaction
from wagtail.actions.move_page import MovePageAction

PATCHED = {"wagtail.actions.move_page:MovePageAction": "d5369c821273"}


def apply() -> None:
    MovePageAction.execute = transaction.atomic(MovePageAction.execute)
