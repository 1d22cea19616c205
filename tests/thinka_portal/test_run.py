"""The parts of `make run`."""

import socket
import threading

import pytest
from wagtail.models import Page, Site

from thinka_portal import run, worker


@pytest.fixture
def taken_port():
    with socket.socket() as other:
        other.bind((run.ADDRESS, 0))
        other.listen()
        yield other.getsockname()[1]


def test_the_port_comes_from_the_command_line():
    assert run.parse_port([]) == 8000
    assert run.parse_port(["--port", " 8123 "]) == 8123


@pytest.mark.parametrize("text", ["", "0", "65536", "-1", "http", "8000.5"])
def test_what_is_no_port_is_said(text):
    with pytest.raises(run.StartError, match="PORT must be a number from 1 to 65535"):
        run.parse_port([f"--port={text}"])


def test_a_port_in_use_gives_a_hint(taken_port):
    with pytest.raises(run.StartError, match=rf"Port {taken_port} is in use(?s:.*)make run PORT=8123"):
        run.require_free_port(taken_port)


def test_a_port_in_use_is_said_before_the_database_starts(taken_port, monkeypatch, capsys):
    monkeypatch.setattr(run, "prepare", lambda: pytest.fail("the database was started"))
    monkeypatch.setattr(run, "finish", lambda: None)
    monkeypatch.setattr(run.signal, "signal", lambda *_: None)
    assert run.main(["--port", str(taken_port)]) == 1
    assert "make run PORT=" in capsys.readouterr().err


def test_of_two_first_starts_one_waits_for_the_other(db, capsys):
    waiting, inside = threading.Event(), threading.Event()

    def begin():
        waiting.set()
        with worker.one_at_a_time():
            inside.set()

    with worker.one_at_a_time():
        other = threading.Thread(target=begin)
        other.start()
        assert waiting.wait(10)
        assert not inside.wait(0.3)
    assert inside.wait(30)
    other.join()
    assert "Another start is preparing the database" in capsys.readouterr().out


@pytest.fixture
def hosts(db):
    root = Page.objects.get(depth=1)
    names = ("one.localhost", "two.localhost", "portal.example.org")
    for hostname in names:
        Site.objects.create(hostname=hostname, port=80, root_page=root)
    return Site.objects.filter(hostname__in=names)


def test_local_sites_get_the_port_and_others_keep_theirs(hosts):
    worker.point_sites_at(8123)
    assert dict(hosts.values_list("hostname", "port")) == {
        "one.localhost": 8123,
        "two.localhost": 8123,
        "portal.example.org": 80,
    }


def test_the_welcome_names_sites_and_accounts(hosts):
    text = worker.welcome(8123)
    assert "http://one.localhost:8123/" in text
    assert "thinka-demo" in text
    for account in ("admin@thinka.example", "stadt@erfurt.example", "lotse@kontakt-in-krisen.example"):
        assert account in text
