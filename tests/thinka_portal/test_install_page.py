"""The page for operators, the files that they copy, and what the program reads."""

import ast
import re
import subprocess
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
DEPLOY = ROOT / "deploy"
APPS = ("thinka_portal", "sites", "home", "knowledge", "search")
# Read by the program, but no setting of an installation.
NOT_FOR_OPERATORS = {
    "PORTAL_DEBUG": "only for make run",
    "PORTAL_PROCESS": "a process tells what it is, nobody sets it",
    "PORTAL_DATABASE": "a second database on the embedded server",
    "TEST_DB_SUFFIX": "only for tests",
}


def load(path: Path):
    loader = SourceFileLoader(path.stem, str(path))
    module = module_from_spec(spec_from_loader(path.stem, loader))
    loader.exec_module(module)
    return module


manage = load(DEPLOY / "manage")


def names_of(texts: list[str]) -> set[str]:
    return {text for text in texts if re.fullmatch(r"[A-Z][A-Z0-9_]+", text)}


def read_variables(tree: ast.AST) -> set[str]:
    """The environment variables that a module reads with `os.environ[…]`, `….get(…)` or `required(…)`."""
    texts = []
    for node in ast.walk(tree):
        if isinstance(node, ast.GeneratorExp) and re.search(r"environ\.get\(", ast.unparse(node.elt)):
            texts += strings(node.generators[0].iter)
        elif isinstance(node, ast.Subscript) and ast.unparse(node.value).endswith("environ"):
            texts += strings(node.slice)
        elif isinstance(node, ast.Call) and node.args:
            called = ast.unparse(node.func)
            if re.search(r"(environ\.\w+|getenv|\brequired)$", called):
                texts += strings(node.args[0])
    return names_of(texts)


def strings(node: ast.AST) -> list[str]:
    constants = [part.value for part in ast.walk(node) if isinstance(part, ast.Constant)]
    return [value for value in constants if isinstance(value, str)]


def all_variables() -> set[str]:
    found = set()
    for path in [ROOT / "manage.py", *(path for app in APPS for path in (ROOT / app).rglob("*.py"))]:
        found |= read_variables(ast.parse(path.read_text(encoding="utf-8")))
    return found


def listed_variables() -> set[str]:
    """The first column of the table "Alle Einstellungen"."""
    page = (ROOT / "docs/operators/install.md").read_text(encoding="utf-8")
    table = page.split("## Alle Einstellungen\n")[1].split("\n## ")[0]
    return set(re.findall(r"^\| `([A-Z0-9_]+)` \|", table, re.M))


def test_the_page_lists_each_variable_that_is_read_and_no_other():
    read = all_variables()
    assert set(NOT_FOR_OPERATORS) <= read
    assert {"SECRET_KEY", "DATABASE_URL", "WEB_DATABASE_URL", "PORTAL_VAR", "EXTRA_HOSTS"} <= read
    assert listed_variables() == read - set(NOT_FOR_OPERATORS)


@pytest.mark.parametrize("name", ["portal.env", "owner.env"])
def test_the_examples_hold_only_variables_that_are_read(name):
    assert set(manage.read(str(DEPLOY / name))) <= all_variables()


def test_web_processes_do_not_get_the_owners_address():
    assert "DATABASE_URL" not in manage.read(str(DEPLOY / "portal.env"))
    assert list(manage.read(str(DEPLOY / "owner.env"))) == ["DATABASE_URL"]
    units = {path.name: path.read_text() for path in DEPLOY.glob("portal-*.service")}
    assert {name for name, text in units.items() if "EnvironmentFile=/etc/portal/owner.env\n" in text} == {
        "portal-worker.service",
        "portal-command@.service",
    }


@pytest.mark.parametrize("unit", ["portal-web", "portal-worker"])
def test_services_come_back_and_are_kept_apart(unit):
    lines = (DEPLOY / f"{unit}.service").read_text().splitlines()
    assert {"Restart=always", "StartLimitIntervalSec=0"} <= set(lines)
    # Web and worker share an account; this keeps them apart.
    assert {"NoNewPrivileges=yes", "PrivateUsers=yes"} <= set(lines)


VALUES = [
    *("", "plain", "a b", "$x ${y} $(z) `w`", "# no comment", '"double"'),
    *(r"a\b \n \\", "100 %d", ";=&|<>*?!", "Größe ü"),
]


@pytest.mark.parametrize("value", VALUES)
def test_a_value_is_read_as_a_shell_reads_it(tmp_path, value):
    path = tmp_path / "portal.env"
    path.write_text(f"# Anmerkung\n\nNAME='{value}'\n", encoding="utf-8")
    shell = subprocess.run(
        ["sh", "-c", '. "$0"; printf %s "$NAME"', str(path)], capture_output=True, check=True, text=True
    )
    assert manage.read(str(path)) == {"NAME": value}
    assert shell.stdout == value


REFUSED = [
    "NAME=value",
    'NAME="value"',
    "NAME='it's'",
    "export NAME='x'",
    "NAME = 'x'",
    "NAME='x' # y",
    "NAME='x",
]


@pytest.mark.parametrize("line", REFUSED)
def test_what_shell_and_systemd_read_differently_is_refused(tmp_path, line):
    path = tmp_path / "portal.env"
    path.write_text(f"A='1'\n{line}\n")
    with pytest.raises(ValueError, match=r"portal\.env, line 2: write NAME='value'"):
        manage.read(str(path))


def test_a_command_gets_the_settings_and_nothing_of_the_callers(tmp_path):
    (tmp_path / "a").write_text("A='1'\nB='1'\n")
    (tmp_path / "b").write_text("B='2'\n")
    files = [str(tmp_path / name) for name in "ab"]
    found = manage.environment(files, {"TERM": "xterm", "PGHOST": "elsewhere", "PYTHONPATH": "/x"})
    assert found.pop("PATH") == "/usr/local/bin:/usr/bin:/bin"
    assert found == {"LANG": "C.UTF-8", "TERM": "xterm", "A": "1", "B": "2"}


def test_nginx_takes_what_may_be_uploaded():
    text = (DEPLOY / "nginx.conf").read_text()
    megabytes = int(re.search(r"client_max_body_size (\d+)m;", text)[1])
    largest = max(settings.WAGTAILDOCS_MAX_UPLOAD_SIZE, settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE)
    # The rest of the form takes room too.
    assert megabytes * 1024 * 1024 > largest + 1024 * 1024


def test_one_port():
    texts = [path.read_text() for path in (*DEPLOY.iterdir(), *(ROOT / "docs/operators").glob("*.md"))]
    ports = {port for text in texts for port in re.findall(r"127\.0\.0\.1:(\d+)", text)}
    assert ports == {"8001", "5432"}
