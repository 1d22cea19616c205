"""People delete what is theirs, also where somebody uses it whose things they don't see."""

from functools import partial

import pytest
from django.db import connection
from django.db.models import CASCADE, PROTECT, SET_NULL
from django.urls import reverse

from home.models import EventIndexPage, NewsIndexPage, OfferIndexPage
from home.models.anlaufstelle import AnlaufstelleIndexPage
from knowledge.models import MethodAttachment, MethodIndexPage, PartnerIndexPage
from sites.access.roles import FREIGABE, LEITUNG, LESEN, REDAKTION
from sites.models import Branding, PageUserGrant, PortalDocument, PortalImage
from sites.rls.foreign_keys import foreign_keys
from sites.rls.install import fingerprint
from tests.factories import (
    AnlaufstellePageFactory,
    ContentPageFactory,
    DocumentFactory,
    EventPageFactory,
    ImageFactory,
    MethodPageFactory,
    NewsPageFactory,
    OfferPageFactory,
    PartnerPageFactory,
)
from tests.factories.bodies import full_body
from tests.sites.grants.granting import grant
from tests.web_role import web_process
from tests.world import list_page


def post(client, name: str, *args) -> None:
    """Send the form of an address, to the end of its transaction: only there foreign keys are checked."""
    assert client.post(reverse(name, args=args)).status_code == 302
    connection.check_constraints()


def post_several(client, kind: str, files) -> None:
    ids = "&".join(f"id={file.pk}" for file in files)
    address = reverse("wagtail_bulk_action", args=["thinka_sites", kind, "delete"])
    assert client.post(f"{address}?{ids}&next=/admin/").status_code == 302
    connection.check_constraints()


def assert_opens(page, traeger, person, client_for) -> None:
    """Readers of `traeger` see the page without a picture, and editors can change and save it."""
    answer = client_for(person(LESEN, traeger), traeger).get(page.url)
    assert answer.status_code == 200
    assert page.title in answer.content.decode()
    assert "<img" not in answer.content.decode()
    editor = client_for(person(REDAKTION, traeger), traeger)
    assert editor.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code == 200
    with web_process(person(REDAKTION, traeger), traeger):
        type(page).objects.get(pk=page.pk).get_latest_revision_as_object().save_revision()


@pytest.fixture
def head(person, traeger_a, client_for):
    """The browser of the head of Träger A."""
    return client_for(person(LEITUNG, traeger_a), traeger_a)


@pytest.fixture
def using(traeger_b):
    """An internal page of Träger B with a picture, which its published text and its draft name."""

    def make(picture):
        parent = list_page(traeger_b, NewsIndexPage)
        return NewsPageFactory(
            parent=parent, picture=picture, picture_alt="Bild", social_image=picture, internal=True
        )

    return make


DELETE_PICTURES = {
    "one": lambda client, pictures: [post(client, "wagtailimages:delete", each.pk) for each in pictures],
    "several": lambda client, pictures: post_several(client, "portalimage", pictures),
}


@pytest.mark.parametrize("way", DELETE_PICTURES)
def test_a_picture_on_a_hidden_page(way, head, using, traeger_a, traeger_b, person, client_for):
    pictures = ImageFactory.create_batch(2, traeger=traeger_a)
    pages = [using(picture) for picture in pictures]
    for picture in pictures:
        grant(person(REDAKTION, traeger_b), picture, "view")
    reader = client_for(person(LESEN, traeger_b), traeger_b)
    assert "<img" in reader.get(pages[0].url).content.decode()
    DELETE_PICTURES[way](head, pictures)
    assert not PortalImage.objects.exists()
    for page in pages:
        page.refresh_from_db()
        assert (page.picture_id, page.social_image_id) == (None, None)
        assert_opens(page, traeger_b, person, client_for)


def test_a_picture_of_a_person_and_a_logo(head, traeger_a, traeger_b, person):
    picture = ImageFactory(traeger=traeger_a)
    colleague = person(LESEN, traeger_b, photo=picture)
    Branding.objects.filter(site=traeger_b.site).update(logo=picture)
    post(head, "wagtailimages:delete", picture.pk)
    colleague.refresh_from_db()
    assert colleague.photo_id is None
    assert Branding.objects.get(site=traeger_b.site).logo_id is None


def test_what_editors_delete_although_only_heads_end_its_grants(traeger_a, traeger_b, person, client_for):
    picture, document = ImageFactory(traeger=traeger_a), DocumentFactory(traeger=traeger_a)
    page = NewsPageFactory(parent=list_page(traeger_a, NewsIndexPage))
    for thing in (picture, document, page.page_ptr):
        grant(person(LESEN, traeger_b), thing, "view")
        grant(traeger_b.group(LEITUNG), thing, "view")
    client = client_for(person(FREIGABE, traeger_a), traeger_a)
    post(client, "wagtailimages:delete", picture.pk)
    post(client, "wagtaildocs:delete", document.pk)
    post(client, "wagtailadmin_pages:delete", page.pk)
    assert not PageUserGrant.objects.exists()


