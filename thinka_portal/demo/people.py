"""The demo accounts."""

from django.contrib.auth.hashers import make_password

from sites.models import Traeger, User
from thinka_portal.demo.data import read

PASSWORD = "thinka-demo"  # noqa: S105 - published on purpose; see sites.accounts.backend.is_demo_account


def accounts() -> list[dict]:
    """Return all accounts as data: email, names, `roles` as pairs (short form of the Träger, role key)."""
    data = read("accounts")
    found = list(data["accounts"])
    for name in ("mitmenschen", "caritas", "kontakt-in-krisen"):
        traeger = read(name)["traeger"]
        for member in data["team"]:
            found.append(
                {
                    "email": f"{member['name']}@{traeger['email_domain']}",
                    "first_name": member["first_name"],
                    "last_name": traeger["short_name"],
                    "role_title": member["role_title"],
                    "roles": [[traeger["slug"], member["role"]]],
                }
            )
    return found


def load_people(traeger: dict[str, Traeger]) -> User:
    """Make the accounts with their roles; return the administrator, in whose name the pages are published."""
    password = make_password(PASSWORD)
    admin = None
    for entry in accounts():
        make = User.objects.create_superuser if entry.get("superuser") else User.objects.create_user
        names = {field: entry[field] for field in ("first_name", "last_name", "role_title")}
        # Hashing is slow on purpose, and everybody has the same published password: once is enough.
        user = make(entry["email"], **names)
        user.password = password
        user.save(update_fields=["password"])
        roles = entry.get("roles", [])
        user.groups.set([traeger[slug].group(role) for slug, role in roles])
        user.traeger.set([] if entry.get("guest") else [traeger[slug] for slug, _role in roles])
        admin = admin or user
    return admin
