"""Invitations: a link in a mail, which holds for seven days and once.

The link's token is at random and sealed with the key that the database has, too: from what that stores, a
digest, nobody makes a link, and without the key nobody makes a token that it takes.
"""

import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.mail import send_mail
from django.db import connection, transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from limits import parse

from sites.accounts.throttle import Limit
from sites.models import Invitation, Traeger
from sites.rls.seal import key
from sites.team.people import LABELS
from sites.team.services import ask

NEW, RETURNING, KNOWN = "new", "returning", "known"

# Many invitations are a nuisance, also for the mail server; one address gets no flood of them. Counted for
# each Träger: what one of them does tells others nothing.
BY_TRAEGER = Limit("invitations", parse("30 per hour"))
TO_ADDRESS = Limit("invitations to an address", parse("6 per day"))


def slowed(traeger: Traeger, email: str) -> int:
    """Count an invitation. Returns the seconds to wait: 0 where it may be sent."""
    return BY_TRAEGER.hit(str(traeger.pk)) or TO_ADDRESS.hit(str(traeger.pk), email)


def now() -> datetime:
    """Return the time as the database has it, in whole seconds: an invitation that it takes is made now."""
    return ask("clock_timestamp").replace(microsecond=0)


def make_token(pk: UUID, traeger: Traeger, role: str, email: str, made: datetime) -> str:
    """Return the token of a link: 43 characters at random and the seal."""
    random = secrets.token_urlsafe(32)
    message = f"invitation:{pk}:{traeger.pk}:{role}:{int(made.timestamp())}:{random}:{email}"
    return random + hmac.digest(key(), message.encode(), "sha256").hex()


@transaction.atomic
def invite(traeger: Traeger, role: str, email: str, by) -> None:
    """Invite an address by mail, in the place of an earlier invitation.

    Whether it has an account is not asked: the answer and its time tell nothing.
    """
    pk, made = uuid4(), now()
    token = make_token(pk, traeger, role, email, made)
    ask("portal_invite", pk, traeger.pk, role, email, sha256(token.encode()).hexdigest(), made)
    link = traeger.site.root_url + reverse("invitation", args=[pk, token])
    # Whoever is invited may have no account, so their language is not asked for.
    with translation.override(settings.LANGUAGE_CODE):
        context = {"traeger": traeger, "role": LABELS[role], "by": by, "link": link}
        subject = _("Invitation to work with %(traeger)s") % {"traeger": traeger}
        send_mail(subject, render_to_string("account/invitation.txt", context), None, [email])


def revoke(invitation: Invitation) -> None:
    """Let the link of an invitation hold no longer."""
    ask("portal_revoke_invitation", invitation.pk)


@dataclass(frozen=True)
class Opened:
    """What somebody with a link may know. `account`: NEW, RETURNING or KNOWN."""

    traeger: str
    role: str
    email: str
    account: str
    is_mine: bool

    @property
    def label(self):
        return LABELS[self.role]


def opened(pk: UUID, token: str) -> Opened | None:
    """Return what a link is about, None where it holds no longer or never did."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM portal_invitation(%s, %s)", [pk, token])
        found = cursor.fetchone()
    return Opened(*found) if found else None


def accept(pk: UUID, token: str) -> bool:
    """Let whoever is signed in join. Returns False where the link is not for them, or holds no longer."""
    return ask("portal_accept_invitation", pk, token)


def join(pk: UUID, token: str, first_name: str, last_name: str, password: str) -> bool:
    """Make the account that was invited, or open the one that was left.

    Returns False where the link was used meanwhile.
    """
    return ask("portal_join", pk, token, first_name, last_name, make_password(password))
