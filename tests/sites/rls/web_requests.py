"""Asks the portal as a web server does: with an address, a host and the cookie of a session."""

import io
from importlib import import_module

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY


def cookie(user) -> str:
    """Return the header of a browser in which `user` is logged in; empty for a visitor (None)."""
    if user is None:
        return ""
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    store[SESSION_KEY] = str(user.pk)
    store[BACKEND_SESSION_KEY] = "sites.accounts.backend.PortalBackend"
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store.save()
    return f"{settings.SESSION_COOKIE_NAME}={store.session_key}"


def begin(application, user, site, path: str):
    """Ask for `path` on `site`: the status and the body, which is still to be read and closed."""
    found = {}
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path.encode().decode("latin-1"),
        "QUERY_STRING": "",
        "SERVER_NAME": site.hostname,
        "SERVER_PORT": str(site.port),
        "HTTP_HOST": f"{site.hostname}:{site.port}",
        "HTTP_COOKIE": cookie(user),
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": io.StringIO(),
        "wsgi.version": (1, 0),
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    body = application(environ, lambda status, _headers: found.update(status=int(status[:3])))
    return found["status"], body


def ask(application, user, site, path: str) -> tuple[int, str]:
    """Ask and read to the end of the answer: status and text."""
    status, body = begin(application, user, site, path)
    try:
        return status, b"".join(body).decode()
    finally:
        body.close()
