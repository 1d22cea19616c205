"""What `tests.serving` lets gunicorn serve: the portal with few connections, in the database of the tests.

PORTAL_TEST_DATABASE names that one, PORTAL_TEST_CONNECTIONS says how many there are for each process. Every
answer says which process gave it, and who was at the other end of its connection.
"""

import os

# Before the settings are read: a web process is bound by RLS.
os.environ["PORTAL_PROCESS"] = "web"

from django.conf import settings
from django.db import connection

from thinka_portal.database import database_settings

CONNECTIONS = int(os.environ["PORTAL_TEST_CONNECTIONS"])

used = settings.DATABASES["default"]
used["NAME"] = os.environ["PORTAL_TEST_DATABASE"]
# Tests have none otherwise.
used["OPTIONS"]["pool"] = database_settings(web=True)["OPTIONS"]["pool"] | {
    "min_size": CONNECTIONS,
    "max_size": CONNECTIONS,
    "timeout": 60,
}
settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if not name.startswith("tests.")]

from thinka_portal.wsgi import application as portal  # noqa: E402 - needs the settings


def application(environ, start_response):
    def start(status, headers, *failure):
        backend = connection.connection.info.backend_pid
        told = [("X-Process", str(os.getpid())), ("X-Backend", str(backend))]
        return start_response(status, [*headers, *told], *failure)

    return portal(environ, start)
