"""Starts again what ends while `make run` goes on: the embedded database and the worker."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable

from .database import database_url, embedded_name, var_dir
from .postgres import DatabaseError, ensure_running, layout_for
from .postgres.process import find_postmaster

# How often a look is taken, in seconds.
LOOK = 1
# What ends soon after it was started is started again later and later, in seconds.
FIRST_WAIT, LONGEST_WAIT = 1, 60
# What has lasted so long counts as having been well.
WELL = 60
# How long the worker may take to end what it has begun.
WORKER_SECONDS = 30


class Keeper:
    """Calls each of `kept` every now and then during the block, in a thread.

    A function returns at once where nothing is missing; otherwise it starts that again and returns a line for
    the terminal. Where it can't, it raises DatabaseError or OSError.
    """

    def __init__(self, kept: dict[str, Callable[[], str]], look: float = LOOK):
        self.kept, self.look = kept, look
        # When each is looked at again, how long that was waited for, and when it was last missing.
        self.due = dict.fromkeys(kept, 0.0)
        self.waits = dict.fromkeys(kept, 0.0)
        self.missed = dict.fromkeys(kept, float("-inf"))
        self.stopped = threading.Event()
        self.thread = threading.Thread(target=self._loop, name="keeper", daemon=True)

    def __enter__(self) -> "Keeper":
        self.thread.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self.stopped.set()
        self.thread.join()

    def _loop(self) -> None:
        while not self.stopped.wait(self.look):
            for name in self.kept:
                if time.monotonic() >= self.due[name] and not self.stopped.is_set():
                    self._keep(name)

    def _keep(self, name: str) -> None:
        try:
            line = self.kept[name]()
        except (DatabaseError, OSError) as error:
            line = f"The {name} can't be started again: {error}"
        now = time.monotonic()
        if not line:
            return
        lasted = now - self.missed[name]
        self.missed[name] = now
        self.waits[name] = FIRST_WAIT if lasted > WELL else min(self.waits[name] * 2, LONGEST_WAIT)
        self.due[name] = now + self.waits[name]
        print(line, file=sys.stderr, flush=True)


def keep_database() -> str:
    """Start the embedded server where it has ended."""
    if database_url() or find_postmaster(layout_for(var_dir())):
        return ""
    ensure_running(var_dir(), embedded_name())
    return "The database had ended. It was started again."


class Worker:
    """The worker (see `thinka_portal.worker`), as a child process during the block.

    It ends when its standard input does, so also when this process is killed.
    """

    def __init__(self, port: int):
        self.port = port
        # It owns the tables, also when this process has become a web process meanwhile.
        self.environment = {name: value for name, value in os.environ.items() if name != "PORTAL_PROCESS"}

    def __enter__(self) -> "Worker":
        self.ready, writing = os.pipe()
        self._start(writing)
        return self

    def __exit__(self, *exception: object) -> None:
        self.process.stdin.close()
        try:
            self.process.wait(timeout=WORKER_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def _start(self, ready: int) -> None:
        """Start it; to the open file `ready`, which it takes over, it writes its welcome."""
        command = [*(sys.executable, "-m", "thinka_portal.worker")]
        command += ["--port", str(self.port), "--ready", str(ready)]
        try:
            self.process = subprocess.Popen(
                command, stdin=subprocess.PIPE, pass_fds=[ready], env=self.environment
            )
        finally:
            os.close(ready)

    def welcome(self) -> str:
        """Wait until it has brought the database up to date; what it says then, empty where it failed."""
        with os.fdopen(self.ready, encoding="utf-8") as ready:
            return ready.read()

    def keep(self) -> str:
        """Start it again where it has ended."""
        code = self.process.poll()
        if code is None:
            return ""
        self.process.stdin.close()
        self._start(os.open(os.devnull, os.O_WRONLY))
        return f"The worker had ended ({_meaning(code)}). It was started again."


def _meaning(code: int) -> str:
    return f"signal {-code}" if code < 0 else f"exit code {code}"
