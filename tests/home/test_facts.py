"""What is true of a page in German is true in all its languages, at once; words stay what they are."""

from datetime import date, time, timedelta
from importlib import import_module

import pytest
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.models import Locale, Page, PageViewRestriction
from wagtail.test.utils.form_data import nested_form_data, streamfield
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from home import facts
from home import models as home
from home.models.base import PortalPage
from knowledge.models import PartnerIndexPage
from sites.access.roles import FREIGABE, REDAKTION
from tests.factories import (
    AnlaufstellePageFactory,
    EventPageFactory,
    NewsPageFactory,
    OfferPageFactory,
    PartnerPageFactory,
    TopicFactory,
    UserFactory,
)
from tests.home.editing import form_values
from tests.sites.grants.granting import grant
from tests.sites.test_checks import told
from tests.web_role import web_process
from tests.world import list_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def english(world):
    return Locale.objects.get_or_create(language_code="en")[0]


def translated(page, english):
    """Return `page` in English, published, as all that is above it."""
    for each in page.get_ancestors(inclusive=True).specific():
        if isinstance(each, PortalPage) and not each.has_translation(english):
            each.copy_for_translation(english).save_revision().publish()
    return page.get_translation(english)


@pytest.fixture
def office(traeger_a):
    return AnlaufstellePageFactory(parent=list_page(traeger_a, home.AnlaufstelleIndexPage), title="Nord")


@pytest.fixture
def office_in_english(office, english):
    version = translated(office, english)
    version.title = "North office"
    version.save_revision().publish()
    return version


def publish(page, **changes):
    """Publish `page` with changes, as the editor's form does: by a revision."""
    page = type(page).objects.get(pk=page.pk).get_latest_revision_as_object()
    for name, value in changes.items():
        setattr(page, name, value)
    page.save_revision().publish()


def closed_today(reason="Teamtag"):
    return home.OpeningException(first=localdate(), last=localdate(), closed=True, reason=reason)


def what_is_so(page) -> dict:
    """What is stored of the facts of a page."""
    page = type(page).objects.get(pk=page.pk)
    rows = [(row.first, row.last, row.closed, row.opens, row.reason) for row in page.exceptions.all()]
    weekly = [(row.weekday, row.opens, row.closes, row.note) for row in page.intervals.all()]
    return {
        "exceptions": sorted(rows, key=str),
        "intervals": weekly,
        **{name: getattr(page, name) for name in ("street", "phone", "email", "closed_on_public_holidays")},
    }


def test_a_closure_holds_in_all_languages_as_soon_as_it_is_published(
    world, person, client_for, office, office_in_english
):
    visitor = client_for(None, world.traeger_a)
    address = office_in_english.get_url()
    assert "Closed today" not in visitor.get(address).content.decode()
    publisher = person(FREIGABE, world.traeger_a)
    with web_process(publisher, world.traeger_a):
        publish(office, exceptions=[closed_today()])
    said = visitor.get(address).content.decode()
    assert "Closed today (Teamtag)" in said
    assert "North office" in said
    assert what_is_so(office_in_english) == what_is_so(office)


def test_a_draft_changes_no_other_language(office, office_in_english):
    draft = type(office).objects.get(pk=office.pk)
    draft.phone = "+49 30 23125099"
    draft.exceptions = [closed_today()]
    before = what_is_so(office_in_english)
    draft.save_revision()
    assert what_is_so(office_in_english) == before == what_is_so(office)


def test_an_older_draft_brings_no_old_facts_back(office, office_in_english):
    office_in_english.title = "Written before"
    older = office_in_english.save_revision()
    publish(office, phone="+49 30 23125042", exceptions=[closed_today()])
    older.publish()
    office_in_english.refresh_from_db()
    assert office_in_english.title == "Written before"
    assert what_is_so(office_in_english) == what_is_so(office)
    assert office_in_english.phone == "+49 30 23125042"


def test_a_guest_who_does_not_see_the_source_brings_none_back_either(
    world, person, office, office_in_english
):
    guest = person(FREIGABE, world.coordination)
    grant(guest, office_in_english, "publish")
    office_in_english.title = "Written before"
    older = office_in_english.save_revision()
    publish(office, phone="+49 30 23125042")
    with web_process(guest, world.coordination):
        assert not Page.objects.filter(pk=office.pk).exists()
        older.publish()
    office_in_english.refresh_from_db()
    assert (office_in_english.title, office_in_english.phone) == ("Written before", "+49 30 23125042")


