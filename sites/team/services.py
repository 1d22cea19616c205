"""Changes of a team. The database refuses whoever does not head the Träger, and records what is done."""

from django.db import connection

from sites.models import Traeger

DONE, LAST_HEAD = "done", "last head"


def ask(function: str, *arguments):
    """Return what a function of the database answers."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}({', '.join(['%s'] * len(arguments))})", arguments)
        return cursor.fetchone()[0]


def change_role(person_id: int, traeger: Traeger, role: str) -> str:
    """Give somebody of the team another role there. Returns DONE, or LAST_HEAD where nothing was changed."""
    return ask("portal_change_role", person_id, traeger.pk, role)


def end_membership(person_id: int, traeger: Traeger) -> str:
    """Let somebody work for `traeger` no longer. Returns DONE, or LAST_HEAD where nothing was changed."""
    return ask("portal_end_membership", person_id, traeger.pk)
