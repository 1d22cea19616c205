"""`manage.py stop_database`: stop the embedded database."""

from django.core.management.base import BaseCommand, CommandError

from thinka_portal.database import database_url, var_dir
from thinka_portal.postgres import DatabaseError, stop


class Command(BaseCommand):
    help = "Stops the embedded database cleanly, also when the portal that started it was killed."
    requires_system_checks = ()

    def handle(self, *args, **options):
        if database_url():
            raise CommandError("DATABASE_URL is set: that database is not the portal's to stop.")
        try:
            stopped = stop(var_dir())
        except DatabaseError as error:
            raise CommandError(str(error)) from error
        self.stdout.write("The database has stopped." if stopped else "The database was not running.")
