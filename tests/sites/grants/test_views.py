"""The page „Freigaben": who sees what, who gives and ends, what the form says."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale, ModelLogEntry, PageLogEntry

from sites.access.roles import FREIGABE, LEITUNG, LESEN, REDAKTION
from sites.grants.kinds import KINDS
from sites.grants.log import ENDED, GIVEN
from tests.factories import ContentPageFactory, DocumentFactory, ImageFactory, UserFactory
from tests.sites.grants.granting import grant
from tests.wording import said

STRANGER = "Gästin Fremd"
SECRET = "Nur die Leitung weiß, wofür"


@pytest.fixture(params=KINDS)
def kind(request):
    return KINDS[request.param]


@pytest.fixture
def obj(kind, traeger_a):
    """A page, document or picture of Träger A."""
    if kind.name == "page":
        return ContentPageFactory(parent=traeger_a.site.root_page, title="Freigegeben")
    factory = DocumentFactory if kind.name == "document" else ImageFactory
    return factory(traeger=traeger_a, title="Freigegeben")


@pytest.fixture
def page(traeger_a):
    return ContentPageFactory(parent=traeger_a.site.root_page, title="Freigegeben")


@pytest.fixture
def head(person, traeger_a):
    return person(LEITUNG, traeger_a)


@pytest.fixture
def stranger(person, traeger_b):
    """Somebody who holds a grant and whose name must stay secret."""
    return person(REDAKTION, traeger_b, first_name="Gästin", last_name="Fremd")


def address(obj) -> str:
    kind = next(kind for kind in KINDS.values() if isinstance(obj, kind.model))
    return reverse("portal_grants", args=[kind.name, obj.pk])


def end_address(obj, given) -> str:
    field = "user" if hasattr(given, "user_id") else "group"
    return f"{address(obj)}beenden/{field}/{given.pk}/"


def data(**changes) -> dict:
    return {"group": "", "email": "", "level": "change", "until": "", "reason": ""} | changes


def in_force(kind) -> list:
    return [grant for model in kind.holders().values() for grant in model.grants.in_force()]


def entries(obj, action):
    model = PageLogEntry if hasattr(obj, "path") else ModelLogEntry
    return model.objects.for_instance(obj).filter(action=action)


# who (role, at which Träger; a level: they hold a grant) → status of the page, sees what others hold, gives
ACCESS = [
    ("admin", None, None, 200, True, True),
    (LEITUNG, "traeger_a", None, 200, True, True),
    (FREIGABE, "traeger_a", None, 200, True, False),
    (REDAKTION, "traeger_a", None, 200, True, False),
    (REDAKTION, "traeger_a", "change", 200, True, False),
    (LESEN, "traeger_a", None, 302, False, False),
    (None, None, None, 302, False, False),
    (LEITUNG, "traeger_b", None, 404, False, False),
    (LEITUNG, "knowledge", None, 404, False, False),
    (LEITUNG, "coordination", None, 404, False, False),
    (LEITUNG, "coordination", "view", 200, False, False),
    (LEITUNG, "traeger_b", "change", 200, False, False),
    (REDAKTION, "coordination", "change", 200, False, False),
    (REDAKTION, "coordination", "ended", 404, False, False),
]


@pytest.mark.parametrize(("role", "at", "holds", "status", "sees_others", "gives"), ACCESS)
def test_who_sees_and_gives(
    kind, obj, world, person, stranger, client_for, role, at, holds, status, sees_others, gives
):
    traeger = getattr(world, at) if at else world.coordination
    user = person(role, traeger) if at else UserFactory(admin=True) if role else None
    others = grant(stranger, obj, "change", reason=SECRET)
    if holds:
        yesterday = timezone.now() - dt.timedelta(days=1)
        ended = {"expires_at": yesterday} if holds == "ended" else {}
        grant(user, obj, "change" if holds == "ended" else holds, **ended)
    before = len(in_force(kind))
    client = client_for(user, traeger)

    response = client.get(address(obj))
    html = response.content.decode()
    assert response.status_code == status
    assert (STRANGER in html and SECRET in html) is sees_others
    assert (said("Give the grant") in html) is gives

    newcomer = person(REDAKTION, world.knowledge)
    response = client.post(address(obj), data(email=newcomer.email))
    assert response.status_code == (404 if status == 404 else 302)
    assert len(in_force(kind)) == before + gives
    response = client.post(end_address(obj, others))
    assert response.status_code == (404 if status == 404 else 302)
    assert (others not in in_force(kind)) is gives


@pytest.mark.parametrize(
    ("name", "pk"), [("page", 0), ("seite", 1), ("document", 0), ("image", 0), ("user", 1)]
)
def test_what_does_not_exist(name, pk, client_for, traeger_a):
    client = client_for(UserFactory(admin=True), traeger_a)
    assert client.get(f"/admin/freigaben/{name}/0/").status_code == 404
    assert client.post(f"/admin/freigaben/{name}/0/", data()).status_code == 404


def test_nobody_gives_grants_on_what_belongs_to_nobody(client_for, traeger_a, page):
    client = client_for(UserFactory(admin=True), traeger_a)
    assert client.get(address(page.get_root())).status_code == 404


def test_a_grant_with_all_that_belongs_to_it(page, head, client_for, traeger_a, coordination):
    role = coordination.roles.get(role=FREIGABE)
    values = data(group=role.pk, level="publish", subtree="on", until="24.12.2096 18:00", reason="Plakat")
    response = client_for(head, traeger_a).post(address(page), values)
    assert (response.status_code, response.url) == (302, address(page))
    (given,) = in_force(KINDS["page"])
    assert given.group == role.group
    assert given.permission.codename == "publish_page"
    assert (given.content_object_id, given.subtree, given.reason) == (page.pk, True, "Plakat")
    assert given.granted_by == head
    assert timezone.localtime(given.expires_at).isoformat() == "2096-12-24T18:00:00+01:00"
    html = client_for(head, traeger_a).get(address(page)).content.decode()
    assert role.group.name in html
    assert "24.12.2096 18:00" in html


def test_a_day_counts_to_its_end(page, head, client_for, traeger_a, stranger):
    client_for(head, traeger_a).post(address(page), data(email=stranger.email, until="24.12.2096"))
    (given,) = in_force(KINDS["page"])
    assert f"{timezone.localtime(given.expires_at):%d.%m.%Y %H:%M}" == "24.12.2096 23:59"


NOBODY = (
    "Nobody has an account with this e-mail address. Check how it is written, or ask the "
    "operators of the portal to add the person."
)
PAST = "This moment is over. Choose a later one, or leave the field empty for no end."
NO_ACCESS = "This group has no access to the editing area. Choose another group."
# what is wrong → (field, message)
BAD_INPUT = {
    "nobody": ({"email": "niemand@beispiel.test"}, "email", NOBODY),
    "switched off": ({"email": "aus@beispiel.test"}, "email", NOBODY),
    "no address": ({"email": "niemand"}, "email", None),
    "oneself": ({"email": "LEITUNG@beispiel.test"}, "email", "This is you. Name somebody else."),
    "no holder": ({}, "group", "Choose a group, or name a person by e-mail address."),
    "both": (
        {"group": FREIGABE, "email": "da@beispiel.test"},
        "email",
        "Choose a group or name a person, not both.",
    ),
    "group of another Träger": ({"group": "foreign"}, "group", None),
    "group that only reads": ({"group": LESEN}, "group", NO_ACCESS),
    "in the past": ({"email": "da@beispiel.test", "until": "24.12.2020 18:00"}, "until", PAST),
    "a day in the past": ({"email": "da@beispiel.test", "until": "24.12.2020"}, "until", PAST),
    "no date": (
        {"email": "da@beispiel.test", "until": "morgen"},
        "until",
        "Please write the date like 24.12.2026 or 24.12.2026 18:00.",
    ),
    "unknown level": ({"email": "da@beispiel.test", "level": "delete"}, "level", None),
    "no level": ({"email": "da@beispiel.test", "level": ""}, "level", None),
    "too long": ({"email": "da@beispiel.test", "reason": "x" * 251}, "reason", None),
}


def test_a_zero_byte_is_taken_out_and_the_rest_is_kept(kind, obj, person, client_for, traeger_a, traeger_b):
    person(REDAKTION, traeger_b, email="da@beispiel.test")
    head = person(LEITUNG, traeger_a)
    client_for(head, traeger_a).post(address(obj), data(email="da@beispiel.test", reason="x\x00y"))
    assert [given.reason for given in in_force(kind)] == ["xy"]


@pytest.mark.parametrize("case", BAD_INPUT)
def test_bad_input_is_named_and_kept(case, kind, obj, person, client_for, traeger_a, traeger_b, coordination):
    changes, field, message = BAD_INPUT[case]
    values = data(reason="Plakat") | changes
    if values["group"]:
        traeger = traeger_b if values["group"] == "foreign" else coordination
        role = FREIGABE if values["group"] == "foreign" else values["group"]
        values["group"] = traeger.roles.get(role=role).pk
    person(REDAKTION, traeger_b, email="da@beispiel.test")
    person(REDAKTION, traeger_b, email="aus@beispiel.test", is_active=False)
    head = person(LEITUNG, traeger_a, email="leitung@beispiel.test")
    response = client_for(head, traeger_a).post(address(obj), values | {"next": "/admin/"})
    html = response.content.decode()
    assert response.status_code == 200
    assert set(response.context["form"].errors) == {field}
    if message:
        assert said(message) in html
    if changes.get("reason") is None:
        assert 'value="Plakat"' in html
    assert '<input type="hidden" name="next" value="/admin/" />' in html
    assert not in_force(kind)


def test_nobody_gives_more_than_they_hold(page, head, client_for, traeger_a, stranger):
    """A head whose group may write but not publish lets nobody publish."""
    traeger_a.group(LEITUNG).page_permissions.filter(permission__codename="publish_page").delete()
    client = client_for(head, traeger_a)
    response = client.post(address(page), data(email=stranger.email, level="publish"))
    assert set(response.context["form"].errors) == {"level"}
    assert not in_force(KINDS["page"])
    assert client.post(address(page), data(email=stranger.email, level="change")).status_code == 302


def test_somebody_who_only_has_a_grant_grants_nothing_even_as_head_elsewhere(
    page, person, client_for, traeger_a, traeger_b, coordination
):
    guest = person(LEITUNG, coordination)
    grant(guest, page.get_parent(), "publish", subtree=True)
    response = client_for(guest, coordination).post(
        address(page), data(email=person(REDAKTION, traeger_b).email)
    )
    assert response.status_code == 302
    assert response.url == reverse("wagtailadmin_home")
    assert len(in_force(KINDS["page"])) == 1


def test_sent_twice(kind, obj, head, client_for, traeger_a, stranger):
    client = client_for(head, traeger_a)
    for _time in range(2):
        assert client.post(address(obj), data(email=stranger.email, until="24.12.2096")).status_code == 302
    (given,) = in_force(kind)
    assert entries(obj, GIVEN).count() == 1
    for _time in range(2):
        assert client.post(end_address(obj, given)).status_code == 302
    assert not in_force(kind)
    assert entries(obj, ENDED).count() == 1


def test_a_new_grant_takes_the_place_of_the_old_one(page, head, client_for, traeger_a, stranger):
    client = client_for(head, traeger_a)
    client.post(address(page), data(email=stranger.email, level="publish", subtree="on"))
    client.post(address(page), data(email=stranger.email, level="view"))
    (given,) = in_force(KINDS["page"])
    assert (given.permission.codename, given.subtree) == ("view_page", False)


def test_an_ended_grant_is_given_again(kind, obj, head, client_for, traeger_a, stranger):
    grant(stranger, obj, "change", expires_at=timezone.now() - dt.timedelta(days=1))
    client_for(head, traeger_a).post(address(obj), data(email=stranger.email.upper()))
    (given,) = in_force(kind)
    assert given.expires_at is None


def test_the_history_names_the_holder(kind, obj, head, client_for, traeger_a, stranger):
    client = client_for(head, traeger_a)
    client.post(address(obj), data(email=stranger.email, until="24.12.2096 18:00", reason="Plakat"))
    (given,) = in_force(kind)
    entry = entries(obj, GIVEN).get()
    assert entry.user == head
    assert entry.data["holder"] == {"kind": "user", "id": stranger.pk, "name": STRANGER}
    assert (entry.data["level"], entry.data["reason"]) == ("change", "Plakat")
    assert STRANGER in entry.message
    assert "24.12.2096 18:00" in entry.message
    client.post(end_address(obj, given))
    entry = entries(obj, ENDED).get()
    assert entry.data["holder"]["id"] == stranger.pk
    assert STRANGER in entry.message


@pytest.mark.parametrize("url", ["wagtailadmin_pages:history", "wagtailadmin_reports:site_history"])
@pytest.mark.parametrize(("role", "by_role"), [(FREIGABE, True), ("guest", False)])
def test_the_history_keeps_grants_from_people_who_only_hold_one(
    url, role, by_role, page, head, person, client_for, traeger_a, coordination, stranger
):
    client_for(head, traeger_a).post(address(page), data(email=stranger.email))
    user = person(FREIGABE, traeger_a if by_role else coordination)
    if not by_role:
        grant(user, page, "publish")
    client = client_for(user, traeger_a if by_role else coordination)
    args = [page.pk] if url.endswith(":history") else []
    response = client.get(reverse(url, args=args))
    assert response.status_code == 200
    assert (STRANGER in response.content.decode()) is by_role


def test_grants_from_above_and_ended_ones(page, head, client_for, traeger_a, stranger, person, coordination):
    above = page.get_parent()
    grant(stranger, above, "change", subtree=True)
    grant(person(REDAKTION, coordination), above, "publish", subtree=False)
    ends = [timezone.now() - dt.timedelta(days=number) for number in range(1, 13)]
    people = [person(REDAKTION, coordination, last_name=f"Früher{number:02}") for number in range(12)]
    for user, moment in zip(people, ends, strict=True):
        grant(user, page, "change", expires_at=moment)
    response = client_for(head, traeger_a).get(address(page))
    lines = response.context["overview"].lines
    assert [line.holder for line in lines.above] == [STRANGER]
    assert not lines.here
    assert [line.holder for line in lines.ended] == [str(user) for user in people[:10]]
    assert said("Given on “%(title)s”", title=above.title) in response.content.decode()


def test_a_grant_on_the_source_is_shown_and_ended_on_the_translation(
    page, head, client_for, traeger_a, stranger
):
    english = Locale.objects.get_or_create(language_code="en")[0]
    translation = page.copy_for_translation(english, copy_parents=True)
    given = grant(stranger, page, "change")
    client = client_for(head, traeger_a)
    assert STRANGER in client.get(address(translation)).content.decode()
    assert client.post(end_address(translation, given)).status_code == 302
    assert not in_force(KINDS["page"])
    assert entries(page, ENDED).count() == 1


def test_a_grant_is_ended_only_where_it_is(page, head, client_for, traeger_a, traeger_b, person, stranger):
    """Neither from the page below nor through an own page with the number of somebody else's grant."""
    foreign = ContentPageFactory(parent=traeger_b.site.root_page)
    given = [grant(stranger, page.get_parent(), "change", subtree=True), grant(head, foreign, "change")]
    client = client_for(head, traeger_a)
    for each in given:
        assert client.post(end_address(page, each)).status_code == 404
    assert len(in_force(KINDS["page"])) == 2


