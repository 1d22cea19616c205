"""An installation of before opens its partners: only when somebody says so, and nothing else with them."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils.translation import override
from wagtail.models import CollectionViewRestriction, Page, PageViewRestriction

from knowledge.models import MethodIndexPage, PartnerIndexPage
from sites.access.readers import with_readers
from sites.access.roles import GROUP_NAMES, LESEN
from tests.factories import (
    ContentPageFactory,
    DocumentFactory,
    MethodPageFactory,
    PartnerPageFactory,
    UserFactory,
)
from tests.home.test_facts import english, translated  # noqa: F401 - a fixture
from tests.sites.rls.oracle import Oracle
from tests.world import list_page

pytestmark = pytest.mark.django_db
LOGIN, GROUPS = PageViewRestriction.LOGIN, PageViewRestriction.GROUPS


@pytest.fixture
def before(knowledge, english):  # noqa: F811
    """A knowledge base of before: the folder and the collection are for staff, nothing else says so.

    It has a page besides its lists, in two languages, and entries of both kinds.
    """
    start = knowledge.site.root_page.specific
    partners, methods = list_page(knowledge, PartnerIndexPage), list_page(knowledge, MethodIndexPage)
    pages = {
        "partner": PartnerPageFactory(parent=partners, title="Beispiel-Beratung", slug="beratung"),
        "partner 2": PartnerPageFactory(parent=partners, title="Beispiel-Treff", slug="treff"),
        "closed": PartnerPageFactory(parent=partners, title="Beispiel intern", slug="intern", internal=True),
        "method": MethodPageFactory(parent=methods, title="Methode", slug="methode"),
        "rules": ContentPageFactory(parent=start, title="Regeln", slug="regeln"),
    }
    pages |= {f"{name}, English": translated(pages[name], english) for name in ("partner", "method", "rules")}
    # Only there is it written in English.
    pages["only English"] = ContentPageFactory(parent=translated(start, english), title="Rules", slug="rules")
    Page.objects.filter(locale=english).update(live=True)
    own = PageViewRestriction.objects.filter(page__path__startswith=start.path[: -start.steplen])
    own.filter(restriction_type=LOGIN).delete()
    PageViewRestriction.objects.create(page=knowledge.folder, restriction_type=LOGIN)
    CollectionViewRestriction.objects.create(collection=knowledge.collection, restriction_type=LOGIN)
    return pages


def run(**options) -> str:
    out = StringIO()
    # Whatever language a request before has left.
    with override("de"):
        call_command("open_partners", stdout=out, **options)
    return out.getvalue()


def read_by(client_for, knowledge, pages, user=None) -> set[str]:
    client = client_for(user, knowledge)
    return {name for name, page in pages.items() if client.get(page.get_url_parts()[2]).status_code == 200}


def restrictions() -> set[tuple[int, str]]:
    return set(PageViewRestriction.objects.values_list("page", "restriction_type"))


def test_without_it_visitors_read_nothing(before, knowledge, client_for):
    assert read_by(client_for, knowledge, before) == set()
    assert client_for(None, knowledge).get("/").url == "/anmelden/?next=/"


def test_first_it_says_what_it_would_open(before, knowledge, client_for):
    held = restrictions()
    said = run()
    assert [line.strip() for line in said.splitlines()[:-1]] == [
        "Beispiel-Wissensbasis",
        "Impressum",
        "Datenschutz",
        "Barrierefreiheit",
        "Partner",
        "2 Einträge",
        "Beispiel-Wissensbasis",
        "Partner",
        "1 Eintrag",
    ]
    assert "es ist noch nichts geändert" in said
    assert "manage.py open_partners --open" in said
    assert restrictions() == held
    assert read_by(client_for, knowledge, before) == set()


def test_then_it_opens_partners_and_nothing_else(before, knowledge, client_for, person):
    staff = {*before} - {"closed"}
    assert read_by(client_for, knowledge, before, UserFactory()) == staff
    document = DocumentFactory(traeger=knowledge, shown=before["method"])
    assert "lesen jetzt das hier" in run(open=True)
    assert read_by(client_for, knowledge, before) == {"partner", "partner 2", "partner, English"}
    assert read_by(client_for, knowledge, before, UserFactory()) == staff
    assert read_by(client_for, knowledge, before, person(LESEN, knowledge)) == {*before}
    visitor = client_for(None, knowledge)
    paths = ("/", "/partner/", "/impressum/", "/methoden/", "/intern/", document.url)
    assert [visitor.get(path).status_code for path in paths] == [200, 200, 200, 404, 404, 404]
    oracle = Oracle()
    for page in with_readers(Page.objects.all()):
        assert sorted(page.readers) == oracle.readers(page), page.title


def test_a_second_time_there_is_nothing_to_open(before):
    run(open=True)
    held = restrictions()
    assert "nicht mehr als vorher" in run(open=True)
    assert restrictions() == held


def test_what_is_for_some_groups_only_is_not_opened(before, knowledge, client_for):
    restriction = PageViewRestriction.objects.get(page=knowledge.folder)
    restriction.restriction_type = GROUPS
    restriction.save()
    restriction.groups.set([knowledge.group(role) for role in GROUP_NAMES])
    held = restrictions()
    with pytest.raises(CommandError, match="nur für einige Gruppen"):
        run(open=True)
    assert restrictions() == held
    assert read_by(client_for, knowledge, before) == set()


@pytest.mark.usefixtures("empty_portal")
def test_without_a_knowledge_base_it_says_so():
    with pytest.raises(CommandError, match="keine Wissensbasis"):
        run()
