"""What people and programs do to say who reads and writes what."""

import datetime as dt

from django.contrib.auth.models import Group
from django.db.models import Q
from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import precondition
from wagtail.models import GroupPagePermission, PageViewRestriction

from sites.models import PageGroupGrant, PageUserGrant
from tests.sites.rls.machine.base import Machine
from tests.sites.rls.machine.rules import LEVELS, PAGES, one_of, rule, where

PERMISSIONS = ("add_page", "change_page", "publish_page")


class AccessRules(Machine):
    @rule(
        number=PAGES, kind=st.sampled_from(["login", "groups", "password"]), groups=st.sets(st.integers(0, 3))
    )
    def restrict(self, number, kind, groups):
        restriction = PageViewRestriction.objects.create(
            page=self.pick(number), restriction_type=kind, password="x"
        )
        restriction.groups.set([self.groups[index] for index in groups])

    @where(lambda self: PageViewRestriction.objects.all())
    @rule(number=PAGES, groups=st.sets(st.integers(0, 3)))
    def change_restricted_groups(self, number, groups):
        restriction = one_of(PageViewRestriction.objects.all(), number)
        restriction.groups.set([self.groups[index] for index in groups])

    @where(lambda self: PageViewRestriction.objects.all())
    @rule(number=PAGES, to=PAGES)
    def retarget_restriction(self, number, to):
        restriction = one_of(PageViewRestriction.objects.all(), number)
        PageViewRestriction.objects.filter(pk=restriction.pk).update(
            page=self.pick(to), restriction_type="login"
        )

    @where(lambda self: PageViewRestriction.objects.all())
    @rule(number=PAGES)
    def unrestrict(self, number):
        one_of(PageViewRestriction.objects.all(), number).delete()

    @rule(number=PAGES, group=st.integers(0, 3), codename=st.sampled_from(PERMISSIONS))
    def permit(self, number, group, codename):
        GroupPagePermission.objects.get_or_create(
            page=self.pick(number), group=self.groups[group], permission=self.permission(codename)
        )

    @where(lambda self: GroupPagePermission.objects.all())
    @rule(number=PAGES)
    def forbid(self, number):
        one_of(GroupPagePermission.objects.all(), number).delete()

    @rule(
        number=PAGES,
        who=st.integers(0, 2),
        to_group=st.booleans(),
        level=st.sampled_from(LEVELS),
        subtree=st.booleans(),
        # A run is one transaction, at whose beginning the database's clock stands still, and may take hours.
        days=st.sampled_from([None, -1, 1]),
    )
    def grant(self, number, who, to_group, level, subtree, days):
        holder = {"group": self.groups[who]} if to_group else {"user": self.users[who]}
        (PageGroupGrant if to_group else PageUserGrant).grants.update_or_create(
            content_object=self.pick(number),
            permission=self.permission(level),
            **holder,
            defaults={
                "subtree": subtree,
                "expires_at": days and timezone.now() + dt.timedelta(days=days),
            },
        )

    @precondition(lambda self: self.grants())
    @rule(number=PAGES)
    def revoke(self, number):
        grants = self.grants()
        grants[number % len(grants)].delete()

    @precondition(lambda self: self.grants(Q(expires_at=None) | Q(expires_at__gt=timezone.now())))
    @rule(number=PAGES)
    def expire(self, number):
        grants = self.grants(Q(expires_at=None) | Q(expires_at__gt=timezone.now()))
        grant = grants[number % len(grants)]
        type(grant).grants.filter(pk=grant.pk).update(expires_at=timezone.now() - dt.timedelta(days=1))

    def grants(self, *which):
        """Return the grants of pages, to people and to groups."""
        models = (PageUserGrant, PageGroupGrant)
        return [grant for model in models for grant in model.grants.filter(*which).order_by("pk")]

    @rule(index=st.integers(0, 3))
    def delete_group(self, index):
        group = self.groups[index]
        self.serial += 1
        self.groups[index] = Group.objects.create(name=f"Gruppe {index}, die {self.serial}.")
        group.delete()
        self.join()
