"""What changes in PostgreSQL reaches Elasticsearch, and what happens while it has not yet."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from search import engines, postgresql
from search.engine import asking, building, client, comparing, state
from search.engine.client import EngineError
from search.engine.mapping import MAPPING
from search.indexing import drain
from search.models import EngineChange, EngineIndex, Entry
from search.postgresql import Asked
from sites.rls.identity import SITE
from tests.factories import ContentPageFactory
from tests.search.contract import engine
from tests.web_role import web_process
from thinka_portal.availability import health

KRANICH = Asked(((("kranich", 1.0),),), language="de")


@pytest.fixture
def page(elasticsearch, traeger_a):
    """A page that both engines have."""
    page = ContentPageFactory(parent=traeger_a.site.root_page, title="Kranich")
    drain()
    engine.build()
    return page


def found(traeger) -> list[int | None]:
    """What Elasticsearch answers a visitor."""
    with web_process(None, traeger, SITE):
        return [hit.page for hit in asking.search(KRANICH).hits]


def test_a_change_reaches_it(page, traeger_a):
    assert found(traeger_a) == [page.pk]
    page.title = "Reiher"
    page.save_revision().publish()
    drain()
    engine.catch_up()
    assert found(traeger_a) == []
    assert not EngineChange.objects.exists()
    assert comparing.differing() == []


class TestWithdrawn:
    """A stale index tells nothing of what was withdrawn: PostgreSQL answers until the engine knows."""

    def withdraw(self, page, traeger, how: str) -> None:
        if how == "deleted":
            page.delete()
        elif how == "unpublished":
            page.unpublish()
        else:
            page.view_restrictions.create(restriction_type="login")

    @pytest.mark.parametrize("how", ["deleted", "unpublished", "restricted"])
    def test_it_counts_nowhere(self, how, page, traeger_a):
        self.withdraw(page, traeger_a, how)
        with web_process(None, traeger_a, SITE):
            with pytest.raises(EngineError):
                asking.search(KRANICH)
            answer = engines.search(KRANICH)
        # That is no failure.
        assert (answer.total, answer.hits, answer.instead) == (0, (), False)
        engine.catch_up()
        assert found(traeger_a) == []

    def test_what_is_only_new_holds_nothing_up(self, page, traeger_a):
        ContentPageFactory(parent=traeger_a.site.root_page, title="Kranich 2")
        drain()
        assert EngineChange.objects.exists()
        assert found(traeger_a) == [page.pk]


class TestDown:
    @pytest.fixture
    def down(self, page, settings):
        # Nobody listens there.
        settings.SEARCH_URL = "http://127.0.0.1:9"

    def test_postgresql_answers_and_the_page_says_so(self, down, page, traeger_a, ask):
        answer = ask("Kranich", traeger_a)
        assert answer.titles == ["Kranich"]
        assert "Suchdienst ist gerade nicht erreichbar" in answer.html

    def test_nobody_waits_for_it_again(self, down, traeger_a, monkeypatch):
        with web_process(None, traeger_a, SITE):
            assert engines.search(KRANICH).instead
            monkeypatch.setattr(client, "_client", lambda *_arguments: pytest.fail("asked again"))
            assert engines.search(KRANICH).total == 1

    def test_one_tries_again_after_a_while(self, page, settings, traeger_a, monkeypatch):
        with web_process(None, traeger_a, SITE):
            client.BREAKER.failed()
            assert engines.search(KRANICH).instead
            monkeypatch.setattr(client.BREAKER, "_again_at", 0)
            assert not engines.search(KRANICH).instead
            assert not client.BREAKER.failing()

    def test_the_service_keeps_what_it_could_not_send(self, down, page):
        page.unpublish()
        waiting = EngineChange.objects.count()
        engine.catch_up()
        assert EngineChange.objects.count() == waiting > 0

    def test_the_health_check_names_it(self, page, settings):
        assert health._engine() == {"elasticsearch": {"ok": True, "index": "answers"}}
        settings.SEARCH_URL = "http://127.0.0.1:9"
        told = health._engine()["elasticsearch"]
        assert not told["ok"]
        assert "PostgreSQL answers instead" in told["why"]

    def test_a_question_that_it_refuses_is_no_failure(self, page, traeger_a, monkeypatch):
        monkeypatch.setattr(asking, "COMPARED", 20_000)
        with web_process(None, traeger_a, SITE):
            assert engines.search(KRANICH).total == 1
        assert not client.BREAKER.failing()


class TestBuilding:
    def test_another_mapping_is_noticed_and_built_while_postgresql_answers(
        self, page, traeger_a, monkeypatch
    ):
        old = EngineIndex.objects.get().name
        monkeypatch.setitem(MAPPING["properties"], "more", {"type": "keyword"})
        with web_process(None, traeger_a, SITE):
            assert engines.search(KRANICH).total == 1
            with pytest.raises(EngineError, match="not built"):
                asking.search(KRANICH)
        building.look(at_once=True)
        building.go_on(60)
        assert EngineIndex.objects.get().name != old
        assert found(traeger_a) == [page.pk]

    def test_the_old_one_answers_meanwhile_and_learns_of_changes(self, page, traeger_a, elasticsearch):
        building.begin()
        assert found(traeger_a) == [page.pk]
        page.unpublish()
        engine.catch_up()
        assert found(traeger_a) == []
        building.go_on(60)
        assert found(traeger_a) == []
        assert len(elasticsearch.indices.get(index=f"{engine.index_name()}-*")) == 1

    def test_an_index_that_somebody_has_deleted_comes_again(self, page, traeger_a, elasticsearch):
        elasticsearch.indices.delete(index=EngineIndex.objects.get().name)
        with web_process(None, traeger_a, SITE):
            assert engines.search(KRANICH).instead
        client.BREAKER.works()
        building.look(at_once=True)
        building.go_on(60)
        assert found(traeger_a) == [page.pk]

    def test_the_command_begins_another_one(self, page, capsys):
        call_command("search_index", elasticsearch=True)
        assert EngineIndex.objects.filter(reached=-1).count() == 1


class TestVerifying:
    def test_what_differs_is_found_and_mended(self, page, elasticsearch, traeger_a, capsys):
        call_command("search_verify")
        assert "Elasticsearch has what PostgreSQL has." in capsys.readouterr().out
        entry = Entry.objects.get(page=page.pk).pk
        elasticsearch.delete(index=engine.index_name(), id=str(entry))
        elasticsearch.index(index=engine.index_name(), id="999999", document={"entry": 999999, "digest": "x"})
        elasticsearch.indices.refresh(index=engine.index_name())
        assert comparing.differing() == [entry, 999999]
        with pytest.raises(CommandError, match="2 are wrong"):
            call_command("search_verify")
        call_command("search_verify", fix=True)
        assert comparing.differing() == []
        assert found(traeger_a) == [page.pk]


def test_without_an_engine_nothing_is_noted(db, traeger_a):
    ContentPageFactory(parent=traeger_a.site.root_page, title="Kranich")
    drain()
    assert not EngineChange.objects.exists()


def test_who_takes_it_away_leaves_nothing_behind(page, settings):
    settings.SEARCH_URL = ""
    page.unpublish()
    engines.send()
    assert not EngineIndex.objects.exists()
    assert not EngineChange.objects.exists()
    assert not state.configured()
    with connection.cursor() as cursor:
        cursor.execute("SELECT portal_search_asks('de')->>'mapping'")
        assert cursor.fetchone() == (None,)


def test_postgresql_is_asked_where_there_is_no_engine(page, settings, traeger_a):
    settings.SEARCH_URL = ""
    with web_process(None, traeger_a, SITE):
        assert engines.search(KRANICH) == postgresql.search(KRANICH)
