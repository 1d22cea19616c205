"""gunicorn serves the portal for a test, as in production, in the database of the test."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection

import psutil
from django.conf import settings
from django.db import connection

from tests.web_role import web_settings

APPLICATION = "tests.sites.rls.web_worker"
SECONDS = 120  # until nobody waits any longer


@dataclass(frozen=True)
class Server:
    """Where gunicorn serves, and its process."""

    port: int
    process: subprocess.Popen

    def workers(self) -> list[psutil.Process]:
        return psutil.Process(self.process.pid).children()


@contextmanager
def serving(workers: int, threads: int, connections: int) -> Iterator[Server]:
    """Let `workers` web processes of so many threads and connections serve while the block runs."""
    web_settings()
    with socket.create_server(("127.0.0.1", 0)) as listening:
        size = f"--workers {workers} --threads {threads}"
        command = f"gunicorn --no-control-socket {size} --bind fd://{listening.fileno()} {APPLICATION}"
        process = subprocess.Popen(
            [sys.executable, "-m", *command.split()],
            cwd=settings.BASE_DIR,
            env=os.environ
            | {
                "PORTAL_TEST_DATABASE": connection.settings_dict["NAME"],
                "PORTAL_TEST_CONNECTIONS": str(connections),
            },
            pass_fds=[listening.fileno()],
        )
        port = listening.getsockname()[1]
    try:
        yield Server(port, process)
    finally:
        process.terminate()
        process.wait(SECONDS)


@dataclass(frozen=True)
class Answer:
    """What came, and from where: the process, and the server process at the other end of its connection."""

    process: str
    backend: str
    status: int
    text: str


def ask(port: int, host: str, path: str, cookie: str = "", data: str | None = None) -> Answer:
    """Ask on `host`; `data`: of a form that is sent."""
    headers = {"Host": f"{host}:8000", "Cookie": cookie}
    if data is not None:
        headers |= {"Content-Type": "application/x-www-form-urlencoded"}
    with closing(HTTPConnection("127.0.0.1", port, timeout=SECONDS)) as line:
        line.request("GET" if data is None else "POST", path, body=data, headers=headers)
        answer = line.getresponse()
        process, backend = (answer.getheader(name) for name in ("X-Process", "X-Backend"))
        return Answer(process, backend, answer.status, answer.read().decode())
