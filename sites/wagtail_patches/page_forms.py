"""What a form of a page changes is stored as a whole, and a new page is a draft until it is published.

Wagtail's form for a new page stores it live, in several transactions, and only then publishes or schedules
it: a page with a time in the future can be read until that is done, and stays readable when the process
ends before. A hook `before_publish_page` that refuses leaves it live. The form for an existing page stores
draft, revision and schedule one by one. Wagtail 8.0; not reported yet (see
docs/decisions/0011-upstream-faults.md).
"""

from functools import wraps

from django.db import transaction
from wagtail.admin.views.pages.create import CreateView
from wagtail.admin.views.pages.edit import EditView

PATCHED = {
    "wagtail.admin.views.pages.create:CreateView.form_valid": "96fa67aa043e",
    "wagtail.admin.views.pages.create:CreateView.publish_action": "a667541705ef",
    "wagtail.admin.views.pages.edit:EditView.form_valid": "522d696bc672",
}


def apply() -> None:
    create, edit = CreateView.form_valid, EditView.form_valid

    @wraps(create)
    def create_as_draft(self, form):
        with transaction.atomic():
            # The form saves this object and has no field for it; publishing makes it live.
            form.instance.live = False
            return create(self, form)

    @wraps(edit)
    def edit_as_a_whole(self, form):
        with transaction.atomic():
            return edit(self, form)

    CreateView.form_valid, EditView.form_valid = create_as_draft, edit_as_a_whole
