"""Documents in the search: who finds them, what a hit shows, and that nothing tells of the others."""

import pytest
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from hypothesis import HealthCheck, example, given
from hypothesis import settings as run_settings
from hypothesis import strategies as st
from wagtail.models import Locale, ReferenceIndex

from knowledge.models import MethodIndexPage
from search.attachments.queue import Queue
from search.indexing import drain
from search.models import Entry, Posting
from search.postgresql import Asked
from search.text import question
from search.verify import wrong_documents
from sites.access.creation import INTERNAL_COLLECTION
from sites.access.roles import LESEN, REDAKTION
from sites.grants.content_type import permission_content_type
from sites.models import MediaTag, PortalDocument
from sites.rls.identity import ADMIN, SITE
from tests import indexing as at_once
from tests.factories import ContentPageFactory, DocumentFactory, InternalPageFactory, UserFactory
from tests.factories.media import show
from tests.search.attachments import files
from tests.sites.grants.granting import MODELS, grant
from tests.web_role import web_process
from tests.world import list_page

WORD = "Kranichfeld"
SENTENCE = f"In {WORD} gibt es Beratung zu Mietschulden."


def document(content: bytes = b"", name="bericht.pdf", **fields) -> PortalDocument:
    """A document whose text has been read and indexed."""
    made = DocumentFactory(file=ContentFile(content or files.pdf(SENTENCE), name), **fields)
    Queue().read_waiting(seconds=60)
    drain()
    return made


@pytest.fixture
def internal(traeger_a):
    return traeger_a.collection.get_children().get(name=INTERNAL_COLLECTION)


def found(text: str, user, traeger, area=SITE) -> set[int]:
    """Return the ids of the documents in the index as it is, asked by a web process."""
    asked = Asked(tuple(word.terms for word in question(text, "de").words))
    with web_process(user, traeger, area):
        answer = at_once.stale_search(asked, stop=1000)
    assert len(answer.hits) == answer.total
    return {hit.document for hit in answer.hits if hit.document}


class TestWhoFindsWhat:
    """The same people as for opening a file, see tests/sites/media/test_access.py."""

    MATRIX = {
        "visitor": {"public"},
        "staff": {"public", "knowledge"},
        "a": {"public", "internal", "on internal page", "knowledge"},
        "editor": {"public", "internal", "unused", "on internal page", "knowledge"},
        "b": {"public", "knowledge"},
        "admin": {"public", "internal", "unused", "on internal page", "knowledge"},
    }

    @pytest.fixture
    def documents(self, traeger_a, knowledge, internal):
        page = InternalPageFactory(parent=traeger_a.site.root_page)
        return {
            "public": document(title="public", traeger=traeger_a, shown=True),
            "internal": document(title="internal", collection=internal, shown=True),
            "unused": document(title="unused", traeger=traeger_a),
            "on internal page": document(title="on internal page", traeger=traeger_a, shown=page),
            "knowledge": document(
                title="knowledge", traeger=knowledge, shown=list_page(knowledge, MethodIndexPage)
            ),
        }

    @pytest.mark.parametrize("who", MATRIX)
    def test_matrix(self, documents, world, person, ask, who):
        user = {
            "visitor": lambda: None,
            "staff": UserFactory,
            "a": lambda: person("lesen", world.traeger_a),
            "editor": lambda: person("redaktion", world.traeger_a),
            "b": lambda: person("leitung", world.traeger_b),
            "admin": lambda: UserFactory(admin=True),
        }[who]()
        answer = ask(WORD, world.traeger_b, user, scope="all")
        assert set(answer.titles) == self.MATRIX[who]
        assert answer.hits.total == answer.counts["document"] == len(self.MATRIX[who])
        internal = {each.file.document.title for each in answer.context["results"] if each.internal}
        assert internal == self.MATRIX[who] - {"public"}

    def test_a_grant_on_one(self, documents, traeger_a, traeger_b, person):
        guest = person(REDAKTION, traeger_b)
        assert found(WORD, guest, traeger_b) == {documents["public"].pk, documents["knowledge"].pk}
        grant(guest, documents["internal"], "view")
        assert documents["internal"].pk in found(WORD, guest, traeger_b)

    def test_of_the_own_site(self, documents, traeger_a, traeger_b, ask):
        assert ask(WORD, traeger_a, scope="site").titles == ["public"]
        assert ask(WORD, traeger_b, scope="site").titles == []

    def test_not_in_the_editing_area_which_has_another_rule(self, documents, traeger_a, person):
        assert found(WORD, person(REDAKTION, traeger_a), traeger_a, ADMIN) == set()

    def test_a_page_that_only_borrows_it_opens_it_but_does_not_make_it_found(
        self, traeger_a, traeger_b, internal, person, client_for
    ):
        lent = document(traeger=traeger_a)
        grant(traeger_b.group(LESEN), lent, "view")
        show(lent, traeger_b.site.root_page)
        assert client_for(None, traeger_a).get(lent.url).status_code == 200
        assert found(WORD, None, traeger_b) == set()


