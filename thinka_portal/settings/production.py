"""A real installation. Everything comes from the environment; what is missing is said at start."""

import os
import re

from django.core.exceptions import ImproperlyConfigured

from thinka_portal.email_url import mail_settings
from thinka_portal.settings.base import *


def required(name: str, hint: str) -> str:
    """Return the environment variable `name`; raise ImproperlyConfigured with `hint` where it is unset."""
    value = os.environ.get(name, "")
    if not value:
        raise ImproperlyConfigured(f"Set the environment variable {name}: {hint}")
    return value


DEBUG = False
if PORTAL_SENDFILE not in ("", "nginx", "apache"):
    raise ImproperlyConfigured("PORTAL_SENDFILE must be nginx, apache or empty.")
SECRET_KEY = required("SECRET_KEY", "a random text of at least 50 characters, kept secret.")
required("PORTAL_DOMAIN", "the name of the portal, e.g. portal.example.org.")
if os.environ.get("PORTAL_PROCESS") == "web":
    required("WEB_DATABASE_URL", "the address for web processes; manage.py create_web_role makes its user.")
else:
    required("DATABASE_URL", "postgresql://user:password@host/name of a PostgreSQL 18 server.")
# New sites get addresses with https://, behind the web server that offers it.
PORTAL_PORT = int(os.environ.get("PORTAL_PORT", "443"))
ALLOWED_HOSTS = [
    PORTAL_DOMAIN,
    f".{PORTAL_DOMAIN}",
    *filter(None, os.environ.get("EXTRA_HOSTS", "").split(",")),
]
PORTAL_ADMIN_ORIGIN = os.environ.get("PORTAL_ADMIN_URL", "").lower().rstrip("/")
WAGTAILADMIN_BASE_URL = PORTAL_ADMIN_ORIGIN or f"https://{PORTAL_DOMAIN}"

PORTAL_TRUSTED_PROXIES = int(os.environ.get("PORTAL_TRUSTED_PROXIES", "1"))
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
if PORTAL_ADMIN_ORIGIN:
    # The editing area has a host of its own. No other host, not even one of the portal, can set its cookies.
    if not re.fullmatch(r"https://[a-z0-9.-]+(:\d+)?", PORTAL_ADMIN_ORIGIN):
        raise ImproperlyConfigured("PORTAL_ADMIN_URL must be https:// and a host, without a path.")
    ALLOWED_HOSTS.append(PORTAL_ADMIN_ORIGIN.removeprefix("https://").partition(":")[0])
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"
else:
    # One login for the portal and all sites below it: who edits on one reads internal pages of others.
    SESSION_COOKIE_DOMAIN = CSRF_COOKIE_DOMAIN = f".{PORTAL_DOMAIN}"
    CSRF_TRUSTED_ORIGINS = [f"https://{PORTAL_DOMAIN}", f"https://*.{PORTAL_DOMAIN}"]

STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
globals().update(mail_settings(os.environ))