def test_a_preview_of_an_older_draft_shows_what_holds(rf, office, office_in_english):
    publish(office, phone="+49 30 23125042")
    older = home.AnlaufstellePage.objects.get(pk=office_in_english.pk)
    older.phone = "+49 30 23125000"
    assert "+49 30 23125042" in older.make_preview_request().rendered_content


def test_translators_are_not_offered_facts_and_cannot_send_them(
    world, person, client_for, office, office_in_english
):
    editor = client_for(person(FREIGABE, world.traeger_a), world.traeger_a)
    address = reverse("wagtailadmin_pages:edit", args=[office_in_english.pk])
    values = form_values(editor, address)
    assert not {"street", "phone", "intervals-TOTAL_FORMS", "exceptions-TOTAL_FORMS"} & values.keys()
    assert reverse("wagtailadmin_pages:edit", args=[office.pk]) in editor.get(address).content.decode()
    streams = nested_form_data({"body": streamfield([]), "accessibility": streamfield([])})
    forged = {"title": "Northern office", "street": "Elsewhere 1", "phone": "110", "action-publish": "1"}
    rows = {"intervals-TOTAL_FORMS": "0", "intervals-INITIAL_FORMS": "0"}
    assert editor.post(address, values | streams | forged | rows).status_code == 302
    office_in_english.refresh_from_db()
    assert office_in_english.title == "Northern office"
    assert what_is_so(office_in_english) == what_is_so(office)


def test_the_page_in_german_is_edited_as_before(world, person, client_for, office, office_in_english):
    editor = client_for(person(REDAKTION, world.traeger_a), world.traeger_a)
    address = reverse("wagtailadmin_pages:edit", args=[office.pk])
    assert {"street", "intervals-TOTAL_FORMS"} <= form_values(editor, address).keys()


def test_dates_are_found_by_lists_in_all_languages(traeger_a, english):
    event = EventPageFactory(parent=list_page(traeger_a, home.EventIndexPage), weekly=True)
    version = translated(event, english)
    over = timezone.now() - timedelta(days=30)
    publish(event, start=over, end=over + timedelta(hours=1), until=localdate() - timedelta(days=8))
    assert not home.EventPage.objects.upcoming().filter(pk__in=[event.pk, version.pk]).exists()
    publish(event, until=None, exclusions=[home.EventExclusion(date=localdate() + timedelta(days=1))])
    version = home.EventPage.objects.upcoming().get(pk=version.pk)
    assert list(version.exclusions.values_list("date")) == [(localdate() + timedelta(days=1),)]
    assert version.last_end is None


def test_pages_and_words_are_named_in_the_language_of_the_page(traeger_a, english, office, office_in_english):
    topic, other = TopicFactory(name="Schulden"), TopicFactory(name="Nur deutsch")
    debts = topic.copy_for_translation(english)
    debts.slug, debts.name = "debts", "Debts"
    debts.save()
    offer = OfferPageFactory(parent=list_page(traeger_a, home.OfferIndexPage), anlaufstelle=office)
    version = translated(offer, english)
    publish(offer, topics=[topic, other])
    version.refresh_from_db()
    assert version.anlaufstelle_id == office_in_english.pk
    assert set(version.topics.all()) == {debts, other}


def test_an_offer_names_the_german_office_while_there_is_no_other(
    traeger_a, english, office, office_in_english
):
    offer = OfferPageFactory(parent=list_page(traeger_a, home.OfferIndexPage), anlaufstelle=office)
    version = translated(offer, english)
    office_in_english.unpublish()
    version.refresh_from_db()
    assert version.anlaufstelle_id == office.pk
    publish(office_in_english)
    version.refresh_from_db()
    assert version.anlaufstelle_id == office_in_english.pk


def test_a_price_is_translated_as_long_as_the_source_says_the_same(traeger_a, english):
    offer = OfferPageFactory(parent=list_page(traeger_a, home.OfferIndexPage), cost="kostenlos")
    version = translated(offer, english)
    source, _created = TranslationSource.get_or_create_from_instance(offer)
    Translation.objects.create(source=source, target_locale=english)
    segment = source.stringsegment_set.get(context__path="cost")
    StringTranslation.objects.create(
        translation_of=segment.string, locale=english, context=segment.context, data="free of charge"
    )
    for cost, said in (("kostenlos", "free of charge"), ("5 €", "5 €"), ("kostenlos", "free of charge")):
        publish(offer, cost=cost)
        version.refresh_from_db()
        assert version.cost == said


