"""Wagtail's mails about pages, only to whoever still works on the page.

Wagtail writes to everybody who once took part: who commented, subscribed or submitted. Their grant may have
ended since, or their role; a mail would still bring them titles and comments. Wagtail 8.0; not reported: it
has no setting for the recipients.
"""

from django.db import connection
from wagtail.admin.mail import EmailNotificationMixin
from wagtail.admin.views.pages import edit
from wagtail.models import Page, TaskState

PATCHED = {
    "wagtail.admin.views.pages.edit:EditView.send_commenting_notifications": "c4067cd1affa",
    "wagtail.admin.mail:EmailNotificationMixin": "3cafc173e9d2",
}


def at_work(page: Page, people) -> list:
    """Return those of `people` who work on `page` now, in the same order; one query."""
    people = [person for person in people if person]
    with connection.cursor() as cursor:
        cursor.execute("SELECT portal_at_work(%s, %s)", [page.pk, [person.pk for person in people]])
        found = set(cursor.fetchone()[0])
    return [person for person in people if person.pk in found]


def _about_comments(stock):
    def send_notification(recipient_users, notification, extra_context):
        recipients = at_work(extra_context["page"], recipient_users)
        return stock(recipients, notification, extra_context)

    return send_notification


def _about_approvals(stock):
    def get_valid_recipients(self, instance, **kwargs):
        recipients = stock(self, instance, **kwargs)
        state = instance.workflow_state if isinstance(instance, TaskState) else instance
        return set(at_work(state.content_object, recipients)) if recipients else recipients

    return get_valid_recipients


def apply() -> None:
    edit.send_notification = _about_comments(edit.send_notification)
    EmailNotificationMixin.get_valid_recipients = _about_approvals(
        EmailNotificationMixin.get_valid_recipients
    )
