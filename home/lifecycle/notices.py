"""„Stimmt nicht mehr": what readers notice becomes a task of who looks after it, and gets an answer."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language
from limits import parse

from home.facts import source_of
from home.lifecycle.notice_mails import answer_reporter, tell_owners
from home.models.lifecycle import Verification
from home.models.notices import Notice
from sites.accounts.addresses import client_network
from sites.accounts.throttle import Limit

# For how long an address waits for an answer, and what was answered is kept.
ADDRESS_KEPT = timedelta(days=90)
ANSWERED_KEPT = timedelta(days=366)

# An office behind one address has many people; whoever is signed in is counted alone.
PLACE = Limit("notices from a place", parse("10 per hour"))
# So that nobody fills the mailbox of those who look after an entry, from however many places.
ENTRY = Limit("notices about an entry", parse("20 per hour"))


def entry_of(page) -> int:
    """Return the id of the page that is meant where something is not true on `page`: the source's."""
    found = Verification.objects.about(page).values_list("page_id", flat=True).first()
    return found or (source_of(page) or page).pk


def slowed(request, entry: int) -> int:
    """Count a notice about an entry. Returns the seconds to wait: 0 where it is taken."""
    who = f"account {request.user.pk}" if request.user.is_authenticated else client_network(request)
    return PLACE.hit(who) or ENTRY.hit(str(entry))


@transaction.atomic
def leave(entry: int, reason: str, text: str, email: str, user) -> None:
    """Store what a reader has noticed, and have those told who look after the entry."""
    signed_in = user.is_authenticated
    notice = Notice(
        page_id=entry,
        reason=reason,
        text=text,
        email="" if signed_in else email,
        reporter=user if signed_in else None,
        language=get_language() or settings.LANGUAGE_CODE,
    )
    notice.save(force_insert=True)
    tell_owners.enqueue(str(notice.pk))


def open_notices(page, user) -> int:
    """Return how many open notices about `page` the person looks after; no query for mere readers."""
    # Who looks after an entry has a role with which one enters the editing area.
    if not user.has_perm("wagtailadmin.access_admin"):
        return 0
    # Of those about the page the database shows the ones that are the person's to answer.
    return Notice.objects.open().filter(page__translation_key=page.translation_key).count()


@transaction.atomic
def answer(notice: Notice, text: str, by) -> bool:
    """Note that `by` has dealt with a notice. Returns whether nobody has done so before, or just now."""
    answered = Notice.objects.open().filter(pk=notice.pk)
    first = bool(answered.update(answer=text, answered_by=by, answered_at=timezone.now()))
    if first:
        answer_reporter.enqueue(str(notice.pk))
    return first


def forget() -> None:
    """Forget to whom nobody has answered for long, and what was answered long ago. Runs as the owner."""
    now = timezone.now()
    waiting = Notice.objects.filter(created_at__lt=now - ADDRESS_KEPT)
    waiting.exclude(Q(email="") & Q(reporter=None)).update(email="", reporter=None)
    Notice.objects.filter(answered_at__lt=now - ANSWERED_KEPT).delete()