def test_translators_see_no_strings_of_facts(office):
    source, _created = TranslationSource.get_or_create_from_instance(office)
    paths = set(source.stringsegment_set.values_list("context__path", flat=True))
    assert "title" in paths
    assert not paths & set(home.AnlaufstellePage.shared_fields)


def test_a_translation_made_from_what_the_source_once_said_has_what_holds_now(office, english):
    source, _created = TranslationSource.get_or_create_from_instance(office)
    translation = Translation.objects.create(source=source, target_locale=english)
    publish(office, phone="+49 30 23125042")
    translation.save_target(publish=False)
    assert office.get_translation(english).specific.phone == "+49 30 23125042"


def test_aliases_of_the_page_and_of_its_languages_follow_at_once(traeger_a, office, office_in_english):
    start = traeger_a.site.root_page
    aliases = [
        page.create_alias(parent=start, update_slug=f"alias-{page.pk}").specific
        for page in (office, office_in_english)
    ]
    publish(office, phone="+49 30 23125042", exceptions=[closed_today()])
    for alias in aliases:
        assert what_is_so(alias) == what_is_so(office)
        assert what_is_so(alias)["phone"] == "+49 30 23125042"


def test_a_version_at_another_traeger_keeps_its_own_facts(world, office, office_in_english):
    elsewhere = list_page(world.traeger_b, home.AnlaufstelleIndexPage)
    office_in_english.move(elsewhere, pos="last-child")
    publish(office, phone="+49 30 23125042")
    office_in_english.refresh_from_db()
    assert office_in_english.phone == ""
    publish(office_in_english, phone="+49 30 23125007")
    office_in_english.refresh_from_db()
    assert office_in_english.phone == "+49 30 23125007"


# Beginning, withdrawing, restricting


def test_a_translation_begins_as_a_draft(world, client_for, office, english):
    publish(office)
    client = client_for(UserFactory(admin=True), world.traeger_a)
    address = reverse("wagtail_localize:submit_page_translation", args=[office.pk])
    response = client.post(address, {"locales": [english.pk]})
    assert response.status_code == 302
    assert office.get_translation_or_none(english) is not None
    assert not Page.objects.filter(locale=english, live=True).exists()
    # Nor does it appear when something above it is published.
    for page in (office.get_parent().specific, world.traeger_a.site.root_page.specific):
        publish(page)
    assert not Page.objects.filter(locale=english, live=True).exists()


@pytest.mark.parametrize("way", ["unpublish", "expire", "delete"])
def test_withdrawing_withdraws_all_languages(world, client_for, office, office_in_english, way):
    visitor, address = client_for(None, world.traeger_a), office_in_english.get_url()
    assert visitor.get(address).status_code == 200
    source = home.AnlaufstellePage.objects.get(pk=office.pk)
    {
        "unpublish": source.unpublish,
        "expire": lambda: source.unpublish(set_expired=True),
        "delete": source.delete,
    }[way]()
    assert not Page.objects.get(pk=office_in_english.pk).live
    assert visitor.get(address).status_code == 404


def test_withdrawing_by_the_form_takes_other_languages_out_of_their_schedule(
    world, person, client_for, office, office_in_english
):
    office_in_english.unpublish()
    office_in_english.go_live_at = timezone.now() + timedelta(days=1)
    office_in_english.save_revision().publish()
    assert office_in_english.scheduled_revision
    client = client_for(person(FREIGABE, world.traeger_a), world.traeger_a)
    client.post(reverse("wagtailadmin_pages:unpublish", args=[office.pk]))
    assert Page.objects.get(pk=office_in_english.pk).scheduled_revision is None


def test_restricting_restricts_all_languages(world, client_for, office, office_in_english):
    visitor, address = client_for(None, world.traeger_a), office_in_english.get_url()
    assert visitor.get(address).status_code == 200
    PageViewRestriction.objects.create(page=office, restriction_type=PageViewRestriction.LOGIN)
    assert visitor.get(address).status_code != 200


# Whatever is done in which order


