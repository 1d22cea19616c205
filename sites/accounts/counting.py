"""Counts for the library `limits`, in the database: all processes share them, and nothing else is needed."""

from django.db import DatabaseError, connection
from django.utils.crypto import salted_hmac
from limits.storage import Storage

from sites.models import AttemptCount


def digest(text: str) -> str:
    """Return what stands for `text` (an address, a name) where nobody should read it."""
    return salted_hmac("sites.accounts", text, algorithm="sha256").hexdigest()


def _ask(sql: str, *arguments):
    with connection.cursor() as cursor:
        cursor.execute(sql, arguments)
        return cursor.fetchone()


class DatabaseStorage(Storage):
    """One statement a count, which is atomic: of many tries at the same moment none is missed."""

    STORAGE_SCHEME = None

    @property
    def base_exceptions(self):
        return DatabaseError

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        return _ask("SELECT portal_count(%s, %s, %s)", digest(key), expiry, amount)[0]

    def get(self, key: str) -> int:
        return _ask("SELECT * FROM portal_counted(%s)", digest(key))[0]

    def get_expiry(self, key: str) -> float:
        return _ask("SELECT * FROM portal_counted(%s)", digest(key))[1]

    def clear(self, key: str) -> None:
        _ask("SELECT portal_uncount(%s)", digest(key))

    def check(self) -> bool:
        return connection.is_usable()

    def reset(self) -> int:
        """Forget all counts; only for the owner of the database."""
        return AttemptCount.objects.all().delete()[0]
