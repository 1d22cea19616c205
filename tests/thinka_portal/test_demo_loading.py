"""The demo as it stands in the portal after loading. One load for the module: it takes several seconds."""

from collections.abc import Iterator

import pytest
from bs4 import BeautifulSoup
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.utils import timezone
from wagtail.images import get_image_model
from wagtail.models import Page, ReferenceIndex, Revision, Site

from home.models import AnlaufstellePage, EventPage, HomePage, InternalPage, Notice, OfferPage
from home.opening_hours import validate_exceptions, validate_intervals
from knowledge.models import MethodPage, PartnerPage
from sites.access.role_check import differences
from sites.models import PortalDocument, Traeger, User
from tests import world
from thinka_portal.demo import loader
from thinka_portal.demo.data import read
from thinka_portal.demo.dates import is_day_off

# The demo is loaded once for all of them.
pytestmark = [pytest.mark.xdist_group("demo"), pytest.mark.long]

TRAEGER = ("mitmenschen", "caritas", "kontakt-in-krisen")
# Words that only stand on the internal page of one Träger.
SECRETS = {"mitmenschen": "Pfefferminz", "caritas": "Suppenkelle", "kontakt-in-krisen": "Lavendel"}


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker):
    """The loaded demo; everything is rolled back after the module."""
    with django_db_blocker.unblock(), transaction.atomic():
        world.clear()
        cache.clear()
        assert loader.load_demo()
        yield
        transaction.set_rollback(True)
    cache.clear()


@pytest.fixture(autouse=True)
def _demo_in_use(demo, db):
    """Every test sees the demo and leaves it as it was."""


@pytest.fixture
def demo_accounts_work(settings):
    settings.PORTAL_DEMO = True


def browse(email: str | None, host: str) -> Client:
    client = Client(headers={"host": f"{host}:{Site.objects.get(hostname=host).port}"})
    if email:
        client.force_login(User.objects.get(email=email), backend="sites.accounts.backend.PortalBackend")
    return client


def pages_of(slug: str):
    traeger = Traeger.objects.get(slug=slug)
    return Page.objects.live().descendant_of(traeger.folder).specific()


def failures(client: Client, pages, expected: set[int]) -> list:
    found = [(page.url_path, client.get(page.get_url_parts()[2]).status_code) for page in pages]
    return [(path, status) for path, status in found if status not in expected]


def test_a_second_load_changes_nothing():
    page = HomePage.objects.get(slug="caritas-start")
    Page.objects.filter(pk=page.pk).update(title="Von Hand geändert")
    counts = [model.objects.count() for model in (Page, Revision, User, PortalDocument)]

    assert loader.load_demo() is False
    assert [model.objects.count() for model in (Page, Revision, User, PortalDocument)] == counts
    assert Page.objects.get(pk=page.pk).title == "Von Hand geändert"


def test_the_tree_is_sound():
    assert Page.find_problems() == ([], [], [], [], [])
    assert not Page.objects.filter(depth__gt=1, live=False).exists()
    assert not Page.objects.filter(has_unpublished_changes=True).exists()


@pytest.mark.parametrize("slug", TRAEGER)
def test_each_traeger_has_enough_pages(slug):
    german = pages_of(slug).filter(locale__language_code="de")
    assert german.count() >= 20


def test_groups_rights_and_workflows_are_as_the_roles_say():
    assert differences() == []


def test_there_is_enough_knowledge():
    assert MethodPage.objects.live().count() >= 14
    assert PartnerPage.objects.live().count() >= 16


@pytest.mark.usefixtures("demo_accounts_work")
def test_readers_have_reported_something_to_those_who_look_after_it():
    assert len(Notice.objects.open()) > len(Notice.objects.exclude(answered_at=None)) > 0
    assert not Notice.objects.filter(told=False).exists()
    client = browse("redaktion@caritas.example", "caritas.localhost")
    (notice,) = client.get("/admin/meldungen/").context["object_list"]
    assert notice.page.title == "Anlaufstelle Roter Berg"
    assert "1 Meldung" in " ".join(client.get(notice.page.get_url()).content.decode().split())


