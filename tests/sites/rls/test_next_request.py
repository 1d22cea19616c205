"""Rights that end do so with the very next request: nothing waits for a new login or a clean-up."""

import datetime as dt

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.utils import timezone
from wagtail.models import PageViewRestriction

from home.models import NewsIndexPage
from sites.access.creation import INTERNAL_COLLECTION
from sites.access.roles import LEITUNG, LESEN, REDAKTION
from sites.models import DocumentUserGrant, PageUserGrant, User
from tests.factories import DocumentFactory, ImageFactory, NewsPageFactory
from tests.factories.people import PASSWORD
from tests.sites.grants.granting import grant
from tests.world import list_page

YESTERDAY = timezone.now() - dt.timedelta(days=1)
TOMORROW = timezone.now() + dt.timedelta(days=1)

# Like no name and no address: Django refuses a password that is.
OTHER_PASSWORD = "zwölf krumme Äxte"
ADMIN_LOGIN, LED_AWAY, MISSING = "/admin/login/?next=", "/", 404
READER, EDITOR = (LESEN, "traeger_a"), (REDAKTION, "traeger_a")
GUEST, VISITOR = (REDAKTION, "coordination"), None


class Case:
    """Somebody who reads or works, what they ask for and what then changes.

    `page` and `document` are internal ones of Träger A, `public` and `public_document` are not.
    """

    def __init__(self, world, who, make_person):
        self.traeger = world.traeger_a
        self.user = make_person(who[0], getattr(world, who[1])) if who else None
        self.home = getattr(world, who[1]) if who else self.traeger
        parent = list_page(self.traeger, NewsIndexPage)
        internal = self.traeger.collection.get_children().get(name=INTERNAL_COLLECTION)
        self.page = NewsPageFactory(parent=parent, internal=True)
        self.public = NewsPageFactory(parent=parent)
        self.below = parent
        self.document = DocumentFactory(collection=internal)
        self.public_document = DocumentFactory(traeger=self.traeger, shown=True)
        self.image = ImageFactory(collection=internal)
        self.internal = internal

    def given(self, name: str, action: str) -> None:
        """Let the person do `action` with one of the things until tomorrow."""
        grant(self.user, getattr(self, name), action, expires_at=TOMORROW)

    def restrict(self, page, kind, *roles) -> None:
        restriction = PageViewRestriction.objects.create(page=page, restriction_type=kind)
        restriction.groups.set(self.traeger.group(role) for role in roles)


def _nothing(case):
    pass


def _view_page(case):
    case.given("page", "view")


def _change_page(case):
    case.given("page", "change")


def _view_document(case):
    case.given("document", "view")


def _change_document(case):
    case.given("document", "change")


def _change_image(case):
    case.given("image", "change")


def _through_a_group(action: str):
    def given(case):
        group = case.home.group(LESEN)
        case.user.groups.add(group)
        grant(group, case.page, action)

    given.__name__ = f"{action}_page_through_a_group"
    return given


_view_in_group, _change_in_group = map(_through_a_group, ("view", "change"))


def deactivate(case):
    User.objects.filter(pk=case.user.pk).update(is_active=False)


def delete_account(case):
    User.objects.get(pk=case.user.pk).delete()


def leave_group(case):
    case.user.groups.clear()


def leave_granted_group(case):
    case.user.groups.remove(case.home.group(LESEN))


def new_password(case):
    user = User.objects.get(pk=case.user.pk)
    user.set_password(OTHER_PASSWORD)
    user.save()


def end_page_grant(case):
    PageUserGrant.grants.update(expires_at=YESTERDAY)


def take_page_grant(case):
    PageUserGrant.grants.all().delete()


def end_file_grant(case):
    for model in (DocumentUserGrant, case.image.imageusergrants.model):
        model.grants.update(expires_at=YESTERDAY)


def no_admin(case):
    right = Permission.objects.get(codename="access_admin")
    case.traeger.group(REDAKTION).permissions.remove(right)


def for_staff(case):
    case.restrict(case.public, PageViewRestriction.LOGIN)


def for_the_head(case):
    case.restrict(case.public, PageViewRestriction.GROUPS, LEITUNG)


def above_for_the_head(case):
    case.restrict(case.below, PageViewRestriction.GROUPS, LEITUNG)


def unpublish(case):
    case.public.unpublish()


def file_becomes_internal(case):
    case.public_document.collection = case.internal
    case.public_document.save()


PAGE, PUBLIC = "{page.url}", "{public.url}"
DOCUMENT, PUBLIC_DOCUMENT = "{document.url}", "{public_document.url}"
EDIT, EDIT_DOCUMENT, EDIT_IMAGE = (
    "/admin/pages/{page.pk}/edit/",
    "/admin/documents/edit/{document.pk}/",
    "/admin/images/{image.pk}/",
)
EDIT_OWN, WORK = "/admin/pages/{public.pk}/edit/", "/admin/"