phones = st.sampled_from(["", "+49 30 23125001", "+49 30 23125002"])
closures = st.lists(
    st.builds(
        lambda first, days, reason: (
            localdate() + timedelta(first),
            localdate() + timedelta(first + days),
            reason,
        ),
        *(st.integers(0, 5), st.integers(0, 5), st.sampled_from(["", "Urlaub"])),
    ),
    max_size=3,
)
hours = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 22)), max_size=3)
steps = st.lists(
    st.one_of(
        st.tuples(st.just("facts"), phones, closures, hours),
        st.tuples(st.just("draft"), phones, closures),
        st.tuples(st.just("words"), st.sampled_from(["North", "Office"])),
        st.tuples(st.just("write"), st.sampled_from(["Later", "Once"]), phones),
        st.tuples(st.just("publish draft")),
    ),
    max_size=6,
)


def do(office, version, step, drafts, words):
    kind, *said = step
    if kind == "facts":
        phone, periods, weekly = said
        publish(
            office,
            phone=phone,
            exceptions=[home.OpeningException(first=a, last=b, reason=reason) for a, b, reason in periods],
            intervals=[
                home.OpeningInterval(weekday=day, opens=time(at), closes=time(at + 1)) for day, at in weekly
            ],
        )
    elif kind == "draft":
        draft = home.AnlaufstellePage.objects.get(pk=office.pk)
        draft.phone = said[0]
        draft.save_revision()
    elif kind == "words":
        publish(version, title=said[0])
        return said[0]
    elif kind == "write":
        draft = home.AnlaufstellePage.objects.get(pk=version.pk)
        draft.title, draft.phone = said
        draft.exceptions = [home.OpeningException(first=date(2026, 1, 1), last=date(2026, 1, 1))]
        drafts.append((draft.title, draft.save_revision()))
    elif drafts:
        title, revision = drafts.pop(0)
        revision.publish()
        return title
    return words


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=steps)
def test_facts_are_the_same_and_words_are_not_touched(office, office_in_english, steps):
    point = transaction.savepoint()
    drafts, words = [], "North office"
    for step in steps:
        words = do(office, office_in_english, step, drafts, words)
        assert what_is_so(office_in_english) == what_is_so(office)
        assert Page.objects.get(pk=office_in_english.pk).title == words
    transaction.savepoint_rollback(point)


# What was stored before


def test_a_migration_gives_older_translations_the_facts_of_their_source(office, office_in_english):
    publish(office, phone="+49 30 23125042", exceptions=[closed_today()])
    version = home.AnlaufstellePage.objects.filter(pk=office_in_english.pk)
    version.update(phone="+49 30 23125001", street="Alte Gasse 1")
    home.OpeningException.objects.filter(page=office_in_english.pk).delete()
    home.OpeningInterval.objects.filter(page=office_in_english.pk).update(weekday=6)
    migration = import_module("home.migrations.0003_closures_at_once")
    with connection.schema_editor(atomic=False) as editor:
        migration.share(None, editor)
    assert what_is_so(office_in_english) == what_is_so(office)
    assert version.get().phone == "+49 30 23125042"


def test_a_migration_gives_them_to_partners(knowledge, english):
    partner = PartnerPageFactory(parent=list_page(knowledge, PartnerIndexPage), phone="+49 30 23125042")
    version = translated(partner, english)
    type(version).objects.filter(pk=version.pk).update(phone="+49 30 23125001", hours_note="always")
    with connection.cursor() as cursor:
        cursor.execute(import_module("knowledge.migrations.0003_share_facts").SHARE)
    version.refresh_from_db()
    assert (version.phone, version.hours_note) == ("+49 30 23125042", "always")


# What a page type says


def test_every_page_type_says_what_is_shared():
    assert told("E001", label="thinka_home") == set()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("own_fields", PortalPage.own_fields),
        ("shared_fields", (*PortalPage.shared_fields, "date", "body")),
        ("shared_texts", ("weather",)),
    ],
)
def test_a_field_that_nobody_or_two_have_placed_is_told(monkeypatch, name, value):
    monkeypatch.setattr(home.NewsPage, name, value)
    assert told("E001", label="thinka_home") == {home.NewsPage}


def test_a_page_without_other_languages_costs_two_queries(traeger_a, django_assert_max_num_queries):
    page = NewsPageFactory(parent=list_page(traeger_a, home.NewsIndexPage))
    with django_assert_max_num_queries(2):
        facts.share(page)  # its language, and whether there are others