def test_all_files_of_a_page_belong_to_its_traeger():
    files = ContentType.objects.get_for_models(PortalDocument, get_image_model())
    pages = ContentType.objects.get_for_model(Page)
    used, wrong = 0, []
    for model, kind in files.items():
        for row in ReferenceIndex.objects.filter(to_content_type=kind, base_content_type=pages):
            page, file = Page.objects.get(pk=row.object_id), model.objects.get(pk=row.to_object_id)
            used += 1
            if not file.collection.path.startswith(Traeger.objects.for_page(page).collection.path):
                wrong.append((page.url_path, file.title, file.collection.path))
    assert used > 50
    assert wrong == []


def _part_below(heading) -> Iterator:
    """Yield what stands below a heading, up to the next one of its kind beside it."""
    wrappers = ("tp-section__head", "tp-block--heading")
    wrapped = heading.parent.name == "div" and not {*wrappers}.isdisjoint(heading.parent.get("class", []))
    for each in (heading.parent if wrapped else heading).next_siblings:
        if each.name in ("h1", "h2", heading.name) or (
            each.name == "div" and each.find("h2", recursive=False)
        ):
            return
        yield each


def empty_parts(html: bytes) -> list[str]:
    """Return the headings of a page with nothing below them, and its lists without an item."""
    main = BeautifulSoup(html, "html.parser").main
    found = [str(each) for each in main.select("ul, ol, dl") if not each.find(["li", "dt"])]
    for heading in main.find_all(["h2", "h3"]):
        part = BeautifulSoup("".join(map(str, _part_below(heading))), "html.parser")
        if not part.text.strip() and not part.find(["img", "audio", "video"]):
            found.append(str(heading))
    return found


def test_what_is_empty_is_found():
    html = (
        b"<main><h2>B</h2><h2>C</h2><h3>c</h3><p>c</p><article><h2>E</h2></article><h3>d</h3><ul></ul></main>"
    )
    assert empty_parts(html) == ["<ul></ul>", "<h2>B</h2>", "<h2>E</h2>", "<h3>d</h3>"]


@pytest.mark.usefixtures("demo_accounts_work")
@pytest.mark.parametrize("slug", ["koordinierungsstelle", "wissen", *TRAEGER])
def test_no_page_has_an_empty_heading_or_list(slug):
    domain = read(slug)["traeger"].get("email_domain") if slug in TRAEGER else None
    client = browse(
        f"lotse@{domain}" if domain else "koordination@thinka.example",
        Traeger.objects.get(slug=slug).site.hostname,
    )
    found = {}
    for page in pages_of(slug):
        response = client.get(page.get_url_parts()[2])
        assert response.status_code == 200, page.url_path
        if parts := empty_parts(response.content):
            found[page.url_path] = parts
    assert found == {}


@pytest.mark.parametrize("slug", ["koordinierungsstelle", *TRAEGER])
def test_everybody_can_read_every_public_page(slug):
    host = Traeger.objects.get(slug=slug).site.hostname
    public = [page for page in pages_of(slug) if not isinstance(page, InternalPage)]

    assert failures(browse(None, host), public, {200}) == []


@pytest.mark.usefixtures("demo_accounts_work")
@pytest.mark.parametrize("slug", TRAEGER)
def test_internal_pages_are_for_the_own_people(slug):
    host = Traeger.objects.get(slug=slug).site.hostname
    domain = read(slug)["traeger"]["email_domain"]
    internal = [page for page in pages_of(slug) if isinstance(page, InternalPage)]
    assert internal
    path = internal[0].get_url_parts()[2]

    own = browse(f"lotse@{domain}", host).get(path)
    assert own.status_code == 200
    assert SECRETS[slug] in own.content.decode()
    for other in TRAEGER:
        if other != slug:
            stranger = browse(f"leitung@{read(other)['traeger']['email_domain']}", host)
            assert failures(stranger, internal, {302, 403, 404}) == []
    assert failures(browse(None, host), internal, {302, 404}) == []