def test_a_document_on_a_hidden_page(head, traeger_a, knowledge, person, client_for):
    document = DocumentFactory(traeger=traeger_a)
    page = MethodPageFactory(
        parent=list_page(knowledge, MethodIndexPage),
        internal=True,
        attachments=[MethodAttachment(document=document)],
    )
    post(head, "wagtaildocs:delete", document.pk)
    assert not PortalDocument.objects.exists()
    assert not page.attachments.exists()
    assert_opens(page, knowledge, person, client_for)


def test_a_hidden_page_with_blocks_about_all_of_it(head, traeger_a, traeger_b, knowledge, person, client_for):
    teaser = NewsPageFactory(parent=list_page(traeger_a, NewsIndexPage))
    office = AnlaufstellePageFactory(parent=list_page(traeger_a, AnlaufstelleIndexPage))
    partner = PartnerPageFactory(parent=list_page(knowledge, PartnerIndexPage))
    body = full_body(traeger_a, teaser, office, [partner])
    page = ContentPageFactory(parent=traeger_b.site.root_page, body=body, internal=True)
    for picture in PortalImage.objects.all():
        post(head, "wagtailimages:delete", picture.pk)
    for document in PortalDocument.objects.all():
        post(head, "wagtaildocs:delete", document.pk)
    partner.delete()
    for each in (teaser, office):
        post(head, "wagtailadmin_pages:delete", each.pk)
    assert_opens(page, traeger_b, person, client_for)


@pytest.mark.parametrize(
    ("index", "factory"),
    [(EventIndexPage, EventPageFactory), (OfferIndexPage, OfferPageFactory)],
    ids=["event", "offer"],
)
def test_a_page_that_a_hidden_page_names(index, factory, head, traeger_a, traeger_b, person, client_for):
    place = AnlaufstellePageFactory(parent=list_page(traeger_a, AnlaufstelleIndexPage))
    page = factory(parent=list_page(traeger_b, index), anlaufstelle=place, internal=True)
    Branding.objects.filter(site=traeger_b.site).update(imprint_page=place.pk)
    post(head, "wagtailadmin_pages:delete", place.pk)
    page.refresh_from_db()
    assert page.anlaufstelle_id is None
    assert Branding.objects.get(site=traeger_b.site).imprint_page_id is None
    assert_opens(page, traeger_b, person, client_for)


# Nobody is kept from deleting by what they do not see: its own people see a Träger, texts for translation are
# seen by whoever works on the page. Languages are deleted by administrators.
PROTECTING = {
    *("thinka_sites_traeger.folder_id", "thinka_sites_traeger.site_id", "thinka_sites_traeger.collection_id"),
    *(
        f"wagtail_localize_{kind}segment.context_id"
        for kind in ("overridable", "relatedobject", "string", "template")
    ),
    *("wagtailcore_page.locale_id", "home_topic.locale_id", "home_targetgroup.locale_id"),
    *("home_sozialraum.locale_id", "home_formofsupport.locale_id"),
}
# What becomes of the pages of a type that is gone: nobody deletes types in a web process.
COMPUTED = {"wagtailcore_page.content_type_id"}


def named(*, by) -> set[str]:
    """Return the columns that point to guarded tables and do when that is deleted what `by` says yes to."""
    return {
        f"{field.model._meta.db_table}.{field.column}"
        for fields in foreign_keys().values()
        for field in fields
        if by(field.remote_field.on_delete)
    }


def test_of_every_pointer_it_is_known_what_becomes_of_it():
    assert named(by=lambda on_delete: on_delete is PROTECT) == PROTECTING
    assert named(by=lambda on_delete: on_delete not in (CASCADE, SET_NULL, PROTECT)) == COMPUTED


def test_every_pointer_has_an_index(db):
    """What points to something is looked for at each deletion."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT indrelid::regclass::text || '.' || attname FROM pg_index"
            " JOIN pg_attribute ON attrelid = indrelid AND attnum = indkey[0] WHERE indpred IS NULL"
        )
        indexed = {name for (name,) in cursor.fetchall()}
    assert named(by=lambda on_delete: True) <= indexed


def test_another_pointer_makes_another_wall(monkeypatch):
    before, fewer = fingerprint(), dict(foreign_keys())
    fewer["thinka_sites_portalimage"] = fewer["thinka_sites_portalimage"][1:]
    monkeypatch.setattr("sites.rls.foreign_keys.foreign_keys", partial(dict, fewer))
    assert fingerprint() != before
