#!/usr/bin/env python
"""Django's command line. Starts the embedded database first when the command needs one."""

import os
import sys

from thinka_portal.database import finish, prepare_for_command
from thinka_portal.postgres import DatabaseError


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "thinka_portal.settings.dev")
    if "runserver" in sys.argv[1:2]:
        os.environ["PORTAL_PROCESS"] = "web"
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        prepare_for_command(sys.argv)
        execute_from_command_line(sys.argv)
    except (DatabaseError, ImproperlyConfigured) as error:
        sys.exit(str(error))
    finally:
        finish()


if __name__ == "__main__":
    main()