class TestAtOnce:
    """Without the background service, which may be away or late."""

    @pytest.fixture
    def page(self, traeger_a):
        return ContentPageFactory(parent=traeger_a.site.root_page)

    @pytest.fixture
    def shown(self, traeger_a, page):
        return document(traeger=traeger_a, shown=page)

    def restrict(self, what, *groups):
        restriction = what.view_restrictions.create(restriction_type="groups" if groups else "login")
        if groups:
            restriction.groups.set(groups)

    def test_the_page_is_restricted(self, shown, page, traeger_a, person):
        assert found(WORD, None, traeger_a) == {shown.pk}
        self.restrict(page, traeger_a.group(LESEN))
        assert found(WORD, None, traeger_a) == set()
        assert found(WORD, person(LESEN, traeger_a), traeger_a) == {shown.pk}

    def test_the_collection_is_restricted(self, shown, traeger_a, person):
        self.restrict(shown.collection, traeger_a.group(LESEN))
        assert found(WORD, None, traeger_a) == set()
        assert found(WORD, UserFactory(), traeger_a) == set()
        assert found(WORD, person(LESEN, traeger_a), traeger_a) == {shown.pk}

    def test_the_collection_wants_a_login(self, shown, traeger_a):
        self.restrict(shown.collection)
        assert found(WORD, None, traeger_a) == set()
        assert found(WORD, UserFactory(), traeger_a) == {shown.pk}

    def test_the_document_is_moved(self, shown, internal, traeger_a):
        shown.collection = internal
        shown.save()
        assert found(WORD, None, traeger_a) == set()

    def test_the_page_is_withdrawn(self, shown, page, traeger_a):
        page.unpublish()
        assert found(WORD, None, traeger_a) == set()

    def test_the_page_is_deleted(self, shown, page, traeger_a):
        page.delete()
        assert found(WORD, None, traeger_a) == set()

    def test_the_page_no_longer_shows_it(self, shown, page, traeger_a):
        ReferenceIndex.objects.filter(object_id=page.pk).delete()
        assert found(WORD, None, traeger_a) == set()

    def test_the_page_goes_to_another_traeger(self, shown, page, traeger_a, traeger_b):
        page.move(traeger_b.site.root_page, pos="last-child")
        assert found(WORD, None, traeger_a) == set()

    def test_it_is_deleted_by_a_web_process(self, shown, traeger_a, person):
        with web_process(person("leitung", traeger_a), traeger_a, ADMIN):
            shown.delete()
        assert not Entry.objects.filter(document__isnull=False).exists()
        assert not Posting.objects.exclude(entry__in=Entry.objects.all()).exists()

    def test_a_new_one_has_readers_before_it_has_words(self, traeger_a, page):
        made = DocumentFactory(traeger=traeger_a, shown=page)
        assert "public" in Entry.objects.get(document=made).readers


KINDS = ("page", "collection", "show", "hide", "withdraw", "publish", "move", "grant", "page grant")
STEPS = st.lists(
    st.tuples(
        st.sampled_from(KINDS),
        st.integers(0, 2),
        st.integers(0, 2),
    ),
    min_size=1,
    max_size=8,
)


