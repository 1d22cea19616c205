"""Starting the process that reads a file, and taking its answer."""

import json
import signal
import subprocess
import sys
import tempfile
import time
from typing import Any

from django.conf import settings
from django.core.files.base import File

from search.attachments import limits
from search.attachments.unreadable import DAMAGED, TOO_LONG

PROGRAM = (sys.executable, "-m", "search.attachments.reader")
# How its limits end it.
_TOO_LONG = (-signal.SIGALRM, -signal.SIGXCPU)


class Reading:
    """A process that reads `file`, whose name ends in `ending`. Nobody has to wait for it."""

    def __init__(self, file: File, ending: str):
        # Also what it can write has an end, see `reader.bind`. What it says otherwise comes from the file.
        self._answer = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the answer
        self._process = subprocess.Popen(
            [*PROGRAM, ending],
            stdin=file,
            stdout=self._answer,
            stderr=subprocess.DEVNULL,
            cwd=settings.BASE_DIR,
            # No password of ours is in reach of what could be in a file.
            env={"LC_ALL": "C.UTF-8"},
        )
        self._latest = time.monotonic() + 2 * limits.SECONDS

    def answer(self, seconds: float) -> dict[str, Any] | None:
        """Return what `reader.read` says; None where that takes longer than `seconds` from now."""
        try:
            code = self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            if time.monotonic() < self._latest:
                return None
            self._process.kill()
            self._process.wait()
            code = -signal.SIGALRM
        with self._answer as answer:
            answer.seek(0)
            text = answer.read()
        if code in _TOO_LONG:
            return {"reason": TOO_LONG}
        try:
            return json.loads(text)
        except ValueError:
            return {"reason": DAMAGED}
