"""The start page of the knowledge base: who sees what on it, as a matrix."""

from dataclasses import dataclass
from datetime import time, timedelta

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone
from django.utils.timezone import localdate
from wagtail.models import PageViewRestriction

from home.models import AnlaufstelleIndexPage, Verification
from knowledge.models import MethodIndexPage, PartnerIndexPage
from sites.access.roles import GROUP_NAMES, LEITUNG, LESEN, REDAKTION
from sites.models import User
from tests.factories import (
    AnlaufstellePageFactory,
    InternalPageFactory,
    MethodPageFactory,
    PartnerPageFactory,
    TopicFactory,
    UserFactory,
)
from tests.sites.grants.granting import grant
from tests.world import list_page

pytestmark = pytest.mark.django_db
VISITOR, READER_A, EDITOR_A, EDITOR_B = "visitor", "reader of A", "editor of A", "editor of B"
OFFICE, ADMINISTRATOR, NOBODY = "coordination office", "administrator", "account without a role"
ALL = {"Methode für alle", "Partner von A", "Partner von B", "Partner der Wissensbasis"}


@dataclass(frozen=True)
class Sees:
    """What somebody finds: titles; `own`: offices; `topic`: numbers of partners and methods of the topic."""

    waiting: tuple[str, ...] = ()
    shared: tuple[str, ...] = ()
    entries: frozenset[str] = frozenset(ALL)
    topic: tuple[int, ...] = (3, 1)
    own: tuple[str, ...] = ()


CLOSED = frozenset(ALL | {"Nur für die Wissensbasis"})
MATRIX = {
    # Of partners what was checked lately: nothing that is overdue, nothing that is due to be checked.
    VISITOR: Sees(entries=frozenset({"Partner von B"}), topic=(3,)),
    READER_A: Sees(shared=("Blatt von B",), own=("Anlaufstelle A",)),
    EDITOR_A: Sees(waiting=("Partner von A",), own=("Anlaufstelle A",)),
    EDITOR_B: Sees(waiting=("Partner von B",), shared=("Blatt von A",), own=("Anlaufstelle B",)),
    OFFICE: Sees(
        waiting=("Partner der Wissensbasis",),
        shared=("Blatt für das Büro",),
        entries=CLOSED,
        topic=(3, 2),
    ),
    ADMINISTRATOR: Sees(entries=CLOSED, topic=(3, 2)),
    NOBODY: Sees(),
}
TITLES = CLOSED | {"Blatt von A", "Blatt von B", "Blatt für das Büro", "Anlaufstelle A", "Anlaufstelle B"}
PHONES = {"Anlaufstelle A": "tel:+493023125101", "Anlaufstelle B": "tel:+493023125102"}


@pytest.fixture
def people(world) -> dict[str, User | None]:
    office = UserFactory(role=REDAKTION, traeger=world.coordination)
    office.traeger.add(world.knowledge)
    office.groups.add(world.knowledge.group(REDAKTION))
    return {
        VISITOR: None,
        READER_A: UserFactory(role=LESEN, traeger=world.traeger_a),
        EDITOR_A: UserFactory(role=REDAKTION, traeger=world.traeger_a),
        EDITOR_B: UserFactory(role=REDAKTION, traeger=world.traeger_b),
        OFFICE: office,
        ADMINISTRATOR: UserFactory(admin=True),
        NOBODY: UserFactory(),
    }


@pytest.fixture
def scene(world, people):
    """Entries that different roles look after, pages shared with different people, offices."""
    _entries(world)
    a, b = world.traeger_a, world.traeger_b
    for name, traeger, phone in (("A", a, "+49 30 23125-101"), ("B", b, "+49 30 23125-102")):
        offices = list_page(traeger, AnlaufstelleIndexPage)
        AnlaufstellePageFactory(parent=offices, title=f"Anlaufstelle {name}", phone=phone)
    sheets = {
        title: InternalPageFactory(parent=traeger.site.root_page, title=title, internal=True).page_ptr
        for title, traeger in (("Blatt von A", a), ("Blatt von B", b), ("Blatt für das Büro", a))
    }
    grant(people[READER_A], sheets["Blatt von B"], "view", expires_at=timezone.now() + timedelta(days=5))
    grant(people[EDITOR_B], sheets["Blatt von A"], "change")
    # Over.
    grant(people[EDITOR_B], sheets["Blatt für das Büro"], "view", expires_at=timezone.now())
    grant(world.coordination.group(REDAKTION), sheets["Blatt für das Büro"], "change")


def _entries(world) -> None:
    topic = TopicFactory(name="Schulden")
    methods, partners = (list_page(world.knowledge, each) for each in (MethodIndexPage, PartnerIndexPage))
    method = MethodPageFactory(parent=methods, title="Methode für alle", topics=[topic])
    closed = MethodPageFactory(parent=methods, title="Nur für die Wissensbasis", topics=[topic])
    restriction = PageViewRestriction.objects.create(page=closed, restriction_type=PageViewRestriction.GROUPS)
    restriction.groups.set([world.knowledge.group(role) for role in GROUP_NAMES])
    for title, traeger, days in (
        ("Partner von A", world.traeger_a, -9),
        ("Partner von B", world.traeger_b, 12),
        ("Partner der Wissensbasis", world.knowledge, -2),
    ):
        page = PartnerPageFactory(parent=partners, title=title, topics=[topic])
        _check(page, traeger, days)
    for page in (method, closed):
        _check(page, world.knowledge, 200)


