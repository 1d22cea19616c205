"""Documents and pictures: what roles and grants allow, as data; lists, choosers and forms follow."""

import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils import timezone
from wagtail.permissions import policy_registry

from sites.models import PortalDocument, PortalImage, User
from tests.factories import DocumentFactory, ImageFactory, UserFactory
from tests.sites.grants.granting import grant

FACTORIES = {"document": DocumentFactory, "image": ImageFactory}
NAMES = {"document": ("wagtaildocs", "document"), "image": ("wagtailimages", "image")}
ASKED = ("choose", "change", "delete")
NOTHING, CHOOSE, EDIT, ALL = set(), {"choose"}, {"choose", "change"}, set(ASKED)
ENDED = {"expires_at": timezone.now() - dt.timedelta(days=1)}
LATER = {"expires_at": timezone.now() + dt.timedelta(days=1)}

# who (role, at which Träger), grant on the file (action, fields) → abilities on the file of Träger A, and on
# another file in the same collection
MATRIX = [
    (None, None, None, NOTHING, NOTHING),
    ("admin", None, None, ALL, ALL),
    ("lesen", "traeger_a", None, NOTHING, NOTHING),
    ("redaktion", "traeger_a", None, ALL, ALL),
    ("freigabe", "traeger_a", None, ALL, ALL),
    ("leitung", "traeger_a", None, ALL, ALL),
    ("redaktion", "traeger_a", ("view", {}), ALL, ALL),
    ("leitung", "traeger_b", None, NOTHING, NOTHING),
    ("leitung", "coordination", None, NOTHING, NOTHING),
    ("leitung", "knowledge", None, NOTHING, NOTHING),
    ("lesen", "coordination", ("view", {}), CHOOSE, NOTHING),
    ("redaktion", "coordination", ("view", {}), CHOOSE, NOTHING),
    ("redaktion", "coordination", ("change", {}), EDIT, NOTHING),
    ("leitung", "coordination", ("change", LATER), EDIT, NOTHING),
    ("leitung", "coordination", ("change", ENDED), NOTHING, NOTHING),
    ("leitung", "traeger_b", ("change", {}), EDIT, NOTHING),
    ("leitung", "knowledge", ("view", ENDED), NOTHING, NOTHING),
]
BY_ID = {"ids": lambda value: value if isinstance(value, str) else ""}


@pytest.fixture(params=FACTORIES)
def kind(request):
    return request.param


@pytest.fixture
def files(kind, traeger_a):
    """A file of Träger A and another one next to it."""
    return [FACTORIES[kind](traeger=traeger_a, title=title) for title in ("Freigegeben", "Daneben")]


def fresh(user):
    """The same person as a new request would load them."""
    return User.objects.get(pk=user.pk) if user.pk else user


def abilities(user, file) -> set[str]:
    """What the policy of the file allows; asked in each of the ways that Wagtail has, which must agree."""
    policy = policy_registry.get(file)
    user = fresh(user)
    by_instance = {name for name in ASKED if policy.user_has_permission_for_instance(user, name, file)}
    by_list = {name for name in ASKED if file in policy.instances_user_has_permission_for(user, name)}
    by_people = {name for name in ASKED if user in policy.users_with_permission_for_instance(name, file)}
    assert by_instance == by_list == by_people
    return by_instance


@pytest.mark.parametrize("to_group", [False, True], ids=["person", "group"])
@pytest.mark.parametrize(("role", "at", "given", "itself", "other"), MATRIX, **BY_ID)
def test_abilities(files, world, person, role, at, given, itself, other, to_group):
    traeger = getattr(world, at) if at else None
    user = person(role, traeger) if at else UserFactory(admin=True) if role else AnonymousUser()
    if given:
        action, fields = given
        grant(traeger.group(role) if to_group else user, files[0], action, **fields)
    assert [abilities(user, file) for file in files] == [itself, other]


def test_people_with_a_grant_who_are_switched_off_may_nothing(files, person, coordination):
    user = person("redaktion", coordination)
    grant(user, files[0], "change")
    user.is_active = False
    user.save()
    assert abilities(user, files[0]) == NOTHING


@pytest.mark.parametrize("count", [1, 40])
def test_the_number_of_grants_does_not_change_the_number_of_queries(
    kind, traeger_a, person, coordination, django_assert_num_queries, count
):
    user = person("redaktion", coordination)
    files = [FACTORIES[kind](traeger=traeger_a) for _number in range(count)]
    for file in files:
        grant(user, file, "change")
    policy, user = policy_registry.get(files[0]), fresh(user)
    # permissions on collections, grants, the list
    with django_assert_num_queries(3):
        shown = list(policy.instances_user_has_permission_for(user, "change"))
        assert all(policy.user_has_permission_for_instance(user, "change", file) for file in shown)
    assert set(shown) == set(files)


