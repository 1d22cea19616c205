"""What has changed between published versions: for whoever could read both then, and can now."""

from datetime import time

import pytest
from bs4 import BeautifulSoup
from django.db import DatabaseError, transaction
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from wagtail.models import PageViewRestriction

from knowledge.changes.comparing import ADDED, LEFT_OUT, MOST_WORDS, REMOVED, SAME, compare
from knowledge.changes.keeping import KEPT
from knowledge.changes.told import label_of, told
from knowledge.models import (
    MethodIndexPage,
    MethodPage,
    PartnerBranch,
    PartnerContact,
    PartnerIndexPage,
    PartnerInterval,
    PartnerPage,
    PartnerService,
    PublishedVersion,
)
from sites.access.roles import FREIGABE, LEITUNG, LESEN, REDAKTION
from sites.rls.identity import ADMIN, SITE
from tests.factories import MethodPageFactory, PartnerPageFactory, TopicFactory, UserFactory
from tests.home.test_facts import english, translated  # noqa: F401 - a fixture
from tests.leaks.marking import soon
from tests.web_role import web_process
from tests.world import list_page

pytestmark = pytest.mark.django_db
texts = st.text(st.sampled_from("ab \n"), max_size=30)
versions = st.dictionaries(st.sampled_from(["title", "summary", "body"]), texts, max_size=3)


@given(versions, versions)
def test_the_parts_make_both_versions(before, after):
    changes = {change.name: change.parts for change in compare([*before.items()], [*after.items()])}
    names = before.keys() | after.keys()
    assert changes.keys() == {name for name in names if before.get(name, "") != after.get(name, "")}
    for name, parts in changes.items():
        old = "".join(part.text for part in parts if part.what != ADDED)
        new = "".join(part.text for part in parts if part.what != REMOVED)
        assert (old, new) == (before.get(name, ""), after.get(name, ""))


def test_lines_are_left_out_and_words_marked():
    old = "Erster Schritt.\nEinen Brief öffnen.\nLetzter Schritt."
    (change,) = compare([("steps", old)], [("steps", old.replace("Einen Brief", "Drei Briefe"))])
    assert [(part.what, part.text) for part in change.parts] == [
        (LEFT_OUT, "Erster Schritt.\n"),
        (REMOVED, "Einen"),
        (ADDED, "Drei"),
        (SAME, " "),
        (REMOVED, "Brief"),
        (ADDED, "Briefe"),
        (SAME, " öffnen.\n"),
        (LEFT_OUT, "Letzter Schritt."),
    ]


def test_very_long_lines_are_compared_as_a_whole():
    long = "Wort " * MOST_WORDS
    (change,) = compare([("body", long)], [("body", f"{long}mehr")])
    assert [part.what for part in change.parts] == [REMOVED, ADDED]


class TestTold:
    def test_a_partner_tells_everything_but_people(self, knowledge):
        page = PartnerPageFactory(
            parent=list_page(knowledge, PartnerIndexPage),
            title="Beispiel-Beratung",
            topics=[TopicFactory(name="Schulden"), TopicFactory(name="Wohnen")],
            languages=["de", "ar"],
            intervals=[PartnerInterval(weekday=1, opens=time(9), closes=time(12), note="mit Nummer")],
            services=[PartnerService(title="Mietschulden", free=True, appointment="without")],
            branches=[PartnerBranch(address="Beispielweg 1\n99084 Erfurt", phone="+49 30 23125101")],
            contacts=[PartnerContact(role="Leitung", name="Beispiel Person", phone="+49 30 23125102")],
            body=[
                ("heading", "Gut zu wissen"),
                ("contact", {"title": "Leitung", "text": "Beispiel Person", "phone": "+49 30 23125102"}),
            ],
        )
        said = dict(told(page))
        assert said["topics"] == "Schulden, Wohnen"
        assert said["languages"] == "Deutsch, Arabisch"
        assert said["intervals"] == "Dienstag: 9 bis 12 Uhr (mit Nummer)"
        assert said["services"] == "Mietschulden, kostenlos, ohne Termin"
        assert said["branches"] == "Beispielweg 1, 99084 Erfurt, +49 30 23125101"
        assert said["body"] == "Gut zu wissen"
        assert "Person" not in str(said)
        assert "23125102" not in str(said)

    @pytest.mark.parametrize("model", [MethodPage, PartnerPage])
    def test_every_part_has_a_name(self, model):
        assert all(label_of(model, name) for name in model.compared_fields)

    @pytest.mark.parametrize("model", [MethodPage, PartnerPage])
    def test_every_field_is_compared_or_left_out_on_purpose(self, model):
        left_out = {
            *("picture", "picture_alt", "social_image", "illustration", "reviewed_on"),
            # People, and titles of files and pages that may be hidden from readers.
            *("contacts", "attachments", "goes_with"),
            *("exceptions", "closed_on_public_holidays"),
        }
        declared = {*model.own_fields, *model.shared_fields, *model.shared_texts, "title"}
        assert declared - left_out == set(model.compared_fields)


