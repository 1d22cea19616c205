"""The embedded server as root and as a normal user."""

import json
import os
import signal
import stat
import subprocess
import time

from tests.thinka_portal.launching import modes, postmaster_pid, query
from thinka_portal.postgres import layout_for


def test_starts_serves_and_stops(runner, make_var):
    var = make_var(runner.uid)
    assert runner.drive(var, "start")["started"] is True
    assert query(var, "SHOW server_version_num")[0][0] >= "180000"
    assert query(var, "SELECT rolsuper, rolcreatedb FROM pg_roles WHERE rolname = 'portal'") == [
        (False, True)
    ]
    assert query(var, "SHOW listen_addresses") == [("",)]
    assert query(var, "SELECT upper('äöü'), to_tsvector('german', '„Beratung“')") == [("ÄÖÜ", "'berat':1")]
    assert runner.drive(var, "stop")["stopped"] is True
    assert postmaster_pid(var) is None
    assert runner.drive(var, "stop")["stopped"] is False


def test_the_owner_can_install_the_extensions_for_search(runner, make_var):
    var = make_var(runner.uid)
    runner.drive(var, "start")
    query(var, "CREATE EXTENSION unaccent")
    query(var, "CREATE EXTENSION pg_trgm")
    assert query(var, "SELECT unaccent('Öfen')") == [("Ofen",)]


def test_what_only_a_superuser_may_install_is_there(runner, make_var):
    var = make_var(runner.uid)
    runner.drive(var, "start")
    assert query(var, "SELECT '[1,2]'::halfvec(2) <#> '[3,4]'") == [(-11,)]
    query(var, "CREATE DATABASE another")
    assert query(var, "SELECT '[1,2]'::halfvec(2) <#> '[3,4]'", database="another") == [(-11,)]
    runner.drive(var, "stop")
    assert runner.drive(var, "start")["started"] is True


def test_attaches_to_a_running_server_and_keeps_its_data(runner, make_var):
    var = make_var(runner.uid)
    runner.drive(var, "start")
    pid = postmaster_pid(var)
    query(var, "CREATE TABLE kept AS SELECT 1 AS number")
    assert runner.drive(var, "start")["started"] is False
    assert postmaster_pid(var) == pid
    runner.drive(var, "stop")
    assert runner.drive(var, "start")["started"] is True
    assert query(var, "SELECT number FROM kept") == [(1,)]


def test_changes_nothing_outside_var(runner, make_var):
    var = make_var(runner.uid, "private", "checkout")
    before = modes(var)
    assert stat.S_IMODE(before[var.parent][0]) == 0o700
    runner.drive(var, "start")
    runner.drive(var, "stop")
    assert modes(var) == before
    assert sorted(path.name for path in var.parent.iterdir()) == ["var"]


def test_all_files_belong_to_the_caller(runner, make_var):
    var = make_var(runner.uid)
    runner.drive(var, "start")
    assert {path.stat().st_uid for path in (var, *var.rglob("*"))} == {runner.uid}
    assert stat.S_IMODE(layout_for(var).sockets.stat().st_mode) == 0o700
    assert stat.S_IMODE(layout_for(var).data.stat().st_mode) == 0o700


def test_two_starting_at_once_share_one_server_until_the_last_ends(runner, make_var):
    var = make_var(runner.uid)
    holders = [runner.hold(var) for _ in range(3)]
    answers = [json.loads(holder.stdout.readline()) for holder in holders]
    assert sorted(answer["started"] for answer in answers) == [False, False, True]
    pid = postmaster_pid(var)
    released = []
    for holder in holders:
        assert postmaster_pid(var) == pid
        output, _ = holder.communicate("\n")
        released.append(json.loads(output)["released"])
    assert released == [False, False, True]
    assert postmaster_pid(var) is None


def test_recovers_from_kill_minus_9(runner, make_var):
    var = make_var(runner.uid)
    holder = runner.hold(var)
    holder.stdout.readline()
    query(var, "CREATE TABLE kept AS SELECT 1 AS number")
    os.kill(postmaster_pid(var), signal.SIGKILL)
    holder.kill()
    holder.wait()
    assert layout_for(var).pid_file.exists()
    assert runner.drive(var, "start")["started"] is True
    assert query(var, "SELECT number FROM kept") == [(1,)]


def test_a_killed_user_does_not_keep_the_server_for_ever(runner, make_var):
    var = make_var(runner.uid)
    killed = runner.hold(var)
    killed.stdout.readline()
    killed.kill()
    killed.wait()
    next_one = runner.hold(var)
    assert json.loads(next_one.stdout.readline())["started"] is False
    output, _ = next_one.communicate("\n")
    assert json.loads(output)["released"] is True
    assert postmaster_pid(var) is None


def test_a_connected_program_keeps_the_server(runner, make_var):
    import psycopg

    var = make_var(runner.uid)
    holder = runner.hold(var)
    holder.stdout.readline()
    with psycopg.connect(host=str(layout_for(var).sockets), dbname="portal", user="portal"):
        output, _ = holder.communicate("\n")
        assert json.loads(output)["released"] is False
    assert postmaster_pid(var) is not None


def test_stale_files_with_the_number_of_another_process(runner, make_var):
    """After a reboot, or in a container, another process often has the old number."""
    var = make_var(runner.uid)
    runner.drive(var, "start")
    layout = layout_for(var)
    lines = layout.pid_file.read_text().splitlines()
    os.kill(postmaster_pid(var), signal.SIGKILL)
    other = subprocess.Popen(["sleep", "60"])
    try:
        layout.pid_file.write_text("\n".join([str(other.pid), *lines[1:]]) + "\n")
        lock = layout.socket.with_name(layout.socket.name + ".lock")
        lock.write_text(f"{other.pid}\n")
        assert runner.drive(var, "start")["started"] is True
        assert other.poll() is None
    finally:
        other.kill()
        other.wait()


def test_warm_attach_is_quick(runner, make_var):
    var = make_var(runner.uid)
    runner.drive(var, "start")
    begin = time.monotonic()
    runner.drive(var, "start")
    assert time.monotonic() - begin < 5
