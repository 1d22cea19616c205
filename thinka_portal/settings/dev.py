"""The demo and development on one's own machine: what `make run` uses."""

from thinka_portal.settings.base import *

DEBUG = True
SECRET_KEY = "only-for-the-demo-on-this-machine"  # noqa: S105 - production refuses to start with it
ALLOWED_HOSTS = ["localhost", ".localhost", "127.0.0.1", "[::1]"]
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
