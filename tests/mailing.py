"""Mails take their real way in tests, too: stored by whoever sends them, then handed over by the queue.

The background service would run it a moment later, as the owner of the tables. Here it runs on the connection
and in the transaction of the test: right after the request that left something, or at once outside of one.
"""

from django.db import connection
from django_tasks.signals import task_enqueued
from django_tasks_db import DatabaseBackend

from sites.jobs.queue import run_next


class Queue:
    """Runs what was left. `requests`: how many are being answered, as the web role."""

    def __init__(self):
        self.requests = 0
        self.waiting = self.running = False
        # A test that looks at the queue itself lets nothing run.
        self.paused = False

    def left(self, **_signal) -> None:
        self.waiting = True
        self.run()

    def run(self) -> None:
        busy = self.requests or self.paused or self.running
        # Nothing was left by what was undone.
        if busy or not self.waiting or connection.needs_rollback:
            return
        self.waiting, self.running = False, True
        try:
            # A task may leave others.
            while run_next():
                pass
        finally:
            self.running = False


QUEUE = Queue()
task_enqueued.connect(QUEUE.left, sender=DatabaseBackend, dispatch_uid="tests.mailing")
