"""The test suite: the same database server, quick password hashing, files in a temporary folder."""

import os
import tempfile

from thinka_portal.settings.base import *

DEBUG = False
INSTALLED_APPS = [*INSTALLED_APPS, "benchmarks"]
SECRET_KEY = "only-for-tests"  # noqa: S105
ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
PORTAL_MAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
MEDIA_ROOT = tempfile.mkdtemp(prefix="portal-test-media-")
PRIVATE_MEDIA_ROOT = tempfile.mkdtemp(prefix="portal-test-private-")
WAGTAILADMIN_BASE_URL = "http://localhost:8000"
# No pool: its threads would keep connections open to a database that the test run wants to drop.
DATABASES["default"]["OPTIONS"].pop("pool", None)
# Nobody needs a test database after a power cut, so a commit need not wait for the disk.
DATABASES["default"]["OPTIONS"].setdefault("options", "-c synchronous_commit=off")
# Several checkouts or people can test on one server at the same time.
DATABASES["default"]["TEST"] = {
    "NAME": "test_portal" + os.environ.get("TEST_DB_SUFFIX", ""),
}
# A task that fails must fail the test that started it; elsewhere it is logged (see sites.jobs.immediate).
RAISE_FAILED_TASKS = True
# Requests run as the web role, what the tests themselves do as the owner of the tables.
MIDDLEWARE = ["tests.web_role.AsWebRole", *MIDDLEWARE]
# Tests that are about it switch it on: the model reads for longer than a test should take.
SEARCH_SEMANTIC = False
# Those about the other engine say where it is.
SEARCH_URL = ""
