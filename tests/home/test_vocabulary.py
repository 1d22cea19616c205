"""The words of the vocabulary: two levels, merging without a loss, and what their lists say."""

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.models import Locale

from home.merging import merge
from home.models import OfferIndexPage, OfferPage, Topic
from home.models.vocabulary import Term
from home.uses import pages_by_word, uses
from knowledge.models import MethodIndexPage, MethodPage, PartnerIndexPage, PartnerPage
from knowledge.models.partner import PartnerService
from search.models import Entry
from sites.access.roles import FREIGABE, LEITUNG, REDAKTION
from tests.factories import (
    MethodPageFactory,
    OfferPageFactory,
    PartnerPageFactory,
    TopicFactory,
    UserFactory,
)
from tests.indexing import drain
from tests.world import list_page

LIST = reverse("wagtailsnippets_home_topic:list")
DATA = {"sort_order": "0", "hint": "", "icon": "info", "synonyms": ""}


def address(name: str, term: Term) -> str:
    return reverse(f"wagtailsnippets_home_{term._meta.model_name}:{name}", args=[term.pk])


@pytest.fixture
def english(db) -> Locale:
    return Locale.objects.get_or_create(language_code="en")[0]


@pytest.fixture
def keeper(knowledge, person, client_for):
    return client_for(person(LEITUNG, knowledge), knowledge)


def in_english(term: Topic, name: str, english: Locale) -> Topic:
    return Topic.objects.create(
        name=name, slug=term.slug, locale=english, translation_key=term.translation_key
    )


class TestLevels:
    def test_the_database_refuses_a_third_one(self, db):
        money, debts, shops = (TopicFactory(name=name) for name in ("Geld", "Schulden", "Läden"))
        Topic.objects.filter(pk=debts.pk).update(parent=money)
        for term, parent in ((shops, debts), (money, shops), (money, money)):
            with pytest.raises(IntegrityError), transaction.atomic():
                Topic.objects.filter(pk=term.pk).update(parent=parent)

    def test_the_database_refuses_a_word_of_another_language(self, english):
        money, debts = TopicFactory(name="Geld"), TopicFactory(name="Debts", locale=english)
        with pytest.raises(IntegrityError), transaction.atomic():
            Topic.objects.filter(pk=debts.pk).update(parent=money)

    def test_the_form_says_what_to_do(self, keeper):
        money, debts, shops = (TopicFactory(name=name) for name in ("Geld", "Schulden", "Läden"))
        data = DATA | {"name": "Schulden", "slug": "schulden", "parent": money.pk}
        assert keeper.post(address("edit", debts), data).status_code == 302
        debts.refresh_from_db()
        assert debts.parent == money
        data = DATA | {"name": "Geld", "slug": "geld", "parent": shops.pk}
        errors = keeper.post(address("edit", money), data).context["form"].errors
        assert "zwei Ebenen" in errors["parent"][0]
        form = keeper.get(address("edit", shops)).context["form"]
        offered = {str(label) for _value, label in form.fields["parent"].choices}
        assert "Geld" in offered
        assert not offered & {"Schulden", "Läden"}

    def test_other_languages_follow_the_german_word(self, keeper, english):
        money, debts = TopicFactory(name="Geld"), TopicFactory(name="Schulden")
        foreign_debts = in_english(debts, "Debts", english)
        debts.parent = money
        debts.save()
        foreign_money = in_english(money, "Money", english)
        foreign_debts.refresh_from_db()
        assert foreign_debts.parent == foreign_money
        assert "parent" not in keeper.get(address("edit", foreign_debts)).context["form"].fields
        debts.parent = None
        debts.save()
        foreign_debts.refresh_from_db()
        assert foreign_debts.parent is None

    def test_a_copy_for_another_language_belongs_to_the_word_there(self, english):
        money, debts = TopicFactory(name="Geld"), TopicFactory(name="Schulden")
        foreign = in_english(money, "Money", english)
        debts.parent = money
        debts.save()
        copy = debts.copy_for_translation(english)
        copy.save()
        assert Topic.objects.get(pk=copy.pk).parent == foreign

    def test_choosers_show_each_word_below_the_other_one(self, traeger_a, person, client_for):
        money = TopicFactory(name="Geld", sort_order=2)
        TopicFactory(name="Wohnen", sort_order=1)
        TopicFactory(name="Schulden", parent=money, sort_order=0)
        client = client_for(person(REDAKTION, traeger_a), traeger_a)
        parent = list_page(traeger_a, OfferIndexPage)
        url = reverse("wagtailadmin_pages:add", args=["home", "offerpage", parent.pk])
        choices = client.get(url).context["form"].fields["topics"].choices
        names = [label for _value, label in choices if label.strip("– ") in ("Geld", "Wohnen", "Schulden")]
        assert names == ["Wohnen", "Geld", "– Schulden"]

    def test_the_index_has_what_a_word_belongs_to(self, traeger_a):
        money = TopicFactory(name="Geld", slug="geld")
        debts = TopicFactory(name="Schulden", slug="schulden", parent=money)
        page = OfferPageFactory(parent=list_page(traeger_a, OfferIndexPage), topics=[debts])
        drain()

        def topics() -> set[str]:
            return {each for each in Entry.objects.get(page=page.pk).facets if each.startswith("topic:")}

        assert topics() == {"topic:geld", "topic:schulden"}
        Topic.objects.filter(pk=money.pk).update(slug="finanzen")
        drain()
        assert topics() == {"topic:finanzen", "topic:schulden"}


