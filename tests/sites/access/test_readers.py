"""`sites.access` against the rule it stands for: Wagtail's own, asked page by page."""

from collections import Counter
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.contenttypes.models import ContentType
from django.db.models import prefetch_related_objects
from django.test import RequestFactory
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.actions.create_alias import CreatePageAliasAction
from wagtail.models import CollectionViewRestriction, Page, PageViewRestriction

from home.models import ContentPage
from sites.access.readers import may_open, may_read, principals, readable_by, with_readers
from sites.models import User
from tests.factories import (
    ContentPageFactory,
    DocumentFactory,
    ImageFactory,
    InternalPageFactory,
    UserFactory,
)
from tests.sites.grants.granting import grant

LOGIN, GROUPS = PageViewRestriction.LOGIN, PageViewRestriction.GROUPS

# A node: which earlier node it hangs below; of which it is an alias (None: of none); who may read it.
nodes = st.lists(
    st.tuples(
        st.integers(0, 30),
        st.none() | st.integers(0, 30),
        st.sampled_from([None, None, LOGIN, "a", "b", "ab", "nobody"]),
    ),
    min_size=1,
    max_size=8,
)


def restrict(page, who, traeger_a, traeger_b) -> None:
    """Restrict `page` to LOGIN, or to the Träger named by the letters of `who`."""
    if who == LOGIN:
        PageViewRestriction.objects.create(page=page, restriction_type=LOGIN)
    elif who:
        groups = {"a": traeger_a, "b": traeger_b}
        restriction = PageViewRestriction.objects.create(page=page, restriction_type=GROUPS)
        restriction.groups.set(groups[letter].group("lesen") for letter in who if letter in groups)


def plant(root, tree) -> list[Page]:
    """Write the pages of `tree` below `root`, past Wagtail: hundreds of trees must not take minutes."""
    pages, children = [root], Counter()
    for below, _source, _who in tree:
        parent = pages[below % len(pages)]
        children[parent.path] += 1
        path = Page._get_path(parent.path, parent.depth + 1, 500 + children[parent.path])
        pages.append(
            Page(
                title="knoten",
                slug=f"knoten-{len(pages)}",
                path=path,
                depth=parent.depth + 1,
                url_path=f"/{path}/",
                live=True,
                locale_id=root.locale_id,
                content_type=ContentType.objects.get_for_model(Page),
            )
        )
    Page.objects.bulk_create(pages[1:])
    for number, (_below, source, _who) in enumerate(tree, start=1):
        if source is not None and source % number:
            pages[number].alias_of = pages[source % number]
    Page.objects.bulk_update(pages[1:], ["alias_of"])
    return pages[1:]


def add_alias(source, parent, title):
    parent.refresh_from_db(fields=["numchild", "path", "depth"])
    return CreatePageAliasAction(source, parent=parent, update_slug=title).execute(
        skip_permission_checks=True
    )


def wagtail_says(restrictions, user) -> bool:
    request = RequestFactory().get("/")
    request.user = user
    return all(row.accept_request(request) for row in restrictions)


@pytest.mark.django_db
class TestAgainstWagtail:
    @pytest.fixture
    def people(self, traeger_a, traeger_b, person):
        users = [
            UserFactory(),
            person("lesen", traeger_a),
            person("lesen", traeger_b),
            UserFactory(admin=True),
        ]
        prefetch_related_objects(users, "groups")
        return [AnonymousUser(), *users]

    @settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(tree=nodes)
    def test_any_tree(self, tree, people, traeger_a, traeger_b):
        Page.objects.filter(title="knoten").update(alias_of=None)
        PageViewRestriction.objects.filter(page__title="knoten").delete()
        Page.objects.filter(title="knoten")._raw_delete("default")
        pages = plant(traeger_a.site.root_page, tree)
        for page, (_below, _source, who) in zip(pages, tree, strict=True):
            restrict(page, who, traeger_a, traeger_b)
        restrictions = {page: list(page.get_view_restrictions().prefetch_related("groups")) for page in pages}
        aliases = tuple(page.path for page in pages if page.alias_of_id)
        for user in people:
            expected = {page for page in pages if wagtail_says(restrictions[page], user)}
            readable = set(readable_by(Page.objects.filter(title="knoten"), user))
            # What shows another page follows also what stands above that one; Wagtail looks only at the page.
            assert readable <= expected
            assert {page for page in expected - readable if not page.path.startswith(aliases)} == set()
            assert {page for page in pages if may_read(page, user)} == readable


