"""Somebody who holds many grants waits for no more queries than somebody who holds one."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import ContentPageFactory
from tests.sites.granting import grant

MANY = 25


@pytest.fixture
def foreign(traeger_b):
    return [
        ContentPageFactory(parent=traeger_b.site.root_page, title=f"Fremdes {number}")
        for number in range(MANY)
    ]


# What an editor opens, of the own Träger and of what was granted: name → address.
ADDRESSES = {
    "explorer, start page": lambda own, granted: reverse("wagtailadmin_explore", args=[own.get_parent().pk]),
    "explorer, root": lambda own, granted: reverse("wagtailadmin_explore_root"),
    "explorer, a granted page": lambda own, granted: reverse("wagtailadmin_explore", args=[granted.pk]),
    "edit": lambda own, granted: reverse("wagtailadmin_pages:edit", args=[own.pk]),
    "edit a granted page": lambda own, granted: reverse("wagtailadmin_pages:edit", args=[granted.pk]),
    "chooser": lambda own, granted: reverse("wagtailadmin_choose_page_child", args=[own.get_parent().pk]),
    "chooser, search": lambda own, granted: reverse("wagtailadmin_choose_page_search") + "?q=Eigenes",
}


@pytest.mark.parametrize("address", ADDRESSES.values(), ids=ADDRESSES)
def test_queries_do_not_grow_with_grants(address, foreign, traeger_a, person, client_for):
    own = ContentPageFactory(parent=traeger_a.site.root_page, title="Eigenes")
    editor = person("redaktion", traeger_a)
    client = client_for(editor, traeger_a)
    path = address(own, foreign[0])
    grant(editor, foreign[0], "change")
    counts = []
    for more in ([], foreign[1:]):
        for page in more:
            grant(editor, page, "change")
        assert client.get(path).status_code == 200
        with CaptureQueriesContext(connection) as captured:
            client.get(path)
        counts.append([query["sql"] for query in captured])
    few, many = counts
    assert len(many) == len(few), "\n".join(sql[:300] for sql in many if sql not in few)