# who, with which grant, asks for what → what changes → the answer from then on
ROWS = [
    (READER, _nothing, PAGE, deactivate, MISSING),
    (READER, _nothing, DOCUMENT, deactivate, MISSING),
    (READER, _nothing, PAGE, delete_account, MISSING),
    (EDITOR, _nothing, EDIT, deactivate, ADMIN_LOGIN),
    (EDITOR, _nothing, WORK, deactivate, ADMIN_LOGIN),
    (EDITOR, _nothing, EDIT_DOCUMENT, delete_account, ADMIN_LOGIN),
    (READER, _nothing, PAGE, leave_group, MISSING),
    (READER, _nothing, DOCUMENT, leave_group, MISSING),
    (EDITOR, _nothing, EDIT, leave_group, LED_AWAY),
    (EDITOR, _nothing, WORK, leave_group, LED_AWAY),
    (EDITOR, _nothing, WORK, no_admin, LED_AWAY),
    (READER, _nothing, PAGE, new_password, MISSING),
    (EDITOR, _nothing, EDIT, new_password, ADMIN_LOGIN),
    (GUEST, _view_page, PAGE, end_page_grant, MISSING),
    (GUEST, _view_page, PAGE, take_page_grant, MISSING),
    (GUEST, _change_page, EDIT, end_page_grant, MISSING),
    (GUEST, _change_page, EDIT, take_page_grant, MISSING),
    (GUEST, _change_page, EDIT, deactivate, ADMIN_LOGIN),
    (GUEST, _view_in_group, PAGE, leave_granted_group, MISSING),
    (GUEST, _change_in_group, PAGE, leave_granted_group, MISSING),
    (GUEST, _change_in_group, EDIT, leave_granted_group, MISSING),
    (GUEST, _view_document, DOCUMENT, end_file_grant, MISSING),
    (GUEST, _change_document, EDIT_DOCUMENT, end_file_grant, MISSING),
    (GUEST, _change_image, EDIT_IMAGE, end_file_grant, MISSING),
    (VISITOR, _nothing, PUBLIC, for_staff, MISSING),
    (VISITOR, _nothing, PUBLIC, for_the_head, MISSING),
    (VISITOR, _nothing, PUBLIC, above_for_the_head, MISSING),
    (VISITOR, _nothing, PUBLIC, unpublish, MISSING),
    (VISITOR, _nothing, PUBLIC_DOCUMENT, file_becomes_internal, MISSING),
    (READER, _nothing, PUBLIC, for_the_head, MISSING),
    (READER, _nothing, PUBLIC, above_for_the_head, MISSING),
    (READER, _nothing, PUBLIC, unpublish, MISSING),
    (GUEST, _nothing, PUBLIC, for_the_head, MISSING),
    (GUEST, _nothing, PUBLIC_DOCUMENT, file_becomes_internal, MISSING),
]


def _name(value) -> str:
    if callable(value):
        return value.__name__.strip("_")
    return " at ".join(value) if isinstance(value, tuple) else str(value or "visitor")


@pytest.mark.parametrize(("who", "granted", "asked", "change", "answer"), ROWS, ids=_name)
def test_the_next_request(who, granted, asked, change, answer, world, person, client_for):
    case = Case(world, who, person)
    granted(case)
    url = asked.format(**vars(case))
    client = client_for(case.user, case.home if url.startswith("/admin/") else case.traeger)
    before = client.get(url)
    assert before.status_code == 200
    # The web role lasts until a streamed answer is read.
    assert before.getvalue()
    change(case)
    response = client.get(url)
    if answer == MISSING:
        assert response.status_code == 404
        assert "etag" not in response.headers
    else:
        assert response.status_code == 302
        assert response.url == answer if answer == LED_AWAY else response.url.startswith(answer)


def test_other_sessions_end_with_the_old_password_and_the_own_goes_on(traeger_a, person):
    """Whoever changes the password stays; a second browser, logged in before, must log in again."""
    user = person(REDAKTION, traeger_a)
    host = {"host": f"{traeger_a.site.hostname}:{traeger_a.site.port}"}
    here, elsewhere = Client(headers=host), Client(headers=host)
    for client in (here, elsewhere):
        client.post("/anmelden/", {"username": user.email, "password": PASSWORD})
        assert client.get("/admin/account/").status_code == 200
    fields = {"old_password": PASSWORD, "new_password1": OTHER_PASSWORD, "new_password2": OTHER_PASSWORD}
    page = here.get("/admin/account/")
    shown = {
        field.html_name: field.value()
        for panels in page.context["panels_by_tab"].values()
        for panel in panels
        for field in panel.get_form()
        if field.value()
    }
    here.post("/admin/account/", shown | {f"password-{name}": value for name, value in fields.items()})
    assert User.objects.get(pk=user.pk).check_password(OTHER_PASSWORD)
    assert here.get("/admin/account/").status_code == 200
    response = elsewhere.get("/admin/account/")
    assert (response.status_code, response.url.startswith(ADMIN_LOGIN)) == (302, True)
