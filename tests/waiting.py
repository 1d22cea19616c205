"""Waiting for what another process or thread does, and what a piece of code costs by itself."""

import gc
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager


def wait_until(
    true: Callable[[], object], story: Callable[[], object] = str, seconds: float = 40, nap: float = 0.1
) -> None:
    """Wait until `true()` holds; fail with `story()` after `seconds`, which are meant for a busy machine."""
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, story()
        time.sleep(nap)


@contextmanager
def own_time() -> Iterator[Callable[[], float]]:
    """Yield a function that says how many seconds of processor time this thread has spent in the block.

    Without what other threads do, and without collecting the garbage of all the tests before.
    """
    gc.disable()
    start = time.thread_time()
    try:
        yield lambda: time.thread_time() - start
    finally:
        gc.enable()
