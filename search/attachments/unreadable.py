"""Why a file can't be read, in one word each."""

DAMAGED = "damaged"
LOCKED = "locked"
TOO_LARGE = "too_large"
TOO_LONG = "too_long"
MISSING = "missing"


class UnreadableError(Exception):
    """A file can't be read. `reason`: one of the words above."""

    def __init__(self, reason: str):
        super().__init__(reason)
        self.reason = reason