@pytest.mark.usefixtures("demo_accounts_work")
def test_of_the_knowledge_base_visitors_read_the_partners():
    host = Traeger.objects.get(slug="wissen").site.hostname
    pages = [page for page in pages_of("wissen") if not isinstance(page, InternalPage)]
    for_staff = [page for page in pages if "/methoden/" in page.url_path or page.slug == "so-schreiben-wir"]
    public = [page for page in pages if page not in for_staff]

    assert failures(browse("lotse@caritas.example", host), pages, {200}) == []
    assert failures(browse("stadt@erfurt.example", host), pages[:3], {200}) == []
    assert len(for_staff) > 15 < len(public)
    assert failures(browse(None, host), for_staff, {404}) == []
    assert failures(browse(None, host), public, {200}) == []


@pytest.mark.usefixtures("demo_accounts_work")
def test_a_case_worker_finds_methods_and_partners():
    host = Traeger.objects.get(slug="wissen").site.hostname
    searched = {"q": "Schuldnerberatung"}
    # By address: the words of the title are marked in the results.
    partner, method = "beispiel-schuldnerberatung-nord", "briefe-sortieren"

    found = browse("lotse@mitmenschen.example", host).get("/suche/", searched).content.decode()
    assert partner in found
    assert method in found
    of_visitors = browse(None, "localhost").get("/suche/", searched).content.decode()
    assert partner in of_visitors
    assert method not in of_visitors


@pytest.mark.parametrize("slug", TRAEGER)
def test_past_events_are_not_listed_and_coming_ones_are(slug):
    host = Traeger.objects.get(slug=slug).site.hostname
    events = [page for page in pages_of(slug) if isinstance(page, EventPage)]
    past = [page for page in events if page.next_occurrence is None]
    assert past
    page = browse(None, host).get("/termine/").content.decode()

    for event in events:
        assert (f'href="{event.get_url_parts()[2]}"' in page) == (event not in past), event.title
    # What repeats without an end keeps the list filled for as long as the demo runs.
    assert any(event.recurrence.is_open_ended for event in events)
    assert max(event.start for event in past) < timezone.now()


def test_what_an_editor_could_not_save_is_not_there():
    for page in Page.objects.filter(depth__gt=2).specific():
        page.full_clean()
        page.body.stream_block.clean(page.body)
        if isinstance(page, EventPage):
            assert page.recurrence.validate() == []
            taking_place = page.next_taking_place
            assert not taking_place or not is_day_off(timezone.localdate(taking_place.start))
        if isinstance(page, AnlaufstellePage):
            assert validate_intervals([row.as_interval() for row in page.intervals.all()]) == []
            assert validate_exceptions([row.as_period() for row in page.exceptions.all()]) == []


def test_every_picture_has_a_text_alternative():
    assert get_image_model().objects.exists()
    assert not get_image_model().objects.filter(description="").exists()
    for page in Page.objects.filter(depth__gt=2).specific():
        assert not page.picture_id or page.picture_alt
        assert (
            not page.picture_id
            or page.picture.collection == page.get_ancestors()[1].specific.traeger.collection
        )


def test_the_start_pages_exist_in_english():
    for site in Site.objects.all():
        english = site.root_page.get_translation_or_none(
            site.root_page.locale.__class__.objects.get(language_code="en")
        )
        assert english.live
        assert english.specific.claim != site.root_page.specific.claim


def test_english_pages_point_to_english_things():
    offer = OfferPage.objects.get(slug="first-aid-for-debt")

    assert [topic.name for topic in offer.topics.all()] == ["Debt"]
    assert offer.anlaufstelle.title == "Roter Berg office"
    assert offer.anlaufstelle.sozialraum.locale.language_code == "en"


@pytest.mark.parametrize("email", ["admin@thinka.example", "redaktion@caritas.example"])
def test_accounts_log_in_only_in_a_demo(email, settings):
    settings.PORTAL_DEMO = True
    assert Client().login(username=email, password="thinka-demo")
    settings.PORTAL_DEMO = False
    assert not Client().login(username=email, password="thinka-demo")
