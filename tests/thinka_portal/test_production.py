"""The settings of a real installation, each time in a process of its own."""

import os
import subprocess
import sys

ENVIRONMENT = {
    "DJANGO_SETTINGS_MODULE": "thinka_portal.settings.production",
    "SECRET_KEY": "x" * 50,
    "PORTAL_DOMAIN": "beispiel.test",
    "DATABASE_URL": "postgres://a@b/c",
}


def run(code: str, **environment) -> subprocess.CompletedProcess:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PORTAL_")}
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**kept, **ENVIRONMENT, **environment},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return done


def test_addresses_of_sites_begin_with_https():
    code = "from django.conf import settings; print(settings.PORTAL_PORT)"
    assert run(code).stdout == "443\n"
    assert run(code, PORTAL_PORT="8443").stdout == "8443\n"


FAIL = """
import django, logging
from django.core.handlers.exception import response_for_exception
from django.test import RequestFactory
django.setup()
try:
    1 / 0
except ZeroDivisionError as error:
    response = response_for_exception(RequestFactory().get("/angebote/", {"q": "geheim"}), error)
logging.getLogger("sites.wall").warning("Refused by the wall in %s.", "x")
logging.getLogger("django.request").warning("Not Found: /x/")
print(response.status_code)
"""


def test_a_failure_is_written_to_the_error_output():
    done = run(FAIL)
    assert done.stdout == "500\n"
    assert "ERROR django.request: Internal Server Error: /angebote/" in done.stderr
    assert done.stderr.count("Traceback") == 1
    assert "ZeroDivisionError" in done.stderr
    assert "WARNING sites.wall: Refused by the wall in x." in done.stderr
    assert "Not Found" not in done.stderr
    assert "geheim" not in done.stderr
