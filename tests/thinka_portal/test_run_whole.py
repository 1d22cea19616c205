"""`make run` from nothing: the five sites answer, kill -9 is survived, Ctrl-C leaves nothing running."""

import http.client
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from tests.thinka_portal.launching import clean_up, postmaster_pid
from tests.waiting import wait_until
from thinka_portal.database import var_dir
from thinka_portal.run import ADDRESS

ROOT = Path(__file__).resolve().parents[2]
# Loading the demo is the long part; with other tests running next to it.
READY_SECONDS = 300
SITES = {
    "localhost": 200,
    "mitmenschen.localhost": 200,
    "caritas.localhost": 200,
    "kontakt-in-krisen.localhost": 200,
    "wissen.localhost": 200,
}


@pytest.fixture(scope="module")
def var() -> Iterator[Path]:
    """An empty `var` with only the built styles, which `make` makes before the portal starts."""
    built = var_dir(ROOT) / "frontend"
    if not (built / "portal.css").exists():
        pytest.fail("The styles are not built. Run: make install")
    folder = Path(tempfile.mkdtemp(prefix="portal-run-"))
    shutil.copytree(built, folder / "frontend")
    yield folder
    clean_up(folder)


@pytest.fixture(scope="module")
def port() -> int:
    with socket.socket() as probe:
        probe.bind((ADDRESS, 0))
        return probe.getsockname()[1]


@contextmanager
def portal(var: Path, port: int) -> Iterator[tuple[subprocess.Popen, str]]:
    """The started portal and what it printed until it was ready."""
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    process = subprocess.Popen(
        [sys.executable, "-m", "thinka_portal.run", "--port", str(port)],
        cwd=ROOT,
        env=kept | {"PORTAL_VAR": str(var), "DJANGO_SETTINGS_MODULE": "thinka_portal.settings.dev"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    watchdog = threading.Timer(READY_SECONDS, process.kill)
    watchdog.start()
    try:
        lines = []
        for line in process.stdout:
            lines.append(line)
            if line.startswith("Ready after"):
                break
        else:
            pytest.fail("The portal did not become ready:\n" + "".join(lines))
        yield process, "".join(lines)
    finally:
        watchdog.cancel()
        process.kill()
        process.communicate()


def started_again(process: subprocess.Popen) -> None:
    """Read what the portal prints until both have been started again."""
    missing = {"The database had ended.", "The worker had ended (signal 9)."}
    for line in process.stdout:
        missing = {text for text in missing if text not in line}
        if not missing:
            return
    pytest.fail(f"The portal ended without: {missing}")


def get(host: str, port: int, path: str) -> tuple[int, str]:
    """The status code and the text (of whatever is no picture) at an address."""
    connection = http.client.HTTPConnection(ADDRESS, port, timeout=60)
    connection.request("GET", path, headers={"Host": f"{host}:{port}"})
    try:
        response = connection.getresponse()
        return response.status, response.read().decode(errors="replace")
    finally:
        connection.close()


def status(host: str, port: int) -> int:
    """The status code of the start page of `host`."""
    return get(host, port, "/")[0]


def addresses(page: str, folder: str) -> set[str]:
    """What a page needs from a folder of the site."""
    return set(re.findall(rf"[\"' ]({folder}[^\"' ?#]+)", page))


@pytest.mark.long
def test_from_nothing_to_five_sites_and_again_after_kill_minus_9(var, port):
    with portal(var, port) as (process, printed):
        assert {host for host in SITES if f"http://{host}:{port}/" in printed} == set(SITES)
        found = {host: status(host, port) for host in SITES}
        needed = get("mitmenschen.localhost", port, "/")[1]
        for folder in ("/static/", "/media/"):
            answers = {
                path: get("mitmenschen.localhost", port, path)[0] for path in addresses(needed, folder)
            }
            assert answers
            assert {path for path, answer in answers.items() if answer != 200} == set()
        missing = get("mitmenschen.localhost", port, "/gibt-es-nicht/")
        assert missing[0] == 404
        assert "Diese Seite haben wir nicht gefunden" in missing[1]
        assert found == SITES, process.communicate()[0]
        children = psutil.Process(process.pid).children()
        workers = [child for child in children if "thinka_portal.worker" in child.cmdline()]
        os.kill(postmaster_pid(var), signal.SIGKILL)
        for child in workers:
            child.kill()
        started_again(process)
        wait_until(lambda: status("localhost", port) == 200, seconds=READY_SECONDS)
        wait_until(lambda: get("irgendwo", port, "/_health/ready")[0] == 200, seconds=READY_SECONDS)
        os.kill(postmaster_pid(var), signal.SIGKILL)
        process.kill()

    with portal(var, port) as (process, printed):
        # Processor time, not the clock: other tests run next to this one. Idle, both are about the same.
        used = psutil.Process(process.pid).cpu_times()
        assert used.user + used.system < 10
        assert "Loading the demo" not in printed
        assert status("caritas.localhost", port) == 200
        process.send_signal(signal.SIGINT)
        output, _ = process.communicate(timeout=60)
        assert process.returncode == 0, output
        assert "Traceback" not in output
    assert postmaster_pid(var) is None
