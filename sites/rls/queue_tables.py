"""What requests leave for the background service, and may not read: part of the data of `tables`."""

from sites.rls.conditions import EVERYBODY, NOBODY, TablePolicies

# What requests may leave for the background service, which runs as the owner of the tables.
TASKS = ("sites.mail.tasks.deliver", "sites.accounts.tasks.send_reset_link")
_ONE_OF_THE_TASKS = f"{{t}}.task_path IN ({', '.join(map(repr, TASKS))})"

QUEUE = {
    "django_tasks_database_dbtaskresult": TablePolicies(
        read=NOBODY,
        insert=(
            f"{{t}}.status = 'READY' AND {_ONE_OF_THE_TASKS} AND {{t}}.worker_ids = '[]'"
            " AND {t}.started_at IS NULL AND {t}.finished_at IS NULL AND {t}.return_value IS NULL"
        ),
        about="left by requests of everybody, also of visitors; read and written by the background service",
    ),
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
