"""Databases that are made once and then copied: the migrated one with the world in it, and the full sites.

They stay on the server between runs. The name of each says what it was made from, so that none is taken
which is older than the files, the packages or the day; such a one is dropped when the next is made. Files
lie below `var`.
"""

import os
import pickle
import re
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from hashlib import sha256
from importlib.metadata import distributions
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache as django_cache
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from psycopg import sql

from tests import full_site, world

FOLDER = settings.VAR_DIR / "test-templates"
CHECKOUT = sha256(str(settings.BASE_DIR).encode()).hexdigest()[:6]
# What the portal is made of; of the tests, what this module needs.
SOURCES = ("home", "knowledge", "search", "sites", "thinka_portal", "benchmarks", "locale", "templates")
IMPORT = re.compile(r"^ *(?:from|import) (tests[.\w]*)(?: import (\([^)]*\)|.*))?$", re.MULTILINE)
# Where the server is, who logs in there and how the portal is called.
VARIABLES = ("DATABASE_URL", "PORTAL_", "WEB_DATABASE_URL")
FINISHED = "finished"
# The file that says what the function that filled a template has returned.
RETURNED = "returned"
# What the processes of one run have in common, and no two runs.
RUN = os.environ.get("PYTEST_XDIST_TESTRUNUID", uuid4().hex)[:16]
LOCK = "SELECT pg_advisory_lock(hashtext('templates of the tests'))"


@contextmanager
def using_database(database: str) -> Iterator[None]:
    """Let Django use another database of the same server."""

    def switch(name: str) -> None:
        connection.close()
        connection.close_pool()
        connection.settings_dict["NAME"] = name
        django_cache.clear()
        ContentType.objects.clear_cache()

    before = connection.settings_dict["NAME"]
    switch(database)
    try:
        yield
    finally:
        switch(before)


def copy(name: str, kind: str = "world", build: Callable[[], object] | None = None) -> object:
    """Make the database `name` anew, a copy of the template `kind`. Returns what filling that returned.

    "world"; "full": see `tests.full_site`; any other is what `build` makes of the world, for the processes of
    one run. Where there is no template of that kind it is made first. One process does, the others wait.
    """
    with connection.creation._nodb_cursor() as cursor:
        # Until this connection is closed.
        cursor.execute(LOCK)
        template = _made(cursor, "world", made_from(), _migrate)
        if kind == "full":
            template = _made(cursor, kind, made_from(), lambda: full_site.build(world.load()), template)
        elif kind != "world":
            template = _made(cursor, kind, RUN, build, template)
        _copy(cursor, template, name)
    return pickle.loads((FOLDER / template / RETURNED).read_bytes())  # noqa: S301 - our own


def drop(name: str) -> None:
    """Drop the database `name` if there is one."""
    with connection.creation._nodb_cursor() as cursor:
        _drop(cursor, name)


def _migrate() -> None:
    call_command("migrate", verbosity=0, interactive=False, run_syncdb=True)
    call_command("createcachetable")
    world.build()


def _made(cursor, kind: str, key: str, build: Callable[[], object], upon: str | None = None) -> str:
    """Return the name of the template `kind` for `key`; if there is none, `build` fills a copy of `upon`."""
    prefix = f"test_template_{CHECKOUT}_{kind}_"
    name = prefix + key
    if _is_finished(cursor, name):
        return name
    _drop_old(cursor, prefix)
    if upon:
        _copy(cursor, upon, name)
    else:
        cursor.execute(_naming("CREATE DATABASE {}", name))
    before = {place: _files(root) for place, root in _roots().items()}
    with using_database(name):
        returned = build()
    for place, root in _roots().items():
        _keep(root, _files(root) - before[place], FOLDER / name / place)
    (FOLDER / name / RETURNED).write_bytes(pickle.dumps(returned))
    if key == RUN or _is_of_one_version():
        cursor.execute(_naming("COMMENT ON DATABASE {} IS {}", name, sql.Literal(FINISHED)))
    return name