class TestReadableBy:
    def test_a_page_below_an_internal_one_is_internal(self, traeger_a, traeger_b, person):
        internal = InternalPageFactory(parent=traeger_a.site.root_page)
        below = InternalPageFactory(parent=internal)
        own, foreign = person("lesen", traeger_a), person("lesen", traeger_b)
        assert [may_read(below, user) for user in (own, foreign, AnonymousUser())] == [True, False, False]

    def test_page_types_other_than_page_can_be_narrowed(self, traeger_a):
        page = ContentPageFactory(parent=traeger_a.site.root_page, internal=True)
        assert page not in readable_by(ContentPage.objects.all(), AnonymousUser())

    def test_an_account_is_enough_where_it_is_asked_for(self, traeger_a):
        page = ContentPageFactory(parent=traeger_a.site.root_page)
        PageViewRestriction.objects.create(page=page, restriction_type=LOGIN)
        assert may_read(page, UserFactory())
        assert not may_read(page, AnonymousUser())

    def test_a_shared_password_that_is_left_over_opens_nothing(self, traeger_a):
        page = ContentPageFactory(parent=traeger_a.site.root_page)
        PageViewRestriction.objects.create(
            page=page, restriction_type=PageViewRestriction.PASSWORD, password="geheim"
        )
        assert not may_read(page, AnonymousUser())
        assert not may_read(page, UserFactory())

    def test_an_alias_of_an_alias_follows_its_source(self, traeger_a):
        home = traeger_a.site.root_page
        source = ContentPageFactory(parent=home)
        first = add_alias(source, home, "eins")
        second = add_alias(first, home, "zwei")
        restrict(source, "nobody", traeger_a, traeger_a)
        assert not may_read(second, AnonymousUser())

    def test_a_page_below_one_that_is_not_published(self, traeger_a):
        draft = ContentPageFactory(parent=traeger_a.site.root_page, draft=True)
        assert not may_read(ContentPageFactory(parent=draft), AnonymousUser())

    def test_queries(self, traeger_a, person, django_assert_num_queries):
        pages = [InternalPageFactory(parent=traeger_a.site.root_page) for _number in range(3)]
        for user, asked in ((AnonymousUser(), 0), (UserFactory(), 1), (person("lesen", traeger_a), 1)):
            with django_assert_num_queries(asked):
                principals(user)
            with django_assert_num_queries(1):
                found = with_readers(Page.objects.filter(pk__in=[page.pk for page in pages]))
                assert len({may_read(page, user) for page in found}) == 1


class TestMayOpen:
    """Files of which the start page of the site shows one; the other is on no page."""

    @pytest.fixture(params=[ImageFactory, DocumentFactory])
    def file_in(self, request):
        return lambda collection, shown=True: request.param(collection=collection, shown=shown)

    def test_a_collection_for_groups_opens_all_its_files(self, file_in, traeger_a, traeger_b, person):
        for shown in (True, False):
            file = file_in(traeger_a.collection.get_children().get(), shown)
            assert may_open(file, person("lesen", traeger_a))
            assert not may_open(file, person("lesen", traeger_b))
            assert not may_open(file, AnonymousUser())
            assert may_open(file, UserFactory(admin=True))

    def test_an_open_collection_opens_what_pages_show(self, file_in, traeger_a, person):
        shown, other = (file_in(traeger_a.collection, each) for each in (True, False))
        for user in (AnonymousUser(), UserFactory(), person("lesen", traeger_a)):
            assert (may_open(shown, user), may_open(other, user)) == (True, False)
        for user in (person("redaktion", traeger_a), UserFactory(admin=True)):
            assert may_open(shown, user)
            assert may_open(other, user)

    def test_what_an_internal_page_shows_is_internal(self, file_in, traeger_a, traeger_b, person):
        file = file_in(traeger_a.collection, InternalPageFactory(parent=traeger_a.site.root_page))
        assert may_open(file, person("lesen", traeger_a))
        assert not may_open(file, person("lesen", traeger_b))
        assert not may_open(file, AnonymousUser())

    def test_what_a_draft_shows_is_seen_by_who_works_on_it(self, file_in, traeger_a, person, coordination):
        draft = ContentPageFactory(parent=traeger_a.site.root_page, draft=True)
        file, guest = file_in(traeger_a.collection, draft), person("redaktion", coordination)
        assert not may_open(file, AnonymousUser())
        assert not may_open(file, guest)
        grant(guest, draft.page_ptr, "change")
        assert may_open(file, User.objects.get(pk=guest.pk))

    def test_a_page_of_others_opens_nothing(self, file_in, traeger_a, traeger_b, person):
        file = file_in(traeger_a.collection, traeger_b.site.root_page)
        for user in (AnonymousUser(), person("lesen", traeger_b), person("leitung", traeger_b)):
            assert not may_open(file, user)

    def test_what_a_grant_lends_is_seen_on_the_pages_of_who_holds_it(
        self, file_in, traeger_a, traeger_b, person
    ):
        file = file_in(traeger_a.collection, traeger_b.site.root_page)
        given = grant(person("redaktion", traeger_b), file, "view")
        assert may_open(file, AnonymousUser())
        given.expires_at = timezone.now() - timedelta(hours=1)
        given.save()
        assert not may_open(file, AnonymousUser())

    def test_a_restriction_holds_for_the_collections_below(self, file_in, knowledge):
        CollectionViewRestriction.objects.create(collection=knowledge.collection, restriction_type=LOGIN)
        file = file_in(knowledge.collection.add_child(name="Vorlagen"))
        assert not may_open(file, AnonymousUser())
        assert may_open(file, UserFactory())

    def test_a_group_restriction_without_groups_lets_nobody_in(self, file_in, traeger_a):
        file = file_in(traeger_a.collection)
        CollectionViewRestriction.objects.create(collection=traeger_a.collection, restriction_type=GROUPS)
        assert not may_open(file, UserFactory())
