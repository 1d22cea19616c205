"""Log lines about something that goes on: at most one a minute, whoever notices it."""

import logging
import threading
import time

SECONDS = 60


class Seldom:
    """Passes on one line in `seconds`; the others are dropped."""

    def __init__(self, log: logging.Logger, seconds: float = SECONDS) -> None:
        self.log, self.seconds = log, seconds
        self._lock = threading.Lock()
        self._next = 0.0

    def error(self, text: str, *arguments: object) -> bool:
        """Log an error, as `logging` does. Returns whether it was passed on."""
        with self._lock:
            now = time.monotonic()
            if now < self._next:
                return False
            self._next = now + self.seconds
        self.log.error(text, *arguments)
        return True

    def forget(self) -> None:
        """Let the next line through: what went on has ended."""
        with self._lock:
            self._next = 0.0
