"""Which log lines of Django are dropped."""

import logging


class NotUnavailable(logging.Filter):
    """Drops what Django says of each request that was answered 503, unless something was raised in it."""

    def filter(self, record: logging.LogRecord) -> bool:
        return getattr(record, "status_code", None) != 503 or bool(record.exc_info)
