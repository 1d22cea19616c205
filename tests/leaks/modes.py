"""The second run of the matrix: only the database decides, Python's checks are switched off.

What is refused then is refused by RLS alone; what leaks is what a forgotten check would leak.
"""

import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from unittest.mock import patch

from django.contrib.auth.models import PermissionsMixin
from django.shortcuts import get_object_or_404
from wagtail.models import AbstractGroupApprovalTask, BaseViewRestriction, Collection, Page, Site
from wagtail.permission_policies.base import BasePermissionPolicy

from knowledge.changes import history
from knowledge.models import PublishedVersion
from sites.access import readers
from sites.access.testers import PortalPagePermissionTester
from sites.admin import addresses, middleware, scope
from sites.grants import authority
from sites.grants.kinds import kind_of
from sites.grants.log import without_grants_to_others
from sites.jobs import views as jobs
from sites.media import reading
from sites.models import Job
from sites.models.traeger import TraegerQuerySet

# Checks that stay, because they are no functions of their own but conditions inside a view or a query:
#
# - one's own jobs in the list and on the first page, one's own pages there, one's own editing sessions and
#   settings: `user=request.user`;
# - a file half uploaded is edited by who has begun to upload it: `uploaded_by_user != request.user`;
# - documents on the site of their Träger only: which site asks is no right of a person;
# - `is_superuser` where menus, filters and forms are made: they decide what is offered, not what is answered;
# - a grant names a group of the coordination office: the choices of a field, checked with the form;
# - functions of the database (who has which e-mail address, which picture is a logo): part of RLS.
APPS = ("sites", "home", "knowledge", "search", "thinka_portal")
EVERYTHING = {"add", "bulk_delete", "change", "choose", "delete", "lock", "publish", "unlock", "view"}
HAS_PERMISSION = PermissionsMixin.has_perm


def _may(self, user, *args, **kwargs) -> bool:
    """Whoever is let into the editing area at all, may."""
    return HAS_PERMISSION(user, "wagtailadmin.access_admin")


def _all(self, user, *args, **kwargs):
    rows = self.model._default_manager
    return rows.all() if _may(self, user) else rows.none()


def _root(self, user) -> Page | None:
    return Page.objects.filter(depth=1).first() if _may(self, user) else None


def _all_of(model):
    def rows(self, user, *args, **kwargs):
        return model.objects.all() if _may(self, user) else model.objects.none()

    return rows


# The questions that Wagtail's permission policies answer, and what they are answered with.
POLICY_ANSWERS = {
    "user_has_permission": _may,
    "user_has_any_permission": _may,
    "user_has_permission_for_instance": _may,
    "user_has_any_permission_for_instance": _may,
    "instances_user_has_permission_for": _all,
    "instances_user_has_any_permission_for": _all,
    "explorable_instances": _all,
    "explorable_root_instance": _root,
    "collections_user_has_permission_for": _all_of(Collection),
    "collections_user_has_any_permission_for": _all_of(Collection),
    "sites_user_has_permission_for": _all_of(Site),
    "sites_user_has_any_permission_for": _all_of(Site),
}


def _yes(*args, **kwargs) -> bool:
    return True


def _every_row(stock):
    return lambda user: stock(user).model._default_manager.all()


# Functions that other modules import by their names, and what takes their places.
FUNCTIONS = {
    readers.readable_by: lambda pages, user: pages,
    readers.may_read: _yes,
    readers.may_open: _yes,
    reading.may_see_portrait: _yes,
    history.readable_versions: lambda page, user: PublishedVersion.objects.filter(page=page.pk),
    authority.may_give: _yes,
    authority.sees_all: _yes,
    without_grants_to_others: lambda entries, user: entries,
    authority.levels_to_give: lambda user, obj: list(kind_of(obj).levels),
    **{
        function: _every_row(function)
        for function in (
            *(scope.pages, scope.choosable_pages, scope.images, scope.documents, scope.collections),
            *(scope.sites, scope.uploads, scope.translations, scope.translation_sources),
        )
    },
}


def _grant_everything(stock):
    def init(self, user, page):
        stock(self, user, page)
        if _may(self, user):
            self.permissions = self.standing_permissions = set(EVERYTHING)

    return init


def _policies() -> Iterator[type]:
    """Yield every class of permission policies, Wagtail's and ours."""
    waiting = [BasePermissionPolicy]
    while waiting:
        policy = waiting.pop()
        yield policy
        waiting += policy.__subclasses__()


def _switches() -> Iterator[tuple[object, str, object]]:
    """Yield (object, attribute, what takes its place) for each check in Python."""
    for policy in _policies():
        for name, answer in POLICY_ANSWERS.items():
            if name in vars(policy):
                yield policy, name, answer
    yield PermissionsMixin, "has_perm", lambda user, *args, **kwargs: _may(None, user)
    yield PortalPagePermissionTester, "__init__", _grant_everything(PortalPagePermissionTester.__init__)
    for narrowing in ("for_user", "led_by"):
        yield TraegerQuerySet, narrowing, lambda self, user: self.all()
    yield middleware.ScopeMiddleware, "process_view", lambda *args: None
    # The hooks of Wagtail that guard pages and documents ask this.
    yield BaseViewRestriction, "accept_request", _yes
    yield AbstractGroupApprovalTask, "_user_in_groups", lambda task, user: _may(None, user)
    yield jobs._OfOneJob, "job", property(lambda view: get_object_or_404(Job, pk=view.kwargs["pk"]))
    for module in [each for name, each in sys.modules.items() if name.partition(".")[0] in APPS]:
        for name, value in list(vars(module).items()):
            if callable(value) and getattr(value, "__hash__", None) and value in FUNCTIONS:
                yield module, name, FUNCTIONS[value]


@contextmanager
def only_rls() -> Iterator[None]:
    """Switch Python's checks off."""
    with ExitStack() as stack:
        for target, name, instead in list(_switches()):
            stack.enter_context(patch.object(target, name, instead))
        models = {name: _every_row(within) for name, within in addresses.BULK_MODELS.items()}
        stack.enter_context(patch.dict(addresses.BULK_MODELS, models))
        yield


@contextmanager
def everything() -> Iterator[None]:
    """Leave all as it is."""
    yield
