"""What a session of the database may ask for, and what it must not keep from one request to the next.

Settings need this before Django is set up: nothing here imports models.
"""

# What one request may ask of the database at most. A statement may set these anew, so they are set again for
# each request, and `WebConnection` has a limit of its own.
WEB_LIMITS = {
    "statement_timeout": "25s",
    "lock_timeout": "10s",
    "idle_in_transaction_session_timeout": "1min",
    "transaction_timeout": "2min",
}
# … and a process that performs one operation on very many pages; see `sites.jobs.runner.LONGEST`.
JOB_LIMITS = {
    "statement_timeout": "2h",
    "lock_timeout": "10min",
    "idle_in_transaction_session_timeout": "10min",
    "transaction_timeout": "2h",
}
limits = dict(WEB_LIMITS)


def limiting() -> str:
    """Return the SQL that limits what a session may ask for, as items of a SELECT."""
    return ", ".join(f"set_config('{name}', '{value}', false)" for name, value in limits.items())


# What a statement may have left in the session: settings, open cursors, channels, statements. Plans and
# sequences stay: the server's own knowledge, and the number of the request. Time zone: as Django sets it.
ANEW = "RESET ALL; SET TimeZone TO 'UTC'; CLOSE ALL; UNLISTEN *; DEALLOCATE ALL"


def forget(connection) -> None:
    """Make a connection forget who was asking, and what else an injected statement could leave."""
    connection.execute(ANEW)


def clean(connection) -> None:
    """The same for one that a web process uses again: it holds no locks, and is limited as before."""
    connection.execute(f"{ANEW}; SELECT pg_advisory_unlock_all(), {limiting()}")
