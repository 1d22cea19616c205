"""Somebody who holds thousands of grants waits for no more queries than somebody who holds one."""

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Page

from home.models import ContentPage
from sites.models import PageUserGrant
from tests.factories import ContentPageFactory, InternalPageFactory
from tests.sites.grants.granting import grant

pytestmark = pytest.mark.early

MANY = 2000

# What an editor opens, of the own Träger and of what was granted: name → address.
WORK = {
    "explorer, start page": lambda own, granted: reverse("wagtailadmin_explore", args=[own.get_parent().pk]),
    "explorer, root": lambda own, granted: reverse("wagtailadmin_explore_root"),
    "explorer, a granted page": lambda own, granted: reverse("wagtailadmin_explore", args=[granted.pk]),
    "edit": lambda own, granted: reverse("wagtailadmin_pages:edit", args=[own.pk]),
    "edit a granted page": lambda own, granted: reverse("wagtailadmin_pages:edit", args=[granted.pk]),
    "chooser": lambda own, granted: reverse("wagtailadmin_choose_page_child", args=[own.get_parent().pk]),
    "chooser, search": lambda own, granted: reverse("wagtailadmin_choose_page_search") + "?q=Eigenes",
    "search": lambda own, granted: reverse("wagtailadmin_pages:search") + "?q=Eigenes",
    "search, a granted page": lambda own, granted: reverse("wagtailadmin_pages:search") + "?q=Fremdes",
}
# What they read on the site of what was granted.
READING = {
    "a granted page": lambda granted: granted.get_url_parts()[2],
    "site search": lambda granted: "/suche/?q=Fremdes",
}


@pytest.fixture
def foreign(traeger_b):
    """An internal page of another Träger, below one that holds very many."""
    folder = InternalPageFactory(parent=traeger_b.site.root_page, title="Ordner")
    return ContentPageFactory(parent=folder, title="Fremdes")


def beside(page: ContentPage, number: int) -> list[Page]:
    """Write pages like `page` beside it, past Wagtail: thousands must not take minutes.

    They are not in the search index, so that each search finds the same.
    """
    parent = page.get_parent()
    pages = Page.objects.bulk_create(
        Page(
            title=f"Weiteres {each}",
            draft_title=f"Weiteres {each}",
            slug=f"weiteres-{each}",
            path=Page._get_path(parent.path, page.depth, each),
            depth=page.depth,
            url_path=f"{parent.url_path}weiteres-{each}/",
            live=True,
            locale_id=page.locale_id,
            content_type_id=page.content_type_id,
        )
        for each in range(2, number + 2)
    )
    Page.objects.filter(pk=parent.pk).update(numchild=number + 1)
    columns = ", ".join(field.column for field in ContentPage._meta.local_fields if not field.primary_key)
    table, key = ContentPage._meta.db_table, ContentPage._meta.pk.column
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({key}, {columns})"  # noqa: S608 - names of Django's own
            f" SELECT fresh, {columns} FROM {table}, unnest(%s) fresh WHERE {key} = %s",
            [[each.pk for each in pages], page.pk],
        )
    return pages


def grant_all(user, pages) -> None:
    permission = Permission.objects.get(content_type__app_label="wagtailcore", codename="change_page")
    PageUserGrant.objects.bulk_create(
        PageUserGrant(user=user, content_object_id=page.pk, permission=permission) for page in pages
    )


def test_queries_do_not_grow_with_grants(foreign, traeger_a, traeger_b, person, client_for):
    own = ContentPageFactory(parent=traeger_a.site.root_page, title="Eigenes")
    editor = person("redaktion", traeger_a)
    asked = {
        name: (client_for(editor, traeger_a), address(own, foreign)) for name, address in WORK.items()
    } | {name: (client_for(editor, traeger_b), address(foreign)) for name, address in READING.items()}

    def queries() -> dict[str, list[str]]:
        found = {}
        for name, (client, path) in asked.items():
            # The second visit: the first one fills what Wagtail keeps between requests.
            assert client.get(path).status_code == 200
            with CaptureQueriesContext(connection) as captured:
                assert "Fremdes" in client.get(path).content.decode() or "granted" not in name
            found[name] = [query["sql"] for query in captured]
        return found

    grant(editor, foreign, "change")
    few = queries()
    grant_all(editor, beside(foreign, MANY - 1))
    assert PageUserGrant.grants.in_force().filter(user=editor).count() == MANY
    many = queries()
    more = {name: [sql[:300] for sql in many[name] if sql not in few[name]] for name in asked}
    counts = {name: len(found) for name, found in few.items()}
    assert {name: len(found) for name, found in many.items()} == counts, more