class TestWhateverChanges:
    """The slow rule is that of RLS for opening a document; the index must find just these."""

    @pytest.fixture
    def things(self, world, person, traeger_a, traeger_b):
        root = traeger_a.site.root_page
        section = ContentPageFactory(parent=root)
        pages = [section, ContentPageFactory(parent=section), InternalPageFactory(parent=root)]
        own = traeger_a.collection
        collections = [own, own.add_child(name="Darunter"), traeger_b.collection]
        documents = [
            document(collection=each, shown=page) for each, page in zip(collections, pages, strict=True)
        ]
        people = [
            None,
            UserFactory(),
            person(LESEN, traeger_a),
            person(REDAKTION, traeger_b),
            UserFactory(admin=True),
        ]
        groups = [traeger_a.group(LESEN), traeger_b.group(REDAKTION)]
        return pages, collections, documents, people, groups

    def step(self, things, kind, first, second):
        pages, collections, documents, people, groups = things
        match kind:
            case "page" | "collection":
                what = (pages if kind == "page" else collections)[first]
                what.view_restrictions.all().delete()
                if second < 2:
                    restriction = what.view_restrictions.create(restriction_type=("login", "groups")[second])
                    if second:
                        restriction.groups.set([groups[first % 2]])
            case "show":
                if not ReferenceIndex.objects.filter(
                    object_id=pages[second].pk, to_object_id=documents[first].pk
                ).exists():
                    show(documents[first], pages[second])
            case "hide":
                ReferenceIndex.objects.filter(object_id=pages[first].pk).delete()
            case "withdraw":
                type(pages[first]).objects.get(pk=pages[first].pk).unpublish()
            case "publish":
                type(pages[first]).objects.get(pk=pages[first].pk).save_revision().publish()
            case "move":
                PortalDocument.objects.filter(pk=documents[first].pk).update(collection=collections[second])
            case "grant":
                self.grant(people[1 + second], documents[first])
            case "page grant":
                self.grant(people[1 + second], pages[first])

    @staticmethod
    def grant(holder, what):
        model = MODELS[permission_content_type(what).model][0]
        if not model.objects.filter(user=holder, content_object=what).exists():
            grant(holder, what, "view")

    @run_settings(max_examples=25, suppress_health_check=list(HealthCheck))
    @example(steps=[("page", 2, 0), ("grant", 2, 1)])
    @given(steps=STEPS)
    def test_the_index_finds_what_may_be_opened(self, steps, things, traeger_a):
        with transaction.atomic():
            for kind, first, second in steps:
                with transaction.atomic():
                    self.step(things, kind, first, second)
            lent = {things[2][first].pk for kind, first, _second in steps if kind == "grant"}
            for user in things[3]:
                with web_process(user, traeger_a, SITE):
                    may_open = set(PortalDocument.objects.values_list("pk", flat=True))
                    loaded = set(Entry.objects.exclude(document=None).values_list("document", flat=True))
                opened = may_open & {each.pk for each in things[2]}
                # Pages of those to whom a grant lends a document open it, but nobody finds it by them.
                assert opened - lent <= found(WORD, user, traeger_a) <= opened
                assert loaded == may_open
            assert not any(wrong_documents().values())
            transaction.set_rollback(True)


class TestNothingHiddenChangesAnything:
    def test_answers_are_the_same_with_and_without_it(self, traeger_a, traeger_b, internal, client_for):
        def answers():
            return [
                (hits.hits, hits.total, hits.facets, hits.loose, hits.mistyped)
                for words in (WORD, "Kranichfelt", "Beratung", f'"{SENTENCE}"', "Beratung -Miete")
                for hits in [
                    client_for(None, traeger_b).get("/suche/", {"q": words, "scope": "all"}).context["hits"]
                ]
            ]

        document(title="Beratung offen", traeger=traeger_a, shown=True)
        ContentPageFactory(parent=traeger_a.site.root_page, title=f"Beratung {WORD}")
        before = answers()
        for number in range(3):
            document(files.pdf("Kranichfelt Beratung Miete"), title=f"Beratung {number}", collection=internal)
        assert answers() == before