@pytest.fixture
def method(knowledge):
    page = MethodPageFactory(
        parent=list_page(knowledge, MethodIndexPage), title="Türgespräch", slug="m", draft=True
    )
    publish(page, purpose="Vertrauen gewinnen.", duration="zwei Minuten")
    return page


@pytest.fixture
def partner(knowledge):
    page = PartnerPageFactory(parent=list_page(knowledge, PartnerIndexPage), slug="p", draft=True)
    publish(page, waiting_time="zwei Wochen")
    return page


def publish(page, user=None, **fields) -> None:
    edit(page, **fields).publish(user=user)
    page.refresh_from_db()


def edit(page, **fields):
    for name, value in fields.items():
        setattr(page, name, value)
    return page.save_revision()


def shown(client, path: str = "/methoden/m/aenderungen/") -> list[dict[str, str]]:
    """By step, what stands under the name of each part: added [+…+], removed [-…-]."""
    response = client.get(path)
    assert response.status_code == 200
    page = BeautifulSoup(response.content, "html.parser")
    for word in page.select(".tp-change .tp-sr"):
        word.decompose()
    for tag, sign in (("ins", "+"), ("del", "-")):
        for each in page.select(f".tp-change {tag}"):
            each.replace_with(f"[{sign}{each.text}{sign}]")
    return [
        {box.h3.text: " ".join(box.select_one(".tp-change").text.split()) for box in step.select(".tp-box")}
        for step in page.select("section[aria-labelledby^=stand-]")
    ]


@pytest.fixture
def staff(client_for, knowledge):
    return client_for(UserFactory(), knowledge)


class TestShown:
    def test_what_changed_the_newest_first(self, method, staff):
        publish(method, purpose="Vertrauen langsam gewinnen.")
        publish(method, duration="", risks="Bei Gefahr gehen.")
        assert shown(staff) == [
            {"Dauer": "[-zwei Minuten-]", "Risiken und Grenzen": "[+Bei Gefahr gehen.+]"},
            {"Ziel": "Vertrauen [+langsam +]gewinnen."},
        ]

    def test_drafts_between_leave_nothing(self, method, staff):
        edit(method, purpose="Geheimer Gedanke.", risks="Noch nicht abgestimmt.")
        publish(method, purpose="Vertrauen.", risks="")
        html = staff.get("/methoden/m/aenderungen/").content.decode()
        assert "Geheimer" not in html
        assert "abgestimmt" not in html
        assert [*shown(staff)[0]] == ["Ziel"]

    def test_what_is_planned_is_not_told_before_it_appears(self, method, staff):
        method.go_live_at = soon()
        edit(method, purpose="Erst morgen.").publish()
        assert shown(staff) == []

    def test_publishing_the_same_again_is_no_change(self, method, staff):
        publish(method)
        assert shown(staff) == []
        assert PublishedVersion.objects.filter(page=method.pk).count() == 1

    def test_authors_are_not_named(self, method, staff, person, knowledge):
        editor = person(FREIGABE, knowledge, first_name="Zaphira", last_name="Muster")
        publish(method, user=editor, purpose="Anders.")
        html = staff.get("/methoden/m/aenderungen/").content.decode()
        assert "Anders." in html
        assert "Zaphira" not in html

    def test_the_page_leads_there_once_something_has_changed(self, method, staff):
        link = 'href="/methoden/m/aenderungen/"'
        assert link not in staff.get("/methoden/m/").content.decode()
        publish(method, purpose="Anders.")
        assert link in staff.get("/methoden/m/").content.decode()

    def test_of_the_language_that_is_read(self, method, english, client_for, knowledge):  # noqa: F811
        version = translated(method, english)
        # Which was published before it was translated.
        PublishedVersion.objects.filter(page=version.pk).delete()
        publish(version, purpose="To win trust.")
        publish(version, purpose="To win trust slowly.")
        publish(method, purpose="Vertrauen behalten.")
        german, other = client_for(UserFactory(), knowledge), version.get_url_parts()[2]
        assert [*shown(german)[0]] == ["Ziel"]
        text = german.get(f"{other}aenderungen/").content.decode()
        assert "trust" in text
        assert "Vertrauen" not in text

    def test_only_the_newest_are_kept(self, method):
        for number in range(KEPT + 3):
            publish(method, duration=f"{number} Minuten")
        said = [dict(each.said)["duration"] for each in PublishedVersion.objects.filter(page=method.pk)]
        assert said == [f"{number} Minuten" for number in reversed(range(3, KEPT + 3))]

    def test_no_search_engine_keeps_it(self, partner, client_for, knowledge):
        response = client_for(None, knowledge).get("/partner/p/aenderungen/")
        assert '<meta name="robots" content="noindex">' in response.content.decode()