class TestMerging:
    def test_everything_names_the_other_word(self, knowledge, traeger_a):
        debts, owing = TopicFactory(name="Schulden"), TopicFactory(name="Verschuldung", synonyms="Kreide")
        both = OfferPageFactory(parent=list_page(traeger_a, OfferIndexPage), topics=[debts, owing])
        method = MethodPageFactory(parent=list_page(knowledge, MethodIndexPage), topics=[owing])
        partner = PartnerPageFactory(parent=list_page(knowledge, PartnerIndexPage))
        partner.services = [PartnerService(title="Beratung", topic=owing)]
        partner.save_revision().publish()
        method.topics.set([owing])
        draft = method.save_revision()
        below = TopicFactory(name="Mahnung", parent=owing)
        drain()
        merge(owing, debts)
        assert not Topic.objects.filter(pk=owing.pk).exists()
        for page in (both, method):
            assert list(type(page).objects.get(pk=page.pk).topics.all()) == [debts]
        assert PartnerPage.objects.get(pk=partner.pk).services.get().topic == debts
        assert list(draft.refresh_from_db() or draft.as_object().topics.all()) == [debts]
        partner_draft = PartnerPage.objects.get(pk=partner.pk).latest_revision
        assert partner_draft.as_object().services.get().topic == debts
        below.refresh_from_db()
        debts.refresh_from_db()
        assert below.parent == debts
        assert debts.synonyms == "Verschuldung, Kreide"
        drain()
        assert "topic:schulden" in Entry.objects.get(page=method.pk).facets

    def test_languages_go_along(self, traeger_a, english):
        debts, owing = TopicFactory(name="Schulden"), TopicFactory(name="Verschuldung")
        foreign = in_english(owing, "Debts", english)
        merge(owing, debts)
        foreign.refresh_from_db()
        assert foreign.translation_key == debts.translation_key
        assert foreign.slug == "schulden"

    def test_both_have_the_language(self, traeger_a, english):
        debts, owing = TopicFactory(name="Schulden"), TopicFactory(name="Verschuldung")
        kept, merged = in_english(debts, "Debts", english), in_english(owing, "Owing", english)
        offer = OfferPageFactory(parent=list_page(traeger_a, OfferIndexPage), topics=[])
        OfferPage.topics.through.objects.create(offerpage=offer, topic=merged)
        merge(owing, debts)
        kept.refresh_from_db()
        assert kept.synonyms == "Owing"
        assert not Topic.objects.filter(pk=merged.pk).exists()
        assert list(OfferPage.objects.get(pk=offer.pk).topics.all()) == [kept]

    def test_into_a_word_that_belonged_to_it(self, db):
        money = TopicFactory(name="Geld")
        debts, shops = TopicFactory(name="Schulden", parent=money), TopicFactory(name="Läden", parent=money)
        merge(money, debts)
        debts.refresh_from_db()
        shops.refresh_from_db()
        assert (debts.parent, shops.parent) == (None, debts)

    @pytest.mark.parametrize(("code", "synonyms"), [("levels", ""), ("synonyms", "x" * 490), ("other", "")])
    def test_what_can_not_be_merged(self, db, english, code, synonyms):
        money, health = TopicFactory(name="Geld"), TopicFactory(name="Gesundheit")
        TopicFactory(name="Schulden", parent=money)
        into = {
            "levels": lambda: TopicFactory(name="Sucht", parent=health),
            "synonyms": lambda: TopicFactory(name="Sucht", synonyms=synonyms),
            "other": lambda: TopicFactory(name="Money", locale=english),
        }[code]()
        Topic.objects.filter(pk=money.pk).update(synonyms="Kohle, Kies, Moos")
        with pytest.raises(ValidationError) as caught:
            merge(Topic.objects.get(pk=money.pk), into)
        assert caught.value.code == code
        assert Topic.objects.filter(pk=money.pk).exists()

    @settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(data=st.data())
    def test_no_page_loses_a_tag(self, traeger_a, data):
        """Tags before are tags after, but for the one word that has become another."""
        parent = list_page(traeger_a, OfferIndexPage)
        with transaction.atomic():
            words = [TopicFactory(name=f"Wort {number}") for number in range(4)]
            tags = data.draw(st.lists(st.sets(st.sampled_from(words)), min_size=1, max_size=3))
            merged, kept = data.draw(st.permutations(words))[:2]
            pages = [OfferPageFactory(parent=parent, topics=sorted(each, key=str)) for each in tags]
            merge(merged, kept)
            for page, before in zip(pages, tags, strict=True):
                after = list(OfferPage.objects.get(pk=page.pk).topics.all())
                assert sorted(term.pk for term in after) == sorted(
                    {(kept if term == merged else term).pk for term in before}
                )
            transaction.set_rollback(True)


