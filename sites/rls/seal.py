"""Proves to the database that the application says who is asking, and not an injected statement.

Application and database share a key, derived from SECRET_KEY: here it is computed, there it lies in a table
of the owner. With it the application signs each request (`proof`), and the database what it then tells the
rest of the session (see seal.sql).
"""

import hmac

from django.conf import settings
from django.db import connections

# The size of the blocks of SHA-256, to which RFC 2104 fills up a key.
BLOCK = 64


def key() -> bytes:
    """The key of this installation: 32 bytes. Another SECRET_KEY makes another one."""
    return hmac.digest(settings.SECRET_KEY.encode(), b"thinka_portal.sites.wall.seal", "sha256")


def pads() -> tuple[bytes, bytes]:
    """The key as the database uses it: with the inner and with the outer constant of RFC 2104."""
    filled = key().ljust(BLOCK, b"\0")
    return bytes(byte ^ 0x36 for byte in filled), bytes(byte ^ 0x5C for byte in filled)


def proof(number: int, person: int | None, area: str, host: str, port: int) -> str:
    """The seal of a request for `portal_set_identity`; `number` is the one that the connection got last."""
    who = "-" if person is None else person
    message = f"enter:{number}:{who}:{area}:{port}:{host}"
    return hmac.digest(key(), message.encode(), "sha256").hex()


def key_name() -> str:
    """A name that tells nothing about the key: a process sees by it whether the database has the same."""
    return hmac.digest(key(), b"name", "sha256").hex()[:16]


def store_key(using: str = "default") -> None:
    """Give the key to the database `using`; only its owner can."""
    with connections[using].cursor() as cursor:
        cursor.execute(
            "INSERT INTO thinka_sites_sealkey (inner_pad, outer_pad) VALUES (%s, %s)"
            " ON CONFLICT (single) DO UPDATE"
            " SET inner_pad = excluded.inner_pad, outer_pad = excluded.outer_pad",
            pads(),
        )
