"""The settings of a real installation, each time in a process of its own."""

import os
import subprocess
import sys

import pytest

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
logging.getLogger("sites.rls").warning("Refused by RLS in %s.", "x")
logging.getLogger("django.request").warning("Not Found: /x/")
print(response.status_code)
"""


def test_a_failure_is_written_to_the_error_output():
    done = run(FAIL)
    assert done.stdout == "500\n"
    assert "ERROR django.request: Internal Server Error: /angebote/" in done.stderr
    assert done.stderr.count("Traceback") == 1
    assert "ZeroDivisionError" in done.stderr
    assert "WARNING sites.rls: Refused by RLS in x." in done.stderr
    assert "Not Found" not in done.stderr
    assert "geheim" not in done.stderr


COOKIES = """
from django.conf import settings
import django
django.setup()
print(settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, settings.SESSION_COOKIE_DOMAIN,
      settings.CSRF_COOKIE_DOMAIN, settings.SESSION_COOKIE_PATH, settings.SESSION_COOKIE_SECURE,
      settings.CSRF_COOKIE_SECURE, settings.WAGTAILADMIN_BASE_URL)
print(settings.ALLOWED_HOSTS)
"""


def test_one_login_serves_all_sites():
    cookies, hosts = run(COOKIES).stdout.splitlines()
    domain = ".beispiel.test"
    assert cookies == f"sessionid csrftoken {domain} {domain} / True True https://beispiel.test"
    assert hosts == f"['beispiel.test', '{domain}']"


def test_cookies_of_one_host_where_the_editing_area_has_one():
    """What browsers ask of names with __Host-: secure, for the whole host, and for no other."""
    cookies, hosts = run(COOKIES, PORTAL_ADMIN_URL="https://redaktion.example.org/").stdout.splitlines()
    names = "__Host-sessionid __Host-csrftoken"
    assert cookies == f"{names} None None / True True https://redaktion.example.org"
    assert "redaktion.example.org" in hosts


@pytest.mark.parametrize("url", ["http://a.test", "https://a.test/admin/", "a.test", "https://a.test:x"])
def test_an_address_that_is_none_is_refused(url):
    environment = {**os.environ, **ENVIRONMENT, "PORTAL_ADMIN_URL": url}
    code = "from django.conf import settings; settings.DEBUG"
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True)
    assert done.returncode != 0
    assert "PORTAL_ADMIN_URL must be https://" in done.stderr


SIGN_IN = """
import django
django.setup()
from django.test import RequestFactory
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpResponse
from django.middleware.csrf import CsrfViewMiddleware, get_token
from unittest.mock import patch

def view(request):
    request.session["x"] = 1
    get_token(request)
    return HttpResponse()

request = RequestFactory().get("/", secure=True)
with patch("sites.accounts.sessions._ask", lambda question, *_: question.startswith("portal_store") or None):
    response = SessionMiddleware(CsrfViewMiddleware(view))(request)
print(response.cookies.output(header=""))
"""


def test_such_cookies_are_set_as_browsers_want_them():
    cookies = run(SIGN_IN, PORTAL_ADMIN_URL="https://redaktion.example.org").stdout.splitlines()
    assert len(cookies) == 2
    for cookie in cookies:
        assert cookie.strip().startswith("__Host-")
        assert "Secure" in cookie
        assert "Path=/" in cookie
        assert "Domain" not in cookie
