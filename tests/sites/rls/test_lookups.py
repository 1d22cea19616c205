"""Look-ups by the beginning of a path: their SQL, what they find, and that an index serves them."""

import pytest
from django.db import connection
from django.db.models import Exists, OuterRef, Q
from wagtail.images import get_image_model
from wagtail.models import Collection, GroupPagePermission, Page

from home.models import ContentPage

# Characters that mean something to LIKE, and prefixes that must find exactly the paths that begin so.
PATHS = ["00010001%", "00010001%A", "00010001_", "00010001_A", "00010001\\", "00010001\\A", "00010001XA"]

QUERIES = {
    "pages": lambda: Page.objects.filter(path__startswith="00010001"),
    "pages of a type": lambda: ContentPage.objects.filter(path__startswith="00010001"),
    "excluded": lambda: Page.objects.exclude(path__startswith="00010001"),
    "below a page, as Wagtail asks": lambda: Page.objects.descendant_of(Page.get_first_root_node()),
    "below a page, as treebeard asks": lambda: Page.get_first_root_node().get_descendants(),
    "through a relation": lambda: GroupPagePermission.objects.filter(page__path__startswith="00010001"),
    "collections": lambda: Collection.objects.filter(path__startswith="00010001"),
    "images by collection": lambda: get_image_model().objects.filter(collection__path__startswith="0001"),
    "several prefixes": lambda: Page.objects.filter(Q(path__startswith="0001") | Q(path__startswith="0002")),
}


@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES)
def test_the_database_is_asked_with_a_leakproof_operator(db, query):
    sql = str(query().query)
    assert " ^@ " in sql
    assert "LIKE" not in sql


def test_other_fields_keep_their_look_up():
    assert "LIKE" in str(Page.objects.filter(title__startswith="A").query)


@pytest.fixture
def odd_paths(db):
    """Collections with `PATHS`; treebeard itself makes only paths of digits and letters."""
    root = Collection.get_first_root_node()
    Collection.objects.bulk_create(
        Collection(name=path, path=path, depth=root.depth + 1, numchild=0) for path in PATHS
    )


@pytest.mark.parametrize("prefix", PATHS)
def test_a_prefix_is_taken_literally(odd_paths, prefix):
    found = Collection.objects.filter(path__startswith=prefix).values_list("path", flat=True)
    assert sorted(found) == sorted(path for path in PATHS if path.startswith(prefix))


def test_a_prefix_may_be_the_path_of_another_row(world):
    below = Page.objects.filter(path__startswith=OuterRef("path"), depth__gt=OuterRef("depth"))
    leaves = set(Page.objects.filter(~Exists(below)).values_list("pk", flat=True))
    assert leaves == set(Page.objects.filter(numchild=0).values_list("pk", flat=True))


@pytest.fixture
def many_pages(world):
    """Some thousand pages below the start page of a Träger, without the triggers, which take their time."""
    home = world.traeger_a.site.root_page
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE wagtailcore_page DISABLE TRIGGER USER")
        Page.objects.bulk_create(
            Page(
                title=f"Seite {number}",
                slug=f"seite-{number}",
                path=f"{home.path}Z{number:07d}",
                depth=home.depth + 2,
                url_path=f"{home.url_path}seite-{number}/",
                content_type_id=home.content_type_id,
                locale_id=home.locale_id,
            )
            for number in range(4000)
        )
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE wagtailcore_page ENABLE TRIGGER USER")
        cursor.execute("ANALYZE wagtailcore_page")
    return home


def test_an_index_serves_the_look_up(many_pages):
    plan = Page.objects.filter(path__startswith=f"{many_pages.path}Z000012").explain()
    assert "Index" in plan, plan
    assert "Seq Scan" not in plan, plan


def test_an_index_serves_several_prefixes(many_pages):
    plan = Page.objects.filter(
        path__below=[f"{many_pages.path}{tail}" for tail in ("Z000012", "Z000034")]
    ).explain()
    assert "Index" in plan, plan
    assert "Seq Scan" not in plan, plan


@pytest.mark.parametrize("others", [0, 3, 3000])
def test_below_any_of_few_and_of_many_paths(world, others):
    folders = [traeger.folder.path for traeger in (world.traeger_a, world.traeger_b)]
    paths = [*folders, *(f"9{number:07d}" for number in range(others))]
    expected = {page.pk for page in Page.objects.all() if page.path.startswith(tuple(folders))}
    assert expected
    assert set(Page.objects.filter(path__below=paths).values_list("pk", flat=True)) == expected
    assert set(Page.objects.exclude(path__below=paths).values_list("pk", flat=True)).isdisjoint(expected)


def test_below_no_path_is_nothing(world):
    assert not Page.objects.filter(path__below=[]).exists()
