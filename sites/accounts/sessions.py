"""Where sessions are stored: SESSION_ENGINE.

Like Django's own database sessions, but the table holds the digest of the key in the cookie and not the key,
it is reached through functions that need that digest, and what is stored can't be read under another one: a
copy of somebody's row is worth nothing. So an injected statement finds no session to take over.
"""

from hashlib import sha256

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import CreateError, SessionBase, UpdateError
from django.db import connection
from django.utils import timezone


def digest_of(key: str) -> str:
    """The name under which the session with the `key` of a cookie is stored."""
    return sha256(key.encode()).hexdigest()


def _ask(question: str, *arguments):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {question}", arguments)
        return cursor.fetchone()[0]


class SessionStore(SessionBase):
    """One session. Never in a cache: a session that was ended must be over everywhere at once."""

    @property
    def key_salt(self) -> str:
        """What is stored under one key can't be read under another one."""
        return f"sites.accounts.sessions:{digest_of(self.session_key or '')}"

    def load(self) -> dict:
        data = _ask("portal_session(%s)", digest_of(self.session_key))
        if data is None:
            self._session_key = None
            return {}
        return self.decode(data)

    def exists(self, session_key: str) -> bool:
        return _ask("portal_session(%s)", digest_of(session_key)) is not None

    def create(self) -> None:
        # A key has 165 random bits: whether it is taken is asked once, by storing it.
        self._session_key = self._get_new_session_key()
        self.save(must_create=True)
        self.modified = True

    def save(self, must_create: bool = False) -> None:
        """Store the session.

        Raises CreateError where it must be new and is not, UpdateError where it has been ended.
        """
        if self.session_key is None:
            self.create()
            return
        data = self._get_session(no_load=must_create)
        user = data.get(SESSION_KEY)
        stored = _ask(
            "portal_store_session(%s, %s, %s, %s, %s)",
            digest_of(self.session_key),
            self.encode(data),
            self.get_expiry_date(),
            user and int(user),
            must_create,
        )
        if not stored:
            raise CreateError if must_create else UpdateError

    def delete(self, session_key: str | None = None) -> None:
        if key := session_key or self.session_key:
            _ask("portal_end_session(%s)", digest_of(key))

    @classmethod
    def clear_expired(cls) -> None:
        """Remove what is over; only for the owner of the database (`manage.py clearsessions`)."""
        from sites.models import Session

        Session.objects.filter(expires_at__lt=timezone.now()).delete()
