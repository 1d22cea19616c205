"""What requests leave for the background service, and may not read: part of the data of `tables`."""

from sites.rls.conditions import EVERYBODY, NOBODY, TablePolicies

# What requests may leave for the background service, which runs as the owner of the tables. Apps add theirs.
TASKS = ("sites.mail.tasks.deliver", "sites.accounts.tasks.send_reset_link")
TASK_TABLE = "django_tasks_database_dbtaskresult"


def left_tasks(tasks: tuple[str, ...]) -> TablePolicies:
    """Return the policies under which requests leave `tasks` (paths of functions) and no others."""
    one_of_them = f"{{t}}.task_path IN ({', '.join(map(repr, tasks))})"
    return TablePolicies(
        read=NOBODY,
        insert=(
            f"{{t}}.status = 'READY' AND {one_of_them} AND {{t}}.worker_ids = '[]'"
            " AND {t}.started_at IS NULL AND {t}.finished_at IS NULL AND {t}.return_value IS NULL"
        ),
        about="left by requests of everybody, also of visitors; read and written by the background service",
    )


QUEUE = {
    TASK_TABLE: left_tasks(TASKS),
    "thinka_sites_passwordrequest": TablePolicies(
        read=NOBODY,
        insert=EVERYBODY,
        about="left by visitors; whether there is such an account, only the background service sees",
    ),
    "thinka_sites_attemptcount": TablePolicies(
        read=NOBODY, about="written by functions only, see throttle.sql"
    ),
    "thinka_sites_outgoingmail": TablePolicies(
        read=NOBODY,
        insert=("{t}.state = 'waiting' AND {t}.attempts = 0 AND {t}.finished_at IS NULL AND {t}.error = ''"),
        about="left by requests of everybody; administrators see what could not be delivered",
    ),
}
