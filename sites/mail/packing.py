"""A mail as text that a database can keep, and back."""

import json
from base64 import b64decode, b64encode
from email.mime.base import MIMEBase

from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.signing import BadSignature
from django.utils.crypto import constant_time_compare, salted_hmac

_ADDRESSES = ("to", "cc", "bcc", "reply_to")


def pack(message: EmailMessage, **headers: str) -> str:
    """Return `message` as JSON in ASCII: PostgreSQL's text takes no NUL. `headers` stand in for missing ones.

    The subject is made one line: titles of pages find their way into it, and with a line break in it the mail
    could not be sent. Raises TypeError for an attachment that is a part of a mail made by hand.
    """
    kept = {
        "subject": " ".join(str(message.subject).split()),
        "body": str(message.body),
        "from_email": str(message.from_email),
        **{name: [str(address) for address in getattr(message, name)] for name in _ADDRESSES},
        "headers": headers | {name: str(value) for name, value in message.extra_headers.items()},
        "subtype": message.content_subtype,
        "alternatives": [(str(text), kind) for text, kind in getattr(message, "alternatives", ())],
        "attachments": [_packed(attachment) for attachment in message.attachments],
    }
    return json.dumps(kept | {"seal": _seal(kept)})


def _seal(kept: dict) -> str:
    """What only the portal can write under a mail: an injected statement could insert rows."""
    return salted_hmac("sites.mail.packing", json.dumps(kept), algorithm="sha256").hexdigest()


def _packed(attachment) -> tuple[str | None, str | None, str, str | None]:
    if isinstance(attachment, MIMEBase):
        raise TypeError("Attach files as (name, content, type): a part of a mail can't be kept.")
    name, content, kind = attachment
    if isinstance(content, bytes):
        return name, kind, b64encode(content).decode(), "base64"
    return name, kind, str(content), None


def unpack(text: str, connection=None) -> EmailMultiAlternatives:
    """Return the mail that `pack` made into `text`, to be sent by `connection`.

    Raises BadSignature where it was made or changed by somebody else.
    """
    kept = json.loads(text)
    if not constant_time_compare(kept.pop("seal", ""), _seal(kept)):
        raise BadSignature("The portal has not written this mail.")
    message = EmailMultiAlternatives(
        subject=kept["subject"],
        body=kept["body"],
        from_email=kept["from_email"],
        **{name: kept[name] for name in _ADDRESSES},
        headers=kept["headers"],
        alternatives=[tuple(each) for each in kept["alternatives"]],
        connection=connection,
    )
    message.content_subtype = kept["subtype"]
    for name, kind, content, encoding in kept["attachments"]:
        message.attach(name, b64decode(content) if encoding else content, kind)
    return message
