"""Partners have opening hours and languages as offices have them."""

from datetime import time
from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection
from django.urls import reverse
from django.utils import translation
from django.utils.timezone import localdate
from wagtail.models import Revision
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from home.models import AnlaufstelleIndexPage, AnlaufstellePage
from knowledge.models import PartnerException, PartnerIndexPage, PartnerInterval, PartnerPage
from search.indexing import fields_of
from sites.access.roles import FREIGABE, REDAKTION
from sites.fields.languages import LANGUAGES, language_names
from tests.factories import AnlaufstellePageFactory, PartnerPageFactory
from tests.home.editing import form_values
from tests.home.test_facts import english, translated  # noqa: F401 - a fixture
from tests.world import list_page

pytestmark = pytest.mark.django_db
MIGRATION = import_module("knowledge.migrations.0005_hours_and_languages")


def always() -> list[PartnerInterval]:
    return [PartnerInterval(weekday=day, opens=time(0), closes=time(23, 59)) for day in range(7)]


@pytest.fixture
def partners(knowledge):
    return list_page(knowledge, PartnerIndexPage)


@pytest.fixture
def partner(partners):
    return PartnerPageFactory(
        parent=partners,
        title="Beispiel-Beratung",
        intervals=always(),
        closed_on_public_holidays=False,
        languages=["ar", "de"],
        languages_note="Russisch am Telefon",
    )


@pytest.fixture
def reader(person, client_for, traeger_a, knowledge):
    return client_for(person("lesen", traeger_a), knowledge)


def shown(client, page) -> str:
    return client.get(page.get_url()).content.decode()


def test_page_and_list_say_whether_it_is_open(reader, partners, partner):
    for page in (partners, partner):
        assert "Heute geöffnet bis" in shown(reader, page)
        assert "Deutsch, Arabisch" in shown(reader, page)
        assert "Russisch am Telefon" in shown(reader, page)


def test_of_unknown_hours_nobody_says_that_it_is_closed(reader, partners):
    partner = PartnerPageFactory(parent=partners, hours_note="nach Vereinbarung")
    for page in (partners, partner):
        assert "nach Vereinbarung" in shown(reader, page)
        assert "Geschlossen" not in shown(reader, page)


def test_it_is_closed_at_once_by_who_works_there(person, client_for, knowledge, reader, partner):
    address = reverse("portal_closures", args=[partner.pk])
    sent = {"first": f"{localdate():%Y-%m-%d}", "last": f"{localdate():%Y-%m-%d}", "reason": "Wasserschaden"}
    assert client_for(person(REDAKTION, knowledge), knowledge).post(address, sent).status_code == 302
    assert "Heute geschlossen (Wasserschaden)" in shown(reader, partner)


def test_who_only_reads_it_closes_nothing(person, client_for, traeger_a, partner):
    client = client_for(person(FREIGABE, traeger_a), traeger_a)
    assert client.get(reverse("portal_closures", args=[partner.pk])).status_code == 404
    sent = {"first": f"{localdate():%Y-%m-%d}", "last": f"{localdate():%Y-%m-%d}", "reason": ""}
    assert client.post(reverse("portal_closures", args=[partner.pk]), sent).status_code == 404
    assert not PartnerException.objects.filter(page=partner.pk).exists()


def test_the_form_refuses_hours_that_overlap(person, client_for, knowledge, partner):
    client = client_for(person(FREIGABE, knowledge), knowledge)
    edit = reverse("wagtailadmin_pages:edit", args=[partner.pk])
    row = {"weekday": "0", "opens": "09:00", "closes": "12:00", "note": ""}
    rows = nested_form_data(
        {"intervals": inline_formset([row, {**row, "opens": "11:00", "closes": "13:00"}])}
    )
    values = {name: value for name, value in form_values(client, edit).items() if "intervals" not in name}
    response = client.post(edit, values | rows | {"body-count": "0", "action-publish": "1"})
    assert response.status_code == 200
    assert "überschneiden sich" in response.content.decode()
    assert PartnerInterval.objects.filter(page=partner.pk).count() == 7


def test_languages_are_ticked_in_the_form(person, client_for, knowledge, partner):
    client = client_for(person(FREIGABE, knowledge), knowledge)
    edit = reverse("wagtailadmin_pages:edit", args=[partner.pk])
    values = form_values(client, edit) | {"body-count": "0", "languages": ["uk", "vi"], "action-publish": "1"}
    assert client.post(edit, values).status_code == 302
    assert PartnerPage.objects.get(pk=partner.pk).languages == ["uk", "vi"]
    response = client.post(edit, form_values(client, edit) | {"body-count": "0", "languages": ["xx"]})
    assert response.status_code == 200
    assert PartnerPage.objects.get(pk=partner.pk).languages == ["uk", "vi"]


