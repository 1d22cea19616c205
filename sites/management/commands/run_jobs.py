import signal
import threading

from django.core.management.base import BaseCommand

from sites.jobs.service import serve


class Command(BaseCommand):
    """The background service of an installation; `make run` has its own."""

    help = "Sends e-mails and performs operations on very many pages, until it is stopped."

    def handle(self, **options):
        stop = threading.Event()
        for name in (signal.SIGINT, signal.SIGTERM):
            signal.signal(name, lambda *_signal: stop.set())
        serve(stop)
