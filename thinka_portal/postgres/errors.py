"""What can go wrong with the database, in words that say what to do."""


class DatabaseError(Exception):
    """The database can't be used. `str()` is a plain-English message for the command line."""


USE_DATABASE_URL = (
    "Or use a PostgreSQL server of your own: set DATABASE_URL, for example\n"
    "  DATABASE_URL=postgres://portal:PASSWORD@localhost:5432/portal"
)