def test_the_list_is_narrowed_by_language(reader, partners, partner):
    PartnerPageFactory(parent=partners, title="Beispiel-Treff", languages=["en", "de"])
    PartnerPageFactory(parent=partners, title="Beispiel-Hof")
    response = reader.get(partners.get_url(), {"language": ["ar", "uk"]})
    assert [page.title for page in response.context["entries"]] == ["Beispiel-Beratung"]
    offered = next(state for state in response.context["filters"] if state.name == "language")
    # By name, not by code; counted without its own choice.
    assert [(option.value, option.label, option.count) for option in offered.options] == [
        ("ar", "Arabisch", 1),
        ("de", "Deutsch", 2),
        ("en", "Englisch", 1),
    ]


@pytest.mark.parametrize("word", ["Arabisch", "العربية", "Russisch"])
def test_the_search_finds_it_by_language(partner, word):
    assert word in "\n".join(field.text for field in fields_of(partner))


def test_the_office_speaks_the_same_languages_in_english(client_for, traeger_a, english):  # noqa: F811
    office = AnlaufstellePageFactory(parent=list_page(traeger_a, AnlaufstelleIndexPage), languages=["ar"])
    version = translated(office, english)
    office.languages = ["ar", "uk"]
    office.save_revision().publish()
    assert "Arabic" in shown(client_for(None, traeger_a), version)
    assert AnlaufstellePage.objects.get(pk=version.pk).languages == ["ar", "uk"]


def test_each_language_has_one_code_and_a_german_name():
    assert len(dict(LANGUAGES)) == len(LANGUAGES)
    with translation.override("de"):
        assert language_names(["xx", "gsg", "ru"]) == ["Deutsche Gebärdensprache", "Russisch", "xx"]


# What was stored before


@pytest.mark.parametrize(
    ("text", "codes", "rest"),
    [
        ("Deutsch, Russisch", ["de", "ru"], ""),
        ("Deutsch; Englisch und Arabisch", ["de", "en", "ar"], ""),
        ("deutsch / farsi, Deutsch", ["de", "fa"], ""),
        ("German and Ukrainian", ["de", "uk"], ""),
        ("Deutsch, Russisch am Telefon", ["de"], "Russisch am Telefon"),
        ("nach Absprache", [], "nach Absprache"),
        ("viele, auf Anfrage", [], "viele, auf Anfrage"),
        ("", [], ""),
    ],
)
def test_languages_in_a_text_are_recognised(text, codes, rest):
    assert MIGRATION.recognised(text) == (codes, rest)


def test_every_recognised_language_is_in_the_list():
    assert set(MIGRATION.CODES.values()) <= set(dict(LANGUAGES))


def test_the_migration_ticks_languages_of_both_and_of_their_translations(traeger_a, partners, english):  # noqa: F811
    parent = list_page(traeger_a, AnlaufstelleIndexPage)
    office = AnlaufstellePageFactory(parent=parent)
    version = translated(office, english)
    partner = PartnerPageFactory(parent=partners)
    AnlaufstellePage.objects.filter(pk=office.pk).update(languages_note="Deutsch, Arabisch")
    AnlaufstellePage.objects.filter(pk=version.pk).update(languages_note="German, Arabic")
    PartnerPage.objects.filter(pk=partner.pk).update(languages_note="Deutsch, sonst mit Dolmetscher:in")
    with connection.schema_editor(atomic=False) as editor:
        MIGRATION.tick_languages(apps, editor)
    for page in (office, version):
        page.refresh_from_db()
        assert (page.languages, page.languages_note) == (["de", "ar"], "")
    partner.refresh_from_db()
    assert (partner.languages, partner.languages_note) == (["de"], "sonst mit Dolmetscher:in")


def test_the_migration_loses_nothing_of_drafts(partner):
    revision = partner.save_revision()
    content = Revision.objects.get(pk=revision.pk).content
    for name in ("languages", "languages_note", "hours_note"):
        del content[name]
    content |= {"languages_spoken": "Deutsch, Polnisch", "hours": "montags ab 9 Uhr"}
    Revision.objects.filter(pk=revision.pk).update(content=content)
    MIGRATION.change_drafts(apps, None)
    Revision.objects.get(pk=revision.pk).publish()
    partner = PartnerPage.objects.get(pk=partner.pk)
    assert (partner.languages, partner.languages_note) == (["de", "pl"], "")
    assert partner.hours_note == "montags ab 9 Uhr"
