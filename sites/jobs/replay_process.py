"""The process that repeats one request: `python -m sites.jobs.replay_process --database NAME --answers FD`.

Like a web process it connects as the role that RLS binds. The request comes as one line of JSON on the
standard input; when that ends, whoever wanted the answer is gone, and so is this process. What it tells goes
to the open file with the given number, one JSON object in a line; the last one is the outcome.
"""

import argparse
import json
import os
import sys
import threading

# The service breaks it off after that time, see `sites.jobs.runner.LONGEST`; in seconds.
LONGEST = 2 * 60 * 60
# How often progress is told, in seconds.
THROTTLE = 0.5


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m sites.jobs.replay_process", description=__doc__)
    parser.add_argument("--database", required=True)
    parser.add_argument("--answers", type=int, required=True)
    options = parser.parse_args()
    wanted = json.loads(sys.stdin.readline())
    threading.Thread(target=_end_with_the_service, daemon=True).start()

    # Before the settings are read: this process never connects as the owner of the database.
    os.environ["PORTAL_PROCESS"] = "web"
    import django
    from django.conf import settings

    from sites.rls.connections import JOB_LIMITS, limits
    from sites.rls.web_connection import WebConnection

    settings.DATABASES["default"]["NAME"] = options.database
    # A request that was accepted before may name more pages than a browser could.
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = None
    limits.update(JOB_LIMITS)
    WebConnection.seconds = LONGEST
    django.setup()
    from sites.jobs.replay import Request, replay
    from sites.rls.preflight import require_rls

    require_rls()
    with os.fdopen(options.answers, "w", encoding="utf-8", buffering=1) as answers:
        teller = _Teller(answers)
        outcome = replay(Request(**wanted), teller.tell)
        teller.end(outcome.as_dict())


class _Teller:
    """Writes what is to be told; of the numbers of pages only the newest, every now and then."""

    def __init__(self, answers):
        self.answers = answers
        self.newest: dict = {}
        self.ended = threading.Event()
        self.lock = threading.Lock()
        threading.Thread(target=self._go_on, daemon=True).start()

    def tell(self, news: dict) -> None:
        if "done" in news:
            self.newest = news
        else:
            self.write(news)

    def end(self, outcome: dict) -> None:
        """Write the last of all."""
        with self.lock:
            self.ended.set()
            self._line(outcome)

    def write(self, news: dict) -> None:
        with self.lock:
            if not self.ended.is_set():
                self._line(news)

    def _line(self, news: dict) -> None:
        self.answers.write(json.dumps(news) + "\n")

    def _go_on(self) -> None:
        told = self.newest
        while not self.ended.wait(THROTTLE):
            if self.newest is not told:
                told = self.newest
                self.write(told)


def _end_with_the_service() -> None:
    """What is not committed yet is undone by the database when this process ends."""
    # Not through `sys.stdin`, whose lock a thread must not hold when the process ends.
    while os.read(0, 1024):
        pass
    os._exit(1)


if __name__ == "__main__":
    main()
