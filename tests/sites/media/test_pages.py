"""Pictures and documents are as public as the pages that show them, from the moment on that it is decided."""

from functools import partial

import pytest
from django.urls import reverse
from wagtail.models import Page, PageViewRestriction
from wagtail.test.utils.form_data import nested_form_data

from home.models import ContentPage
from sites.access.roles import FREIGABE, LEITUNG
from sites.models import Branding, PortalDocument, PortalImage
from sites.rls.identity import SITE
from tests.factories import ContentPageFactory, DocumentFactory, ImageFactory, InternalPageFactory
from tests.factories.media import show
from tests.sites.grants.granting import grant
from tests.sites.media.test_placing import addresses, files
from tests.web_role import web_process


@pytest.fixture(autouse=True)
def _folders(settings, tmp_path):
    settings.MEDIA_ROOT, settings.PRIVATE_MEDIA_ROOT = tmp_path / "media", tmp_path / "private"
    settings.MEDIA_ROOT.mkdir()


def page_with(picture, **kwargs) -> ContentPage:
    """Return a page that shows `picture`, as Wagtail itself notes it."""
    page = ContentPageFactory(**kwargs)
    page.picture, page.picture_alt = picture, "Ein Rechteck"
    revision = page.save_revision()
    if page.live:
        revision.publish()
    else:
        page.save()
    return ContentPage.objects.get(pk=page.pk)


def unpublish(page, client, internal):
    assert client.post(reverse("wagtailadmin_pages:unpublish", args=[page.pk])).status_code == 302


def restrict(kind, page, client, internal):
    heads = page.get_parent().get_parent().specific.traeger.group(LEITUNG)
    answer = client.post(
        reverse("wagtailadmin_pages:set_privacy", args=[page.pk]),
        {"restriction_type": kind, "groups": [heads.pk]},
    )
    assert answer.json()["step"] == "set_privacy_done"


def move(page, client, internal):
    answer = client.post(reverse("wagtailadmin_pages:move_confirm", args=[page.pk, internal.pk]))
    assert answer.status_code == 302


def delete(page, client, internal):
    assert client.post(reverse("wagtailadmin_pages:delete", args=[page.pk])).status_code == 302


def publish_without(page, client, internal):
    page.picture = None
    page.save_revision().publish()


# In every way in which a page stops to show a picture to everybody.
CLOSING = {
    "withdrawn": unpublish,
    "for staff": partial(restrict, "login"),
    "for heads": partial(restrict, "groups"),
    "moved": move,
    "deleted": delete,
    "published without": publish_without,
}


@pytest.mark.parametrize("way", CLOSING)
def test_the_public_file_is_gone_in_the_same_request(
    way, settings, traeger_a, person, client_for, django_capture_on_commit_callbacks
):
    home = traeger_a.site.root_page
    internal = ContentPageFactory(parent=home)
    PageViewRestriction.objects.create(page=internal, restriction_type=PageViewRestriction.LOGIN)
    picture = ImageFactory(traeger=traeger_a)
    page = page_with(picture, parent=home)
    public = addresses(picture)
    assert all(address.startswith("/media/images/") for address in public)
    user = person(FREIGABE, traeger_a)
    with django_capture_on_commit_callbacks() as callbacks:
        CLOSING[way](page, client_for(user, traeger_a), internal)
    # The transaction ends within the request: what follows it is done behind RLS, too.
    with web_process(user, traeger_a):
        for callback in callbacks:
            callback()
    assert files(settings.MEDIA_ROOT) == []
    anonymous = client_for(None, traeger_a)
    private = addresses(picture)
    assert [anonymous.get(address).status_code for address in private] == [404] * len(private)


def test_a_published_page_makes_its_picture_public(
    settings, traeger_a, person, client_for, django_capture_on_commit_callbacks
):
    picture = ImageFactory(traeger=traeger_a)
    page = page_with(picture, parent=traeger_a.site.root_page, draft=True)
    private, visitor = addresses(picture), client_for(None, traeger_a)
    assert [visitor.get(address).status_code for address in private] == [404] * len(private)
    with django_capture_on_commit_callbacks(execute=True):
        page.get_latest_revision().publish()
    public = addresses(picture)
    assert all(address.startswith("/media/images/") for address in public)
    assert len(files(settings.MEDIA_ROOT)) == len(public)