class TestHits:
    def test_what_is_shown(self, traeger_a, ask):
        page = ContentPageFactory(parent=traeger_a.site.root_page, title="Satzungen und mehr")
        made = document(
            files.pdf(SENTENCE, "Seite zwei"), traeger=traeger_a, title="Jahresbericht", shown=page
        )
        answer = ask("Mietschuld", traeger_a)
        (result,) = answer.context["results"]
        assert result.kind.key == "document"
        assert result.url == made.url
        assert "<mark>Mietschulden</mark>" in result.excerpt
        assert result.page.pk == page.pk
        assert result.file.facts.startswith("PDF, ")
        assert result.file.facts.endswith(", 2 Seiten")
        assert "Satzungen und mehr" in answer.html

    def test_the_page_is_named_only_to_who_reads_it(self, traeger_a, internal, person, ask):
        page = InternalPageFactory(parent=traeger_a.site.root_page, title="Geheime Seite")
        made = document(traeger=traeger_a, shown=page)
        show(made)
        answer = ask(WORD, traeger_a)
        assert answer.context["results"][0].page.pk == traeger_a.site.root_page.pk
        assert "Geheime Seite" not in answer.html

    def test_title_file_name_and_tags_are_found_without_any_text(self, traeger_a, ask):
        made = document(b"ID3", "aufnahme-storchenwiese.mp3", traeger=traeger_a, title="Gespräch", shown=True)
        made.tags.add("Reiher")
        for word in ("Gespräch", "Storchenwiese", "Reiher"):
            assert ask(word, traeger_a).titles == ["Gespräch"]
        tag = MediaTag.objects.get()
        tag.name = "Pinguin"
        tag.save()
        assert ask("Pinguin", traeger_a).titles == ["Gespräch"]
        assert ask("Reiher", traeger_a).titles == []

    def test_the_text_of_a_page_counts_more(self, traeger_a, ask):
        document(traeger=traeger_a, title="Bericht", shown=True)
        ContentPageFactory(parent=traeger_a.site.root_page, title="Ganz neu", summary=f"Neues aus {WORD}")
        assert ask(WORD, traeger_a).titles == ["Ganz neu", "Bericht"]

    def test_an_excerpt_from_far_behind(self, traeger_a, ask):
        text = "Wort " * 20_000 + "Am Ende steht das Kästchen mit Mietschulden. " + "Wort " * 5_000
        document(text.encode(), "lang.txt", traeger=traeger_a, shown=True)
        (result,) = ask("Kästchen", traeger_a).context["results"]
        assert "<mark>Kästchen</mark>" in result.excerpt

    def test_in_the_language_of_its_page(self, traeger_a, ask):
        locale = Locale.objects.get_or_create(language_code="en")[0]
        home = traeger_a.site.root_page.specific.copy_for_translation(locale)
        home.save_revision().publish()
        document(files.pdf("Debts and advice about debts"), traeger=traeger_a, title="Leaflet", shown=home)
        assert ask("debt", traeger_a, path="/en/suche/").titles == ["Leaflet"]
        assert ask("debt", traeger_a).titles == []


SPOILT = {
    "documents without an entry": "DELETE FROM search_entry WHERE document_id = {}",
    "documents with other readers": "UPDATE search_entry SET readers = '{{any}}' WHERE document_id = {}",
    "entries of documents that are gone": "UPDATE search_entry SET document_id = 0 WHERE document_id = {}",
    "documents without words": (
        "DELETE FROM search_posting USING search_entry e WHERE entry_id = e.id AND document_id = {}"
    ),
}


@pytest.mark.parametrize("what", SPOILT)
def test_what_is_wrong_is_named_and_put_right(traeger_a, what, capsys):
    made = document(traeger=traeger_a, shown=True)
    with connection.cursor() as cursor:
        cursor.execute(SPOILT[what].format(made.pk))
    with pytest.raises(CommandError, match="search_verify --fix"):
        call_command("search_verify")
    assert f"{what}: 1" in capsys.readouterr().out
    call_command("search_verify", fix=True)
    call_command("search_verify")
    assert found(WORD, None, traeger_a) == {made.pk}
