"""What readers say is not true any more on an entry; see `home.lifecycle.notices`."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sites.fields.dates import PortalDateTimeField

TEXT_LENGTH, ANSWER_LENGTH = 500, 1000


class NoticeQuerySet(models.QuerySet):
    def open(self) -> "NoticeQuerySet":
        """Narrow to those that nobody has answered."""
        return self.filter(answered_at=None)


class Notice(models.Model):
    """About one page, in the language in which it was written first, from whichever language.

    Visitors leave one and read none, so the key is made here: the database would give it back only to who may
    read the row.
    """

    class Reason(models.TextChoices):
        PHONE = "phone", pgettext_lazy("not true any more", "The telephone number")
        HOURS = "hours", pgettext_lazy("not true any more", "The opening hours")
        ADDRESS = "address", pgettext_lazy("not true any more", "The address")
        GONE = "gone", pgettext_lazy("not true any more", "It does not exist any more")
        OTHER = "other", pgettext_lazy("not true any more", "Something else, or I am not sure")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    page = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="+")
    reason = models.CharField(_("What is not true any more?"), max_length=10, choices=Reason)
    text = models.TextField(blank=True, max_length=TEXT_LENGTH)
    created_at = PortalDateTimeField(default=timezone.now)
    # Whom to answer: a person with an account, or the address that a visitor gave. Forgotten with the answer.
    reporter = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    email = models.EmailField(blank=True)
    # In which language the visitor read.
    language = models.CharField(max_length=10, choices=settings.LANGUAGES)
    # Those who look after the entry know of it by mail.
    told = models.BooleanField(default=False)
    answer = models.TextField(blank=True, max_length=ANSWER_LENGTH)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    answered_at = PortalDateTimeField(null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice from a reader")
        verbose_name_plural = _("notices from readers")

    def __str__(self):
        return f"{self.page_id}: {self.get_reason_display()}"

    @property
    def is_open(self) -> bool:
        return self.answered_at is None

    @property
    def wants_answer(self) -> bool:
        """Whether there is somebody to whom an answer can be sent."""
        return bool(self.email or self.reporter_id)
