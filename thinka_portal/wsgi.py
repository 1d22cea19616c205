"""The WSGI entry point: `gunicorn thinka_portal.wsgi`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "thinka_portal.settings.production")
os.environ["PORTAL_PROCESS"] = "web"

application = get_wsgi_application()

from django.db import connection  # noqa: E402 - needs the settings

from sites.wall.startup import require_wall  # noqa: E402 - needs the settings

require_wall()
# Where threads answer, this one never gives it back to the pool.
connection.close()