class TestMergeView:
    def test_it_says_what_changes_and_does_it(self, keeper, traeger_a, knowledge):
        debts, owing = TopicFactory(name="Schulden"), TopicFactory(name="Verschuldung")
        hidden = OfferPageFactory(parent=list_page(traeger_a, OfferIndexPage), topics=[owing], publish=False)
        method = MethodPageFactory(parent=list_page(knowledge, MethodIndexPage), topics=[owing])
        assert "Geld" not in keeper.get(address("merge", owing)).content.decode()
        response = keeper.get(address("merge", owing), {"into": debts.pk})
        assert response.context["moved"] == 1
        assert "Verschuldung" in response.context["synonyms"]
        assert Topic.objects.filter(pk=owing.pk).exists()
        response = keeper.post(address("merge", owing), {"into": debts.pk})
        assert response.status_code == 302
        assert not Topic.objects.filter(pk=owing.pk).exists()
        # Also where the person who does it sees nothing.
        assert list(OfferPage.objects.get(pk=hidden.pk).topics.all()) == [debts]
        assert list(MethodPage.objects.get(pk=method.pk).topics.all()) == [debts]

    def test_an_error_stands_at_the_field(self, keeper):
        money, health = TopicFactory(name="Geld"), TopicFactory(name="Gesundheit")
        TopicFactory(name="Schulden", parent=money)
        into = TopicFactory(name="Sucht", parent=health)
        response = keeper.post(address("merge", money), {"into": into.pk})
        assert list(response.context["form"].errors) == ["into"]
        assert Topic.objects.filter(pk=money.pk).exists()

    @pytest.mark.parametrize(
        ("role", "where"),
        [
            *((LEITUNG, "traeger_a"), (REDAKTION, "knowledge"), (FREIGABE, "knowledge")),
            (LEITUNG, "coordination"),
        ],
    )
    def test_others_can_not(self, role, where, world, person, client_for):
        debts, owing = TopicFactory(name="Schulden"), TopicFactory(name="Verschuldung")
        traeger = getattr(world, where)
        client = client_for(person(role, traeger), traeger)
        assert client.get(address("merge", owing)).status_code in (302, 403)
        client.post(address("merge", owing), {"into": debts.pk})
        assert Topic.objects.filter(pk=owing.pk).exists()


class TestList:
    def test_each_word_says_how_many_pages_name_it(self, keeper, client_for, knowledge, traeger_a):
        debts = TopicFactory(name="Schulden")
        OfferPageFactory(parent=list_page(traeger_a, OfferIndexPage), topics=[debts], publish=False)
        method = MethodPageFactory(parent=list_page(knowledge, MethodIndexPage), topics=[debts])
        response = keeper.get(LIST)
        assert {term.name: term.used for term in response.context["object_list"]}["Schulden"] == 1
        shown = keeper.get(address("uses", debts))
        assert [page.pk for page in shown.context["object_list"]] == [method.pk]
        edit = reverse("wagtailadmin_pages:edit", args=[method.pk])
        assert BeautifulSoup(shown.content, "html.parser").select(f'a[href="{edit}"]')
        administrator = client_for(UserFactory(admin=True), knowledge)
        response = administrator.get(LIST)
        assert {term.name: term.used for term in response.context["object_list"]}["Schulden"] == 2

    def test_a_partner_with_a_service_counts_once(self, knowledge, db):
        debts = TopicFactory(name="Schulden")
        partner = PartnerPageFactory(parent=list_page(knowledge, PartnerIndexPage), topics=[debts])
        partner.services = [PartnerService(title=name, topic=debts) for name in ("Beratung", "Kurs")]
        partner.save()
        assert pages_by_word(Topic, [debts.pk]) == {debts.pk: {partner.pk}}
        assert {use.path for use in uses(Topic)} == {("topics",), ("services", "topic")}

    def test_the_number_of_queries_is_that_of_one_word(self, keeper):
        TopicFactory(name="Geld")
        keeper.get(LIST)
        with CaptureQueriesContext(connection) as few:
            keeper.get(LIST)
        for number in range(10):
            TopicFactory(name=f"Wort {number}", parent=TopicFactory(name="Geld"))
        with CaptureQueriesContext(connection) as many:
            keeper.get(LIST)
        assert len(many) == len(few)

    def test_one_language_at_a_time(self, keeper, english):
        debts = TopicFactory(name="Schulden")
        in_english(debts, "Debts", english)
        response = keeper.get(LIST)
        text = response.content.decode()
        assert {"Schulden"} == {term.name for term in response.context["object_list"]}
        assert response.context["page_subtitle"] == "Deutsch"
        assert f"{LIST}?locale=en" in text
        response = keeper.get(LIST, {"locale": "en"})
        assert {"Debts"} == {term.name for term in response.context["object_list"]}
        assert response.context["page_subtitle"] == "Englisch"