class TestWho:
    def test_visitors_of_a_public_partner(self, partner, client_for, knowledge):
        publish(partner, waiting_time="zwei Tage")
        visitor = client_for(None, knowledge)
        assert shown(visitor, "/partner/p/aenderungen/") == [{"Wartezeit": "zwei [-Wochen-][+Tage+]"}]

    def test_nobody_who_does_not_read_the_page(self, method, client_for, knowledge):
        publish(method, purpose="Anders.")
        assert client_for(None, knowledge).get("/methoden/m/aenderungen/").status_code == 404

    def test_what_was_internal_then_stays_so(self, partner, client_for, knowledge, person):
        """Somebody tidied a page up before it was opened: what it said before is nobody's business."""
        closed = PageViewRestriction.objects.create(page=partner, restriction_type=PageViewRestriction.LOGIN)
        publish(partner, waiting_time="Ruft nie zurück")
        publish(partner, waiting_time="drei Wochen")
        closed.delete()
        publish(partner, waiting_time="vier Wochen")
        visitor, staff = client_for(None, knowledge), client_for(UserFactory(), knowledge)
        assert shown(visitor, "/partner/p/aenderungen/") == [{"Wartezeit": "[-zwei-][+vier+] Wochen"}]
        assert "zurück" in staff.get("/partner/p/aenderungen/").content.decode()
        with web_process(None, knowledge, SITE):
            assert "zurück" not in str([*PublishedVersion.objects.values_list("said", flat=True)])

    def test_the_database_gives_it_to_no_other_traeger_and_lets_nobody_change_it(
        self, method, knowledge, traeger_a, person
    ):
        with web_process(None, knowledge, SITE):
            assert not PublishedVersion.objects.filter(page=method.pk).exists()
        for role, where in ((REDAKTION, knowledge), (LEITUNG, knowledge), (LEITUNG, traeger_a)):
            with web_process(person(role, where), where, ADMIN):
                changed = PublishedVersion.objects.filter(page=method.pk).update(said=[])
            assert changed == 0
        with (
            web_process(person(LEITUNG, traeger_a), traeger_a, ADMIN),
            pytest.raises(DatabaseError),
            transaction.atomic(),
        ):
            PublishedVersion.objects.create(page_id=method.pk, said=[], published_at=method.last_published_at)

    def test_the_database_says_who_could_read_it(self, method, knowledge, person):
        with web_process(person(REDAKTION, knowledge), knowledge, ADMIN):
            forged = PublishedVersion.objects.create(
                page_id=method.pk, said=[], published_at=method.last_published_at, readers=["public"]
            )
        forged.refresh_from_db()
        assert "public" not in forged.readers
        assert "staff" in forged.readers


class TestForgetting:
    def address(self, page) -> str:
        return reverse("knowledge_forget_versions", args=[page.pk])

    def test_who_publishes_makes_readers_forget(self, method, knowledge, person, client_for, staff):
        publish(method, purpose="Frau Beispiel aus der Beispielstraße.")
        publish(method, purpose="Vertrauen gewinnen.")
        client = client_for(person(FREIGABE, knowledge), knowledge)
        assert self.address(method) in client.get("/methoden/m/aenderungen/").content.decode()
        assert method.title in client.get(self.address(method)).content.decode()
        assert "Beispielstraße" in staff.get("/methoden/m/aenderungen/").content.decode(), (
            "asking is not doing"
        )
        assert client.post(self.address(method)).status_code == 302
        assert shown(staff) == []
        publish(method, purpose="Vertrauen behalten.")
        assert shown(staff) == [{"Ziel": "Vertrauen [-gewinnen.-][+behalten.+]"}]

    @pytest.mark.parametrize(
        ("role", "where"), [(REDAKTION, "knowledge"), (LESEN, "knowledge"), (LEITUNG, "traeger_a")]
    )
    def test_others_do_not(self, role, where, method, world, person, client_for):
        publish(method, purpose="Anders.")
        client = client_for(person(role, getattr(world, where)), getattr(world, where))
        for answer in (client.get(self.address(method)), client.post(self.address(method))):
            assert answer.status_code in (302, 404)
        assert PublishedVersion.objects.filter(page=method.pk).count() == 2
        reader = client_for(person(role, getattr(world, where)), world.knowledge)
        assert self.address(method) not in reader.get("/methoden/m/aenderungen/").content.decode()


def test_queries(method, staff, django_assert_num_queries):
    """One for all versions, however many."""
    for number in range(4):
        publish(method, purpose=f"Ziel {number}")
    staff.get("/methoden/m/aenderungen/")
    with django_assert_num_queries(18):
        staff.get("/methoden/m/aenderungen/")