@pytest.mark.parametrize(("method", "status"), [("get", 405), ("put", 405)])
def test_ending_needs_post(method, status, page, head, client_for, traeger_a, stranger):
    given = grant(stranger, page, "change")
    response = getattr(client_for(head, traeger_a), method)(end_address(page, given))
    assert response.status_code == status
    assert in_force(KINDS["page"]) == [given]


@pytest.mark.parametrize("target", ["/admin/pages/", "https://boese.example/", "//boese.example/"])
def test_the_way_back_stays_on_the_site(target, page, head, client_for, traeger_a, stranger):
    response = client_for(head, traeger_a).post(address(page), data(email=stranger.email, next=target))
    assert response.url == (target if target.startswith("/admin") else address(page))


class TestEditor:
    """The side panel, and the link in the editors of files."""

    @pytest.mark.parametrize(
        ("role", "at", "holds", "panel", "form", "others"),
        [
            (LEITUNG, "traeger_a", None, True, True, True),
            (REDAKTION, "traeger_a", None, True, False, True),
            (REDAKTION, "coordination", "change", True, False, False),
        ],
    )
    def test_the_panel(self, page, world, person, client_for, stranger, role, at, holds, panel, form, others):
        user = person(role, getattr(world, at))
        grant(stranger, page, "change", reason=SECRET)
        if holds:
            grant(user, page, holds, reason="Ihr Auftrag")
        response = client_for(user, getattr(world, at)).get(
            reverse("wagtailadmin_pages:edit", args=[page.pk])
        )
        html = response.content.decode()
        assert response.status_code == 200
        assert ('data-side-panel="grants"' in html) is panel
        assert (f'action="{address(page)}"' in html) is form
        assert (STRANGER in html) is (SECRET in html) is others
        assert ("Ihr Auftrag" in html) is bool(holds)

    def test_the_panel_posts_with_a_token_and_comes_back(self, page, head, client_for, traeger_a, stranger):
        client = client_for(head, traeger_a)
        client.handler.enforce_csrf_checks = True
        edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
        html = client.get(edit).content.decode()
        form = html.split(f'action="{address(page)}"')[1]
        token = form.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
        values = data(email=stranger.email, next=edit)
        assert client.post(address(page), values).status_code == 403
        response = client.post(address(page), values | {"csrfmiddlewaretoken": token})
        assert (response.status_code, response.url) == (302, edit)
        assert len(in_force(KINDS["page"])) == 1

    @pytest.mark.parametrize("name", ["document", "image"])
    def test_files_lead_to_their_grants(self, name, head, client_for, traeger_a):
        file = (DocumentFactory if name == "document" else ImageFactory)(traeger=traeger_a)
        edit = reverse(KINDS[name].edit_view, args=[file.pk])
        assert address(file) in client_for(head, traeger_a).get(edit).content.decode()


def test_the_number_of_grants_does_not_change_the_number_of_queries(
    page, head, client_for, traeger_a, coordination, person
):
    client = client_for(head, traeger_a)
    client.get(address(page))
    counts = []
    for number in (1, 30):
        for _each in range(number):
            grant(person(REDAKTION, coordination), page, "change")
        with CaptureQueriesContext(connection) as captured:
            client.get(address(page))
        counts.append(len(captured))
    assert counts == [22, 22]