def _copy(cursor, template: str, name: str) -> None:
    """Copy a template, with its files; nobody is connected to one."""
    _drop(cursor, name)
    cursor.execute(_naming("CREATE DATABASE {} TEMPLATE {}", name, template))
    for place, root in _roots().items():
        shutil.copytree(FOLDER / template / place, root, dirs_exist_ok=True)


def _drop(cursor, name: str) -> None:
    cursor.execute(_naming("DROP DATABASE IF EXISTS {}", name))


def _is_finished(cursor, name: str) -> bool:
    cursor.execute("SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", [name])
    return cursor.fetchone() == (FINISHED,) and (FOLDER / name).is_dir()


def _drop_old(cursor, prefix: str) -> None:
    cursor.execute("SELECT datname FROM pg_database WHERE datname ^@ %s", [prefix])
    for (name,) in cursor.fetchall():
        _drop(cursor, name)
    for folder in FOLDER.glob(f"{prefix}*"):
        shutil.rmtree(folder)


def _naming(statement: str, *names) -> sql.Composed:
    """Put names, and literals, into a statement."""
    parts = (name if isinstance(name, sql.Literal) else sql.Identifier(name) for name in names)
    return sql.SQL(statement).format(*parts)


def _roots() -> dict[str, Path]:
    return {"media": Path(settings.MEDIA_ROOT), "private": Path(settings.PRIVATE_MEDIA_ROOT)}


def _files(root: Path) -> set[Path]:
    return {path.relative_to(root) for path in root.rglob("*") if path.is_file()}


def _keep(root: Path, files: set[Path], folder: Path) -> None:
    folder.mkdir(parents=True)
    for file in files:
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(root / file, folder / file)


# From what a template is made


def _sources() -> list[Path]:
    """Return the files that a template may depend on."""
    portal = [path for source in SOURCES for path in (settings.BASE_DIR / source).rglob("*")]
    found = [path for path in portal if path.is_file() and path.suffix != ".pyc"]
    return sorted([*found, *_imported(Path(__file__), Path(__file__).with_name("conftest.py"))])


def _imported(*files: Path) -> set[Path]:
    """Return `files` and what they import of the tests, and what that imports."""
    found, waiting = set(), list(files)
    while waiting:
        path = waiting.pop()
        if path in found or not path.is_file():
            continue
        found.add(path)
        for module, names in IMPORT.findall(path.read_text()):
            place = settings.BASE_DIR / module.replace(".", "/")
            # A module, or what a package holds.
            waiting += [place.with_suffix(".py"), place / "__init__.py"]
            waiting += [place / f"{name}.py" for name in re.findall(r"\w+", names)]
    return found


def _digest() -> str:
    """Tell this state of everything that a template may depend on from others."""
    packages = sorted(f"{each.name} {each.version}" for each in distributions())
    variables = sorted(f"{name}={value}" for name, value in os.environ.items() if name.startswith(VARIABLES))
    # Things are made for today and tomorrow.
    found = sha256(repr((sys.version, packages, variables, timezone.localdate())).encode())
    for path in _sources():
        found.update(f"\n{path} ".encode() + sha256(path.read_bytes()).digest())
    return found.hexdigest()[:16]


@cache
def made_from() -> str:
    """Return `_digest` as this process found it."""
    return _digest()


def _is_of_one_version() -> bool:
    """Tell whether what this process has loaded is what was hashed: no file has changed since it began."""
    newest = max(path.stat().st_mtime for path in _sources())
    return newest < _began() and _digest() == made_from()


def _began() -> float:
    """Return when this process began, in seconds since 1970."""
    ticks = int(Path("/proc/self/stat").read_text().rpartition(")")[2].split()[19])
    running = float(Path("/proc/uptime").read_text().split()[0]) - ticks / os.sysconf("SC_CLK_TCK")
    return time.time() - running
