"""Subjects of mails are one line.

Subjects name pages and people. Django refuses a line break in one with an error, which Wagtail catches:
nobody gets the mail, and whoever submitted the page sees a success. No title has a line break here (see
`single_lines`); should one come another way, the mail still leaves. Django 5.2; as intended there, nothing
to report.
"""

from django.core.mail import EmailMessage

from sites.fields.characters import one_line

PATCHED = {"django.core.mail:EmailMessage.message": "9c17ca4bf9de"}


def _with_one_line(stock):
    def message(self, *args, **kwargs):
        # Also a translation that is not computed yet.
        self.subject = one_line(str(self.subject))
        return stock(self, *args, **kwargs)

    return message


def apply() -> None:
    EmailMessage.message = _with_one_line(EmailMessage.message)
