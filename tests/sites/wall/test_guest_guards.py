# ruff: noqa: E501 - a try is easier to read on one line
"""A web process in the wrong hands, with the principals of a guest: what a grant never opens."""

import pytest
from django.db import DatabaseError, connection, transaction
from psycopg.errors import InsufficientPrivilege
from wagtail.models import Page

from sites.roles import LEITUNG
from tests.checksums import state
from tests.factories import ContentPageFactory, DocumentFactory, ImageFactory
from tests.sites.granting import grant
from tests.web_role import web_process

# What the guest may do with the same things, so that the tries are refused for the right reason.
ALLOWED = {
    "another title": "UPDATE wagtailcore_page SET title = 'X' WHERE id = {page}",
    "other text": "UPDATE home_contentpage SET summary = 'X' WHERE page_ptr_id = {page}",
    "an address that is free": "UPDATE wagtailcore_page SET slug = 'frei', url_path = '{above}frei/' WHERE id = {page}",
    "a picture's title": "UPDATE thinka_sites_portalimage SET title = 'X' WHERE id = {image}",
    "a document's title": "UPDATE thinka_sites_portaldocument SET title = 'X' WHERE id = {document}",
    "what the search knows of the picture": "UPDATE wagtailsearch_indexentry SET title_text = 'X' WHERE object_id = '{image}' AND content_type_id = {image_type}",
}
REFUSED = {
    "the address of the page beside": "UPDATE wagtailcore_page SET slug = 'daneben', url_path = '{above}daneben/' WHERE id = {page}",
    "an address elsewhere": "UPDATE wagtailcore_page SET url_path = '/anderswo/' WHERE id = {page}",
    "another place": "UPDATE wagtailcore_page SET path = '{my_path}9999' WHERE id = {page}",
    "another depth": "UPDATE wagtailcore_page SET depth = 2 WHERE id = {page}",
    "what the page is": "UPDATE wagtailcore_page SET content_type_id = content_type_id + 1 WHERE id = {page}",
    "what the page translates": "UPDATE wagtailcore_page SET translation_key = '{beside_key}' WHERE id = {my_page}",
    "a translation of what is not one's own": "UPDATE wagtailcore_page SET translation_key = gen_random_uuid() WHERE id = {page}",
    "its language": "UPDATE wagtailcore_page SET locale_id = locale_id + 1 WHERE id = {page}",
    "an alias of what is granted": "UPDATE wagtailcore_page SET alias_of_id = {page} WHERE id = {my_page}",
    "an owner who is hidden": "UPDATE wagtailcore_page SET owner_id = {stranger} WHERE id = {page}",
    "the page": "DELETE FROM wagtailcore_page WHERE id = {page}",
    "its text": "DELETE FROM home_contentpage WHERE page_ptr_id = {page}",
    "its drafts": "DELETE FROM wagtailcore_revision WHERE object_id = '{page}'",
    "the picture, to oneself": "UPDATE thinka_sites_portalimage SET collection_id = {my_collection} WHERE id = {image}",
    "the document, to oneself": "UPDATE thinka_sites_portaldocument SET collection_id = {my_collection} WHERE id = {document}",
    "the picture itself": "DELETE FROM thinka_sites_portalimage WHERE id = {image}",
    "history in another's name": "INSERT INTO wagtailcore_pagelogentry (page_id, user_id, label, action, data, timestamp, content_changed, deleted) VALUES ({page}, {stranger}, 'X', 'x', '{{}}', now(), false, false)",
    "a comment in another's name": "INSERT INTO wagtailcore_comment (page_id, user_id, text, contentpath, position, created_at, updated_at) VALUES ({page}, {stranger}, 'X', 'title', '', now(), now())",
}


@pytest.fixture
def attempt(traeger_a, traeger_b, person):
    """`attempt(sql)` → the number of rows that it changed, or the error."""
    above = ContentPageFactory(parent=traeger_a.site.root_page, title="Darüber")
    ContentPageFactory(parent=above, title="Daneben", slug="daneben")
    page = ContentPageFactory(parent=above, title="Freigegeben")
    mine = ContentPageFactory(parent=traeger_b.site.root_page)
    image, document = ImageFactory(traeger=traeger_a), DocumentFactory(traeger=traeger_a)
    guest = person(LEITUNG, traeger_b)
    for each, action in ((page, "publish"), (image, "change"), (document, "change")):
        grant(guest, each, action)
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM django_content_type WHERE model = 'portalimage'")
        image_type = cursor.fetchone()[0]
    ids = {
        "page": page.pk,
        "above": above.url_path,
        "beside_key": Page.objects.get(slug="daneben").translation_key,
        "my_page": mine.pk,
        "my_path": mine.path,
        "my_collection": traeger_b.collection_id,
        "image": image.pk,
        "image_type": image_type,
        "document": document.pk,
        "stranger": person(LEITUNG, traeger_a).pk,
    }

    def run(sql: str):
        with web_process(guest, traeger_b), connection.cursor() as cursor:
            try:
                with transaction.atomic():
                    cursor.execute(sql.format(**ids))
                    return cursor.rowcount
            except DatabaseError as error:
                return error.__cause__

    return run


@pytest.mark.parametrize("name", ALLOWED)
def test_what_a_grant_opens(name, attempt):
    assert attempt(ALLOWED[name]) == 1


@pytest.mark.parametrize("name", REFUSED)
def test_what_a_grant_never_opens(name, attempt):
    before = state()
    answer = attempt(REFUSED[name])
    assert answer == 0 or isinstance(answer, InsufficientPrivilege), repr(answer)
    assert state() == before
