"""The WSGI entry point: `gunicorn thinka_portal.wsgi`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "thinka_portal.settings.production")
os.environ["PORTAL_PROCESS"] = "web"

application = get_wsgi_application()

from thinka_portal.availability.gate import gate  # noqa: E402 - needs the settings

gate.boot()
