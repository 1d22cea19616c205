from django.core.management.base import BaseCommand, CommandError
from django.db import ProgrammingError, connection
from psycopg import sql

from sites.rls.install import let_in
from thinka_portal.database import database_settings, database_url


class Command(BaseCommand):
    help = (
        "Makes the role of WEB_DATABASE_URL: the one that web processes connect as, bound by RLS. "
        "Gives an existing one the password of the address. Run it as the owner, after migrate; the owner "
        "needs CREATEROLE for it."
    )

    def handle(self, *args, **options):
        if not database_url():
            raise CommandError("The embedded database has its web role already; nothing to do.")
        if not database_url(web=True):
            raise CommandError(
                "Set WEB_DATABASE_URL to the address that web processes are to use: the one of DATABASE_URL "
                "with another user and another password. This command then makes that user."
            )
        web = database_settings(web=True)
        name, password = web["USER"], web["PASSWORD"]
        if not name or not password or name == connection.settings_dict["USER"]:
            raise CommandError("WEB_DATABASE_URL needs a user other than DATABASE_URL, and a password.")
        connection.ensure_connection()
        # Scrambled here, so that the server's log never holds it.
        scrambled = connection.connection.pgconn.encrypt_password(
            password.encode(), name.encode(), b"scram-sha-256"
        ).decode()
        verb = "ALTER" if self.exists(name) else "CREATE"
        try:
            self.make(verb, name, scrambled)
        except ProgrammingError as error:
            raise CommandError(
                f"The owner may not make or change the role {name}: {error}".strip() + "\n"
                "Let the administrator of the server do it, then run migrate:\n"
                f"  {verb} ROLE {connection.ops.quote_name(name)} LOGIN NOINHERIT PASSWORD '…';"
            ) from error
        let_in(name)
        self.stdout.write(f"The role {name} is ready for web processes.")

    def exists(self, name: str) -> bool:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name])
            return cursor.fetchone() is not None

    def make(self, verb: str, name: str, scrambled: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                sql.SQL("{} ROLE {} LOGIN NOINHERIT PASSWORD {}").format(
                    sql.SQL(verb), sql.Identifier(name), sql.Literal(scrambled)
                )
            )
