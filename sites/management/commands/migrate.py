"""Django's `migrate`, with RLS, in one transaction."""

from django.contrib.contenttypes.models import ContentType
from django.core.management.commands import migrate
from django.db import connections
from django.db.migrations.loader import MigrationLoader

from sites.rls.install import despite_requests, settle

# Of two that are started at the same time, one waits.
LOCK = "SELECT pg_advisory_xact_lock(hashtext('portal.migrate'))"


class Command(migrate.Command):
    """All migrations, and RLS around them, or nothing: so others never find tables without RLS.

    Where a migration fails, the database is as it was before, and web processes go on.

    Migrations with `atomic = False` take part: each statement of theirs counts on being checked at once, and
    is. What PostgreSQL does in no transaction (`CREATE INDEX CONCURRENTLY`) it refuses; a test looks whether
    any app comes with such a migration.
    """

    help = f"{migrate.Command.help} All of them and RLS in one transaction."

    def handle(self, *args, **options):
        self.using = options["database"]
        # One of wagtail-localize asks the database when it is imported, and goes on where that fails.
        MigrationLoader(None, load=False).load_disk()

        def change() -> None:
            # An attempt that was undone may have left ids in the cache.
            ContentType.objects.clear_cache()
            with connections[self.using].cursor() as cursor:
                cursor.execute(LOCK)
            super(Command, self).handle(*args, **options)

        despite_requests(self.using, change)

    def migration_progress_callback(self, action, migration=None, fake=False):
        """Let each migration begin as after a commit: nothing of the one before is still to be checked."""
        if action in ("apply_start", "unapply_start"):
            with connections[self.using].cursor() as cursor:
                settle(cursor)
                if not migration.atomic:
                    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        super().migration_progress_callback(action, migration, fake)