def _check(page, traeger, days: int) -> None:
    Verification.objects.update_or_create(
        page_id=page.pk,
        defaults={
            "traeger": traeger,
            "role": REDAKTION,
            "verified_on": localdate() - timedelta(days=30),
            "verified_until": localdate() + timedelta(days=days),
        },
    )


def main_of(response) -> BeautifulSoup:
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser").main


def section(main: BeautifulSoup, name: str) -> list[str]:
    """The titles in the section with this id of a heading, without what is said around them."""
    found = main.select(f"[aria-labelledby={name}] li")
    return [title for each in found for title in TITLES if title in each.get_text(" ")]


@pytest.mark.parametrize("where", ["knowledge", "traeger_b"])
@pytest.mark.parametrize("name", MATRIX)
@pytest.mark.usefixtures("scene")
def test_everybody_sees_what_is_theirs(name, where, world, people, client_for):
    user, expected = people[name], MATRIX[name]
    if user is None and where != "knowledge":
        return
    path = "/" if where == "knowledge" else "/mein-start/"
    main = main_of(client_for(user, getattr(world, where)).get(path))
    assert tuple(section(main, "wartet")) == expected.waiting
    assert tuple(section(main, "geteilt")) == expected.shared
    assert set(section(main, "geaendert" if user else "geprueft")) == expected.entries
    assert tuple(section(main, "traeger")) == expected.own
    counts = [int(each.get_text()) for each in main.select(".tp-quick__count")]
    assert tuple(counts) == expected.topic
    # And nowhere else on the page either.
    named = {title for title in TITLES if title in main.get_text(" ")}
    assert named == {*expected.waiting, *expected.shared, *expected.entries, *expected.own}
    phones = {link["href"] for link in main.select("a[href^='tel:']")}
    assert phones == {PHONES[office] for office in expected.own}


@pytest.mark.usefixtures("scene")
def test_where_all_of_it_is_internal_visitors_are_led_to_the_login(knowledge, client_for):
    PageViewRestriction.objects.create(page=knowledge.folder, restriction_type=PageViewRestriction.LOGIN)
    response = client_for(None, knowledge).get("/")
    assert (response.status_code, response["location"]) == (302, "/anmelden/?next=/")


@pytest.mark.usefixtures("scene")
def test_the_numbers_of_a_topic_are_those_of_the_list_that_it_leads_to(knowledge, people, client_for):
    client = client_for(people[READER_A], knowledge)
    links = main_of(client.get("/")).select(".tp-quick a")
    assert [link["href"] for link in links] == ["/partner/?topic=schulden", "/methoden/?topic=schulden"]
    counts = [client.get(link["href"]).context["entry_count"] for link in links]
    assert tuple(counts) == MATRIX[READER_A].topic


@pytest.mark.usefixtures("scene")
def test_the_editing_area_is_offered_to_who_works_there(world, people, client_for):
    def offered(name: str) -> bool:
        main = main_of(client_for(people[name], world.knowledge).get("/"))
        return bool(main.select("[aria-labelledby=traeger] a[href='/admin/']"))

    assert not offered(READER_A)
    assert offered(EDITOR_A)


@pytest.mark.usefixtures("scene")
def test_an_end_is_said(people, knowledge, client_for):
    until = timezone.localdate(timezone.now() + timedelta(days=5))
    shared = main_of(client_for(people[READER_A], knowledge).get("/")).select_one("[aria-labelledby=geteilt]")
    assert f"bis {until:%d.%m.%Y}" in " ".join(shared.get_text(" ").split())


def test_an_office_says_whether_it_is_open(traeger_a, knowledge, person, client_for):
    offices = list_page(traeger_a, AnlaufstelleIndexPage)
    day = timezone.localdate().weekday()
    interval = AnlaufstellePageFactory._meta.model._meta.get_field("intervals").related_model
    AnlaufstellePageFactory(
        parent=offices, intervals=[interval(weekday=day, opens=time(0), closes=time(23, 59))]
    )
    main = main_of(client_for(person(LESEN, traeger_a), knowledge).get("/"))
    assert main.select("[aria-labelledby=traeger] .tp-status")


def test_the_editors_own_content_stays_below(knowledge, person, client_for):
    start = knowledge.site.root_page.specific
    start.body = [("callout", {"kind": "info", "title": "Gut zu wissen", "text": "<p>Keine Daten.</p>"})]
    start.save_revision().publish()
    text = main_of(client_for(person(LEITUNG, knowledge), knowledge).get("/")).get_text(" ")
    assert "Gut zu wissen" in text


def test_other_sites_keep_their_start_page(traeger_a, person, client_for):
    response = client_for(person(LESEN, traeger_a), traeger_a).get("/")
    assert "home/home_page.html" in [template.name for template in response.templates]
