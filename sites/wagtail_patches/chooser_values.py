"""Choosers are shown again empty after a value that is no number.

Wagtail looks for what was chosen by the value that was sent, and the look-up is an error 500 where that is
no number; the field itself refuses it with a message. Wagtail 8.0; not reported yet (see
docs/decisions/0011-upstream-faults.md).
"""

from wagtail.admin.widgets import BaseChooser

PATCHED = {"wagtail.admin.widgets.chooser:BaseChooser.get_instance": "f77208dcaf46"}


def _checked(stock):
    def get_instance(self, value):
        try:
            return stock(self, value)
        except ValueError:
            return None

    return get_instance


def apply() -> None:
    BaseChooser.get_instance = _checked(BaseChooser.get_instance)
