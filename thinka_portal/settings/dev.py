"""The demo and development on one's own machine: what `make run` uses."""

import os

from thinka_portal.email_url import CONSOLE, mail_settings
from thinka_portal.settings.base import *

PORTAL_DEMO = True
# Off: whoever tries the portal sees the pages of a real one, also where something is not found or fails.
DEBUG = os.environ.get("PORTAL_DEBUG", "") == "1"
# From where they are made, without collecting them first.
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = True
SECRET_KEY = "only-for-the-demo-on-this-machine"  # noqa: S105 - production refuses to start with it
ALLOWED_HOSTS = ["localhost", ".localhost", "127.0.0.1", "[::1]"]
# Without a mail server, what would be sent is printed where the portal was started.
globals().update(mail_settings(os.environ, usual=CONSOLE))
