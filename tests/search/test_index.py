"""What the index says follows the pages: readers and places at once, words as soon as the service has run."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.utils import timezone
from wagtail.models import Locale

from home.models import AnlaufstelleIndexPage, OfferIndexPage, Topic
from search import indexing, postgresql
from search.indexing import VERSION, drain, named_by, note_outdated
from search.models import Change, Entry, Posting, TitleWord
from search.text import question
from search.verify import oldest_change, wrong_entries
from sites.access.roles import LESEN, REDAKTION
from sites.rls.identity import SITE
from tests import indexing as at_once
from tests.factories import (
    ContentPageFactory,
    InternalPageFactory,
    OfferPageFactory,
    SozialraumFactory,
    TopicFactory,
)
from tests.factories.pages import AnlaufstellePageFactory
from tests.web_role import web_process
from tests.world import list_page


@pytest.fixture
def look_up():
    """`look_up("rieth", user, traeger)` → ids of the hits in the index as it is, asked by a web process."""

    def make(text, user, traeger) -> list[int]:
        asked = postgresql.Asked(tuple(word.terms for word in question(text, "de").words), language="de")
        with web_process(user, traeger, SITE):
            return [hit.page for hit in at_once.stale_search(asked).hits]

    return make


@pytest.fixture
def page(traeger_a):
    page = ContentPageFactory(parent=traeger_a.site.root_page, title="Kranichfeld")
    drain()
    return page


class TestWhatIsNoted:
    def test_a_stored_page(self, page):
        page.save()
        assert {note.object_id for note in Change.objects.all()} == {page.pk}
        assert oldest_change() is not None
        drain()
        assert oldest_change() is None

    def test_nothing_of_a_change_that_was_undone(self, page):
        with transaction.atomic():
            page.save()
            transaction.set_rollback(True)
        assert not Change.objects.exists()

    def test_a_move_changes_no_words(self, page, traeger_a):
        section = ContentPageFactory(parent=traeger_a.site.root_page)
        drain()
        page.move(section, pos="last-child")
        assert page.pk not in Change.objects.values_list("object_id", flat=True)
        assert not any(wrong_entries().values())

    def test_drafts_are_not(self, traeger_a):
        drain()
        draft = ContentPageFactory(parent=traeger_a.site.root_page, draft=True)
        assert draft.pk not in Change.objects.values_list("object_id", flat=True)

    def test_every_kind_of_object_that_pages_name_has_a_trigger(self, db):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname ^@ 'portal_search_note'"
            )
            tables = {table for (table,) in cursor.fetchall()}
        assert {model._meta.db_table for model in named_by()} <= tables


class TestAtOnce:
    """Without the background service, which may be away or late."""

    def test_a_restriction(self, page, traeger_a, person, look_up):
        assert look_up("Kranichfeld", None, traeger_a) == [page.pk]
        restriction = page.view_restrictions.create(restriction_type="groups")
        restriction.groups.set([traeger_a.group(LESEN)])
        assert look_up("Kranichfeld", None, traeger_a) == []
        assert look_up("Kranichfeld", person(LESEN, traeger_a), traeger_a) == [page.pk]

    def test_a_withdrawal(self, page, traeger_a, look_up):
        page.unpublish()
        assert look_up("Kranichfeld", None, traeger_a) == []

    def test_a_deletion(self, page, traeger_a, look_up):
        page.delete()
        assert look_up("Kranichfeld", None, traeger_a) == []
        assert not Posting.objects.exclude(entry__in=Entry.objects.all()).exists()
        assert not TitleWord.objects.filter(word="kranichfeld").exists()

    def test_a_deletion_by_a_web_process(self, page, traeger_a, person):
        with web_process(person("leitung", traeger_a), traeger_a):
            page.delete()
        assert not Entry.objects.filter(page=page).exists()


class TestOtherLanguages:
    def test_a_fact_that_is_the_same_in_all_languages_is_found_in_each(self, traeger_a, ask):
        locale = Locale.objects.get_or_create(language_code="en")[0]
        office = AnlaufstellePageFactory(
            parent=list_page(traeger_a, AnlaufstelleIndexPage), street="Kranichgasse 1"
        )
        for page in office.get_ancestors(inclusive=True).filter(depth__gte=3).specific():
            page.copy_for_translation(locale).save_revision().publish()
        assert ask("Kranichgasse", traeger_a, path="/en/suche/").hits.total == 1
        office.street = "Storchenweg 2"
        office.save_revision().publish()
        assert ask("Kranichgasse", traeger_a, path="/en/suche/").hits.total == 0
        assert ask("Storchenweg", traeger_a, path="/en/suche/").hits.total == 1


class TestVocabulary:
    @pytest.fixture
    def offers(self, traeger_a, traeger_b):
        """An offer of each Träger with the same topic."""
        topic = TopicFactory(name="Kranichkunde")
        offers = [
            OfferPageFactory(parent=list_page(traeger, OfferIndexPage), topics=[topic])
            for traeger in (traeger_a, traeger_b)
        ]
        drain()
        return offers

    def test_another_name_changes_the_entries_of_all(self, offers, coordination, look_up):
        assert sorted(look_up("Kranichkunde", None, coordination)) == [offer.pk for offer in offers]
        topic = Topic.objects.get(name="Kranichkunde")
        topic.name = "Storchenpflege"
        topic.save()
        drain()
        assert look_up("Kranichkunde", None, coordination) == []
        assert sorted(look_up("Storchenpflege", None, coordination)) == [offer.pk for offer in offers]

    def test_so_does_its_end(self, offers, coordination, look_up):
        Topic.objects.get(name="Kranichkunde").delete()
        drain()
        assert look_up("Kranichkunde", None, coordination) == []

    def test_so_does_the_end_of_a_sozialraum(self, traeger_a, look_up):
        sozialraum = SozialraumFactory(name="Kranichviertel")
        office = AnlaufstellePageFactory(parent=traeger_a.site.root_page, sozialraum=sozialraum)
        drain()
        assert look_up("Kranichviertel", None, traeger_a) == [office.pk]
        sozialraum.delete()
        drain()
        assert look_up("Kranichviertel", None, traeger_a) == []


class TestNothingHiddenChangesAnything:
    WORDS = (
        "Kranichfeld",
        "Kranichfelt",
        "Beratung Kranichfeld",
        '"Beratung Kranichfeld"',
        "Beratung -Miete",
    )

    @pytest.fixture
    def pages(self, traeger_a):
        for title in ("Beratung Kranichfeld", "Kranichfeld", "Beratung zur Miete", "Beratung"):
            ContentPageFactory(parent=traeger_a.site.root_page, title=title)

    def test_answers_are_the_same_with_and_without_it(self, pages, traeger_a, traeger_b, client_for, person):
        def answers():
            return [
                (found.hits, found.total, found.facets, found.loose, found.mistyped, found.forms)
                for user in (None, asking)
                for words in self.WORDS
                for found in [client_for(user, traeger_a).get("/suche/", {"q": words}).context["hits"]]
            ]

        asking = person(REDAKTION, traeger_a)
        before = answers()
        titles = ("Kranichfelt", "Beratung Kranichfeld", "Kranichfeld", "Beratung", "Beratung Miete") * 3
        for number, title in enumerate(titles):
            InternalPageFactory(
                parent=traeger_b.site.root_page,
                title=title,
                slug=f"intern-{number}",
                summary="Kranichfelt Kranich",
            )
        assert answers() == before

    def test_what_only_others_may_read_is_never_a_correction(self, traeger_a, traeger_b, ask):
        InternalPageFactory(parent=traeger_b.site.root_page, title="Kranichfeld")
        hits = ask("Kranichfelt", traeger_a, scope="all").hits
        assert (hits.total, hits.mistyped) == (0, ())


class TestTruth:
    def test_all_is_right_after_the_service_has_run(self, world, capsys):
        drain()
        call_command("search_verify")
        assert "The index is right." in capsys.readouterr().out

    @pytest.mark.parametrize(
        ("spoil", "what"),
        [
            ("DELETE FROM search_entry WHERE page_id = {}", "without an entry"),
            ("UPDATE search_entry SET readers = '{{any}}' WHERE page_id = {}", "with other readers"),
            ("UPDATE search_entry SET locale_id = 0 WHERE page_id = {}", "in another language"),
            (
                "DELETE FROM search_posting USING search_entry e WHERE entry_id = e.id AND page_id = {}",
                "without words",
            ),
            ("UPDATE search_entry SET page_id = 0 WHERE page_id = {}", "no longer published"),
        ],
    )
    def test_what_is_wrong_is_named_and_put_right(self, page, spoil, what, capsys):
        with connection.cursor() as cursor:
            cursor.execute(spoil.format(page.pk))
        with pytest.raises(CommandError, match="search_verify --fix"):
            call_command("search_verify")
        assert f"{what}: 1" in capsys.readouterr().out
        call_command("search_verify", fix=True)
        call_command("search_verify")
        assert "The index is right." in capsys.readouterr().out

    def test_entries_of_an_older_version_are_made_anew(self, page):
        Entry.objects.filter(page=page).update(version=VERSION + 1, text="alt")
        note_outdated()
        drain()
        entry = Entry.objects.get(page=page)
        assert entry.version == VERSION
        assert entry.text != "alt"

    def test_all_can_be_made_anew(self, page, capsys):
        Posting.objects.all().delete()
        call_command("search_index")
        assert wrong_entries()["without words"] == []

    def test_what_can_not_be_indexed_waits_and_holds_nothing_up(self, page, traeger_a, monkeypatch, caplog):
        other = ContentPageFactory(parent=traeger_a.site.root_page, title="Storchenwiese")
        page.save()
        real = indexing.fields_of

        def fields_of(each):
            return 1 / 0 if each.pk == page.pk else real(each)

        monkeypatch.setattr(indexing, "fields_of", fields_of)
        drain()
        assert {note.object_id for note in Change.objects.all()} == {page.pk}
        assert Posting.objects.filter(entry__page=other).exists()
        assert f"wagtailcore.page {page.pk} can't be brought into the search" in caplog.text
        monkeypatch.undo()
        drain()
        assert Change.objects.exists(), "it is not its time yet"
        Change.objects.update(due_at=timezone.now())
        drain()
        assert not Change.objects.exists()
