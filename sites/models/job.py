"""Operations on very many pages, which the background service performs; people call one a „Vorgang"."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sites.fields.dates import PortalDateTimeField
from sites.jobs.operations import OPERATIONS


class Job(models.Model):
    """A request of a person that is repeated later, as this person.

    Web processes only insert rows, in the person's own name; everything that follows is written by the
    background service (see `sites.rls.tables`).
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        RUNNING = "running", _("running")
        DONE = "done", _("done")
        FAILED = "failed", _("failed")
        LOST = "lost", _("broken off")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="jobs")
    # One of `sites.jobs.operations`.
    kind = models.CharField(max_length=20)
    title = models.CharField(max_length=400)
    # Pages that are affected, and those that are done where the work goes page by page.
    total = models.PositiveIntegerField()
    done = models.PositiveIntegerField(default=0)

    # The request, without anything secret: where the service finds the person's rights, it looks itself.
    scheme = models.CharField(max_length=5)
    host = models.CharField(max_length=255)
    path = models.TextField()
    data = models.TextField(blank=True)
    # Of the account when the job was noted: a new password ends sessions, and this as well.
    auth_hash = models.CharField(max_length=64, blank=True)
    # Equal for equal requests.
    fingerprint = models.CharField(max_length=64)

    state = models.CharField(max_length=7, choices=State, default=State.WAITING)
    created_at = PortalDateTimeField(auto_now_add=True)
    started_at = PortalDateTimeField(null=True)
    finished_at = PortalDateTimeField(null=True)
    # The transaction in which all changes are made, to find out later whether they were kept.
    transaction = models.BigIntegerField(null=True)
    # (level, HTML) as the editing area would have shown them.
    messages = models.JSONField(default=list)
    error = models.TextField(blank=True)
    next_url = models.TextField(blank=True)

    class Meta:
        verbose_name = _("background job")
        verbose_name_plural = _("background jobs")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "fingerprint"],
                condition=Q(state__in=["waiting", "running"]),
                name="one_unfinished_job_per_request",
            ),
            # Whoever makes the row passes RLS only; the service could not even say what became of the job.
            models.CheckConstraint(condition=Q(kind__in=list(OPERATIONS)), name="job_of_a_known_kind"),
        ]
        indexes = [
            models.Index(fields=["id"], condition=Q(state="waiting"), name="waiting_jobs"),
        ]

    def __str__(self):
        return self.title

    @property
    def is_unfinished(self) -> bool:
        return self.state in (self.State.WAITING, self.State.RUNNING)
