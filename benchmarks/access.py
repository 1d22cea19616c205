"""Who may what in the bulk portal: people in every role, grants across the Träger, restrictions."""

from datetime import timedelta
from random import Random

from django.contrib.auth.models import Permission
from wagtail.models import PageViewRestriction

from benchmarks.pages import BEGIN
from benchmarks.rows import copy_rows, next_ids
from sites.access.roles import ROLES
from sites.models import PageGroupGrant, PageUserGrant, Traeger, User

LEVELS = ("view_page", "change_page", "publish_page")
Groups = PageViewRestriction.groups.through


def people(traeger: Traeger) -> list[User]:
    """Make somebody without a password in every role of `traeger`."""
    made = []
    for role in ROLES:
        user = User.objects.create_user(
            _address(traeger, role.key), first_name=str(role.label), last_name=traeger.short_name
        )
        user.groups.set([traeger.group(role.key)])
        user.traeger.set([traeger])
        made.append(user)
    return made


def person(traeger: Traeger, role: str) -> User:
    """Return whom `people` has made for the role with the key `role`."""
    return User.objects.get(email=_address(traeger, role))


def _address(traeger: Traeger, role: str) -> str:
    # Not .example: such accounts work only in a demo.
    return f"{role}@{traeger.slug}.test"


def restrict(rng: Random, pages: list[tuple[int, int]], traeger: list[Traeger], count: int) -> None:
    """Restrict `count` of `pages`, each (id, index of its Träger): to some of its roles, or to staff."""
    groups = [list(each.roles.order_by("pk").values_list("group_id", flat=True)) for each in traeger]
    chosen = rng.sample(pages, count)
    restrictions, allowed = [], []
    for pk, (page_id, owner) in zip(next_ids(PageViewRestriction, count), chosen, strict=True):
        to_staff = rng.random() < 0.3
        kind = PageViewRestriction.LOGIN if to_staff else PageViewRestriction.GROUPS
        restrictions.append(PageViewRestriction(pk=pk, page_id=page_id, restriction_type=kind))
        if not to_staff:
            allowed += [(pk, group) for group in rng.sample(groups[owner], rng.randint(1, 4))]
    copy_rows(PageViewRestriction, restrictions)
    copy_rows(
        Groups,
        [
            Groups(pk=pk, pageviewrestriction_id=restriction, group_id=group)
            for pk, (restriction, group) in zip(next_ids(Groups, len(allowed)), allowed, strict=True)
        ],
    )


def grant(
    rng: Random, pages: list[tuple[int, int]], users: list[User], traeger: list[Traeger], count: int
) -> None:
    """Give `count` grants on `pages`: three of four to people, the others to the editors of a Träger."""
    levels = list(
        Permission.objects.filter(content_type__app_label="wagtailcore", codename__in=LEVELS)
        .order_by("codename")
        .values_list("pk", flat=True)
    )
    editors = [each.group("redaktion").pk for each in traeger]
    to_groups = count // 4
    for model, holder, holders, number in (
        (PageUserGrant, "user_id", [user.pk for user in users], count - to_groups),
        (PageGroupGrant, "group_id", editors, to_groups),
    ):
        # Every page once per table, so that no two grants are the same.
        copy_rows(
            model,
            [
                model(
                    pk=pk,
                    content_object_id=page_id,
                    permission_id=rng.choice(levels),
                    subtree=rng.random() < 0.2,
                    expires_at=BEGIN + timedelta(days=rng.randint(1, 3650)) if rng.random() < 0.3 else None,
                    reason="Beispiel",
                    granted_at=BEGIN,
                    **{holder: rng.choice(holders)},
                )
                for pk, (page_id, _owner) in zip(
                    next_ids(model, number), rng.sample(pages, number), strict=True
                )
            ],
        )