def test_as_long_as_one_public_page_shows_it_a_picture_stays_public(
    settings, traeger_a, django_capture_on_commit_callbacks
):
    picture, home = ImageFactory(traeger=traeger_a), traeger_a.site.root_page
    pages = [page_with(picture, parent=home) for _number in range(2)]
    public = addresses(picture)
    with django_capture_on_commit_callbacks(execute=True):
        pages[0].unpublish()
    assert addresses(picture) == public
    with django_capture_on_commit_callbacks(execute=True):
        pages[1].unpublish()
    assert files(settings.MEDIA_ROOT) == []


@pytest.mark.parametrize("area", ["admin", SITE])
def test_a_guest_closes_what_they_then_see_no_longer(
    area, settings, traeger_a, person, coordination, django_capture_on_commit_callbacks
):
    """The files are the host's; that a public size goes must not depend on who withdraws the page."""
    picture = ImageFactory(traeger=traeger_a)
    page = page_with(picture, parent=traeger_a.site.root_page)
    addresses(picture)
    guest = person("redaktion", coordination)
    grant(guest, page.page_ptr, "publish")
    page.picture = None
    with django_capture_on_commit_callbacks() as callbacks:
        page.save_revision().publish()
    with web_process(guest, coordination, area):
        assert not PortalImage.objects.filter(pk=picture.pk).exists()
        for callback in callbacks:
            callback()
    assert files(settings.MEDIA_ROOT) == []


def test_a_logo_of_ones_own_is_public_until_it_is_replaced(
    settings, traeger_a, django_capture_on_commit_callbacks
):
    logo = ImageFactory(traeger=traeger_a)
    branding = Branding.objects.get(site=traeger_a.site)
    branding.logo = logo
    branding.save()
    assert all(address.startswith("/media/images/") for address in addresses(logo))
    branding.logo = None
    with django_capture_on_commit_callbacks(execute=True):
        branding.save()
    assert files(settings.MEDIA_ROOT) == []


def test_what_is_only_lent_never_lies_in_the_public_folder(
    settings, traeger_a, traeger_b, person, client_for
):
    """A grant ends by itself; no process would be there to delete the file."""
    picture = ImageFactory(traeger=traeger_a, shown=traeger_b.site.root_page)
    grant(person("redaktion", traeger_b), picture, "view")
    lent = addresses(picture)
    assert files(settings.MEDIA_ROOT) == []
    visitor = client_for(None, traeger_b)
    assert [visitor.get(address).status_code for address in lent] == [200] * len(lent)


DOCUMENTS = {
    # who: on a public page, on an internal one, on a draft, on no page, on a page of another Träger
    "visitor": (200, 404, 404, 404, 404),
    "lesen a": (200, 200, 404, 404, 404),
    "redaktion a": (200, 200, 200, 200, 200),
    "leitung b": (200, 404, 404, 404, 404),
    "guest": (200, 404, 200, 404, 404),
}


@pytest.mark.parametrize("who", DOCUMENTS)
def test_who_opens_a_document_in_an_open_collection(
    who, traeger_a, traeger_b, person, coordination, client_for
):
    home = traeger_a.site.root_page
    internal, draft = InternalPageFactory(parent=home), ContentPageFactory(parent=home, draft=True)
    documents = [DocumentFactory(traeger=traeger_a) for _number in range(5)]
    for document, page in zip(
        documents, (home, internal, draft, None, traeger_b.site.root_page), strict=True
    ):
        if page:
            show(document, page)
    user = {
        "visitor": lambda: None,
        "lesen a": lambda: person("lesen", traeger_a),
        "redaktion a": lambda: person("redaktion", traeger_a),
        "leitung b": lambda: person("leitung", traeger_b),
        "guest": lambda: person("redaktion", coordination),
    }[who]()
    if who == "guest":
        grant(user, draft.page_ptr, "change")
    client = client_for(user, traeger_a)
    assert tuple(client.get(document.url).status_code for document in documents) == DOCUMENTS[who]
    with web_process(user, traeger_a, SITE):
        seen = set(PortalDocument.objects.values_list("pk", flat=True))
    rows = [document.pk in seen for document in documents]
    assert rows == [status == 200 for status in DOCUMENTS[who]] or who == "redaktion a"


def test_a_form_names_no_picture_that_its_author_does_not_see(traeger_a, traeger_b, person, client_for):
    """Otherwise a page of one's own would open what others keep."""
    picture = ImageFactory(traeger=traeger_a)
    page = ContentPageFactory(parent=traeger_b.site.root_page)
    client = client_for(person("leitung", traeger_b), traeger_b)
    form = nested_form_data(
        {"title": page.title, "slug": page.slug, "picture": picture.pk, "action-publish": "1"}
    )
    client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), form)
    assert Page.objects.get(pk=page.pk).specific.picture_id is None
    assert client_for(None, traeger_b).get(picture.file.url).status_code == 404
