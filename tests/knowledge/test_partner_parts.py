"""What a partner does, where, whom to ask and how to refer; and what only staff read about it."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from home.models import Topic
from knowledge.models import (
    PartnerBranch,
    PartnerContact,
    PartnerIndexPage,
    PartnerPage,
    PartnerService,
    StaffNote,
)
from search.indexing import fields_of
from sites.access.roles import FREIGABE, LEITUNG, LESEN, REDAKTION
from sites.rls.identity import SITE
from tests.factories import PartnerPageFactory, SozialraumFactory, TargetGroupFactory, TopicFactory
from tests.home.editing import form_values
from tests.home.test_facts import english, publish, translated  # noqa: F401 - a fixture
from tests.web_role import web_process
from tests.world import list_page

pytestmark = pytest.mark.django_db
NOTE = "Dienstags ist wenig los."


@pytest.fixture
def partner(knowledge):
    page = PartnerPageFactory(
        parent=list_page(knowledge, PartnerIndexPage),
        title="Beispiel-Beratung",
        how_to_refer="Anrufen.\nTermin zu dritt vereinbaren.",
        documents="Letzte Mahnung",
        waiting_time="etwa zwei Wochen",
    )
    page.services = [
        PartnerService(
            title="Schulden bei der Miete",
            topic=TopicFactory(name="Schulden"),
            target_group=TargetGroupFactory(name="Familien"),
            languages=["ar"],
            free=True,
            appointment=PartnerService.Appointment.WITHOUT,
            home_visits=True,
        )
    ]
    page.branches = [
        PartnerBranch(
            address="Beispielweg 5\n99084 Erfurt",
            sozialraum=SozialraumFactory(name="Rieth"),
            latitude=Decimal("50.984768"),
            longitude=Decimal("11.029880"),
            accessibility="ohne Stufen",
        )
    ]
    page.contacts = [PartnerContact(role="Erstgespräche", phone="+49 30 23125042")]
    page.save_revision().publish()
    return PartnerPage.objects.get(pk=page.pk)


@pytest.fixture
def note(partner):
    return StaffNote.objects.create(page=partner, text=NOTE)


def shown(client, page) -> str:
    response = client.get(page.get_url())
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize(
    "text",
    [
        "Schulden bei der Miete",
        "kostenlos",
        "Familien · ohne Termin · Arabisch · auch Hausbesuche",
        "Termin zu dritt vereinbaren.",
        "Letzte Mahnung",
        "etwa zwei Wochen",
        "Erstgespräche",
        "tel:+493023125042",
        "ohne Stufen",
        "query=50.984768%2C11.029880",
    ],
)
def test_a_case_worker_reads_it(person, client_for, traeger_a, knowledge, partner, text):
    assert text in shown(client_for(person(LESEN, traeger_a), knowledge), partner)


@pytest.mark.parametrize(
    "word", ["Miete", "Schulden", "Familien", "Arabisch", "Beispielweg", "Rieth", "Erstgespräche", "Mahnung"]
)
def test_the_search_finds_it(partner, word):
    assert word in "\n".join(field.text for field in fields_of(partner))


def test_rows_name_words_in_the_language_of_the_page(partner, english):  # noqa: F811
    german = Topic.objects.get(name="Schulden")
    topic = german.copy_for_translation(english)
    topic.name, topic.slug = "Debts", "debts"
    topic.save()
    version = translated(partner, english)
    assert PartnerService.objects.get(page=version.pk).topic == topic
    before = PartnerService.objects.get(page=version.pk).pk
    publish(partner, waiting_time="drei Wochen")
    # What says the same stays.
    assert PartnerService.objects.get(page=version.pk).pk == before


def test_an_editor_adds_a_service(person, client_for, knowledge, partner):
    client = client_for(person(FREIGABE, knowledge), knowledge)
    edit = reverse("wagtailadmin_pages:edit", args=[partner.pk])
    values = {name: value for name, value in form_values(client, edit).items() if "services" not in name}
    rows = nested_form_data(
        {
            "services": inline_formset(
                [
                    {
                        "title": "Energieberatung",
                        "topic": "",
                        "target_group": "",
                        "cost": "",
                        "appointment": "with",
                        "note": "",
                    }
                ]
            )
        }
    )
    rows |= {"services-0-languages": ["ar", "uk"]}
    response = client.post(edit, values | rows | {"body-count": "0", "action-publish": "1"})
    assert response.status_code == 302
    service = PartnerService.objects.get(page=partner.pk, title="Energieberatung")
    assert (service.title, service.languages, service.appointment) == (
        "Energieberatung",
        ["ar", "uk"],
        "with",
    )


def test_topics_of_other_languages_are_not_offered(person, client_for, knowledge, partner, english):  # noqa: F811
    TopicFactory(name="Housing", locale=english)
    client = client_for(person(FREIGABE, knowledge), knowledge)
    form = client.get(reverse("wagtailadmin_pages:edit", args=[partner.pk])).context["form"]
    offered = {str(term) for term in form.formsets["services"].empty_form.fields["topic"].queryset}
    assert offered == {"Schulden"}


@pytest.mark.parametrize("given", ["latitude", "longitude"])
def test_half_a_position_is_refused(given):
    branch = PartnerBranch(address="Beispielweg 5", **{given: Decimal("11.5")})
    with pytest.raises(ValidationError) as error:
        branch.clean()
    assert set(error.value.message_dict) == {"latitude", "longitude"} - {given}


# Notes for staff


def note_address(page) -> str:
    return reverse("knowledge_staff_note", args=[page.pk])


@pytest.mark.parametrize("role", [LESEN, REDAKTION, LEITUNG])
def test_staff_of_any_traeger_read_the_note(person, client_for, traeger_b, knowledge, partner, note, role):
    reader = person(role, traeger_b)
    with web_process(reader, knowledge, SITE):
        assert StaffNote.objects.count() == 1
    assert NOTE in shown(client_for(reader, knowledge), partner)


def test_a_role_in_the_knowledge_base_alone_is_not_enough(person, client_for, knowledge, partner, note):
    """The account of the city administration."""
    city = person(LESEN, knowledge)
    assert NOTE not in shown(client_for(city, knowledge), partner)
    with web_process(city, knowledge, SITE):
        assert StaffNote.objects.count() == 0


def test_of_a_public_partner_visitors_read_all_but_the_note(client_for, knowledge, partner, note):
    with CaptureQueriesContext(connection) as captured:
        text = shown(client_for(None, knowledge), partner)
    assert "Schulden bei der Miete" in text
    assert NOTE not in text
    assert not any("staffnote" in query["sql"] for query in captured), "nobody even asks for it"
    with web_process(None, knowledge, SITE):
        assert PartnerPage.objects.filter(pk=partner.pk).exists()
        assert StaffNote.objects.count() == 0


def test_neither_search_nor_draft_nor_copy_has_the_note(partner, note):
    assert NOTE not in "\n".join(field.text for field in fields_of(partner))
    revision = partner.save_revision()
    assert NOTE not in str(revision.content)
    copy = partner.copy(update_attrs={"slug": "kopie", "title": "Kopie"})
    assert StaffNote.objects.filter(page=copy.pk).count() == 0


def test_an_editor_writes_changes_and_takes_away_the_note(person, client_for, knowledge, partner):
    editor = person(REDAKTION, knowledge)
    client = client_for(editor, knowledge)
    assert (
        note_address(partner)
        in client.get(reverse("wagtailadmin_pages:edit", args=[partner.pk])).content.decode()
    )
    for text in (NOTE, "Mittwochs auch."):
        assert client.post(note_address(partner), {"text": text}).status_code == 302
        stored = StaffNote.objects.get()
        assert (stored.text, stored.changed_by, stored.page) == (text, editor, partner)
        assert text in client.get(note_address(partner)).content.decode()
    assert client.post(note_address(partner), {"text": "  "}).status_code == 302
    assert not StaffNote.objects.exists()


def test_all_languages_share_one_note(person, client_for, knowledge, traeger_a, partner, english):  # noqa: F811
    version = translated(partner, english)
    client_for(person(REDAKTION, knowledge), knowledge).post(note_address(version), {"text": NOTE})
    assert StaffNote.objects.get().page == partner
    assert NOTE in shown(client_for(person(LESEN, traeger_a), knowledge), version)


@pytest.mark.parametrize("role", [REDAKTION, LEITUNG])
def test_others_write_none(person, client_for, traeger_a, knowledge, partner, note, role):
    stranger = person(role, traeger_a)
    client = client_for(stranger, traeger_a)
    assert client.get(note_address(partner)).status_code == 404
    assert client.post(note_address(partner), {"text": "Anders"}).status_code == 404
    with web_process(stranger, traeger_a):
        StaffNote.objects.update(text="Anders")
        StaffNote.objects.all().delete()
    assert StaffNote.objects.get().text == NOTE
