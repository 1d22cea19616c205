"""Two connections at once: what one does waits for what the other has not committed yet."""

import threading
from collections.abc import Callable

from django.db import connection, transaction


def race(first: Callable[[], object], second: Callable[[], object]) -> list[Exception]:
    """Call both; the second begins while the first is not committed, and has to wait for that.

    Returns the error that the second ended with, if any.
    """
    started, failures = threading.Event(), []

    def run():
        started.set()
        try:
            second()
        except Exception as error:
            failures.append(error)
        finally:
            connection.close()

    other = threading.Thread(target=run)
    with transaction.atomic():
        first()
        other.start()
        assert started.wait(10)
        # Without the lock it would be done long before.
        other.join(1)
        assert other.is_alive()
    other.join(20)
    assert not other.is_alive()
    return failures
