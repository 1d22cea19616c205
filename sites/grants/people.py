"""Looking people up who may belong to another Träger. Nothing else looks beyond the own one here."""

from django.contrib.auth.models import Group
from django.db import connection

from sites.models import Traeger, TraegerRole, User


def person_by_email(email: str) -> User | None:
    """Return the active person with exactly this address, however it is capitalised: id, name and address.

    The database answers only heads of a Träger and administrators.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, first_name, last_name FROM portal_person_by_email(%s)", [email.strip()])
        found = cursor.fetchone()
    return User(pk=found[0], first_name=found[1], last_name=found[2], email=email.strip()) if found else None


def names_of_people(ids) -> dict[int, str]:
    """Return the names of the people who hold or gave a grant, by id."""
    return {user.pk: str(user) for user in User.objects.filter(pk__in=set(ids))}


def names_of_groups(ids) -> dict[int, str]:
    """Return the names of the groups that hold a grant, by id."""
    return dict(Group.objects.filter(pk__in=set(ids)).values_list("pk", "name"))


def coordination_roles():
    """Return the roles of the coordination office, whose groups a grant may name."""
    roles = TraegerRole.objects.filter(traeger__kind=Traeger.Kind.COORDINATION)
    return roles.select_related("group").order_by("pk")