class TestViews:
    """A person of the coordination office with a grant on one file of Träger A."""

    @pytest.fixture
    def guest(self, person, coordination):
        return person("redaktion", coordination)

    @pytest.fixture
    def client(self, guest, client_for, coordination):
        return client_for(guest, coordination)

    def url(self, kind, view, *args):
        return reverse(f"{NAMES[kind][0]}:{view}", args=args)

    @pytest.mark.parametrize("query", ["", "?q=Freigegeben"])
    @pytest.mark.parametrize(("action", "listed"), [("view", False), ("change", True)])
    def test_the_list(self, kind, files, guest, client, action, listed, query):
        grant(guest, files[0], action)
        response = client.get(self.url(kind, "index") + query)
        shown = response.context["object_list"] if response.status_code == 200 else []
        assert list(shown) == (files[:1] if listed else [])

    @pytest.mark.parametrize("query", ["", "?q=Freigegeben"])
    def test_the_chooser(self, kind, files, guest, client, query):
        chooser = f"{NAMES[kind][0]}_chooser" if kind == "image" else "wagtaildocs_chooser"
        grant(guest, files[0], "view")
        html = client.get(reverse(f"{chooser}:choose_results") + query).content.decode()
        assert files[0].title in html
        assert files[1].title not in html
        assert client.get(reverse(f"{chooser}:chosen", args=[files[0].pk])).status_code == 200
        assert client.get(reverse(f"{chooser}:chosen", args=[files[1].pk])).status_code != 200

    def test_the_form_changes_the_file_but_moves_it_nowhere(self, kind, files, guest, client, coordination):
        grant(guest, files[0], "change")
        url = self.url(kind, "edit", files[0].pk)
        assert "collection" not in client.get(url).context["form"].fields
        data = {"title": "Neu benannt", "collection": coordination.collection.pk, "tags": ""}
        before = files[0].collection
        assert client.post(url, data).status_code == 302
        files[0].refresh_from_db()
        assert (files[0].title, files[0].collection) == ("Neu benannt", before)

    def test_people_with_the_role_choose_the_collection(self, kind, files, traeger_a, person, client_for):
        client = client_for(person("redaktion", traeger_a), traeger_a)
        assert "collection" in client.get(self.url(kind, "edit", files[0].pk)).context["form"].fields

    def test_other_files_are_out_of_reach(self, kind, files, guest, client):
        grant(guest, files[0], "change")
        assert client.get(self.url(kind, "edit", files[1].pk)).status_code in (302, 404)

    def test_reading_is_not_editing(self, kind, files, guest, client):
        grant(guest, files[0], "view")
        assert client.get(self.url(kind, "edit", files[0].pk)).status_code in (302, 404)

    def test_deleting(self, kind, files, guest, client):
        grant(guest, files[0], "change")
        client.post(self.url(kind, "delete", files[0].pk))
        bulk = reverse("wagtail_bulk_action", args=["thinka_sites", files[0]._meta.model_name, "delete"])
        client.post(f"{bulk}?id={files[0].pk}")
        assert type(files[0]).objects.filter(pk=files[0].pk).exists()

    @pytest.mark.parametrize("by_role", [False, True])
    def test_moving_several(self, kind, files, guest, client, world, person, client_for, by_role):
        where = world.coordination.collection
        if by_role:
            client = client_for(person("redaktion", world.traeger_a), world.traeger_a)
            where = world.traeger_a.collection.get_children().get()
        else:
            grant(guest, files[0], "change")
        args = ["thinka_sites", files[0]._meta.model_name, "add_to_collection"]
        url = f"{reverse('wagtail_bulk_action', args=args)}?id={files[0].pk}"
        client.post(url, {"collection": where.pk})
        files[0].refresh_from_db()
        assert (files[0].collection == where) is by_role


def test_grants_on_documents_and_on_pictures_do_not_mix(traeger_a, person, coordination):
    """They are kept apart although their ids may be the same."""
    user = person("redaktion", coordination)
    grant(user, DocumentFactory(traeger=traeger_a), "change")
    assert not policy_registry.get_by_type(PortalImage).granted(fresh(user))
    assert policy_registry.get_by_type(PortalDocument).granted(fresh(user))
