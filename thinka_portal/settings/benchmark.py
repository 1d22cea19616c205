"""For measuring: as in development, with the commands of `benchmarks`."""

from thinka_portal.settings.dev import *

INSTALLED_APPS = [*INSTALLED_APPS, "benchmarks"]
