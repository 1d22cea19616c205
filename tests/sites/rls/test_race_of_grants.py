"""A grant is given while what it opens goes to another Träger: none may come along."""

from dataclasses import dataclass

import pytest
from django.contrib.auth.models import Group
from psycopg.errors import InsufficientPrivilege
from wagtail.models import Page

from home.models import ContentPage
from sites.access.roles import LEITUNG, LESEN
from sites.models import PortalDocument, PortalImage, User
from tests.factories import ContentPageFactory, DocumentFactory, ImageFactory, UserFactory
from tests.sites.grants.granting import MODELS, grant
from tests.sites.rls.racing import race
from tests.web_role import web_process
from tests.world import World


@dataclass(frozen=True)
class Going:
    """Something (`obj`) of the first Träger that goes to the second; its head lets in a guest (`holder`)."""

    world: World
    obj: ContentPage | PortalImage | PortalDocument
    head: User
    holder: User | Group

    def go(self) -> None:
        there = self.world.traeger_b
        if isinstance(self.obj, Page):
            Page.objects.get(pk=self.obj.pk).move(there.site.root_page, pos="last-child")
        else:
            type(self.obj).objects.filter(pk=self.obj.pk).update(collection=there.collection)

    def let_in(self) -> None:
        with web_process(self.head, self.world.traeger_a):
            grant(self.holder, self.obj, "change", granted_by=self.head)

    def grants(self) -> int:
        """Return how many grants there are."""
        models = MODELS["page" if isinstance(self.obj, Page) else self.obj._meta.model_name]
        return sum(model.objects.filter(content_object_id=self.obj.pk).count() for model in models)


MAKE = {
    "page": lambda traeger: ContentPageFactory(parent=traeger.site.root_page),
    "picture": lambda traeger: ImageFactory(traeger=traeger),
    "document": lambda traeger: DocumentFactory(traeger=traeger),
}


@pytest.fixture(params=MAKE)
def going(request, committed_world):
    """Taken away again afterwards: what two connections see no test can roll back."""
    traeger, coordination = committed_world.traeger_a, committed_world.coordination
    head = UserFactory(role=LEITUNG, traeger=traeger)
    obj = MAKE[request.param](traeger)
    yield Going(committed_world, obj, head, coordination.group(LESEN))
    # A page has got another place in the tree.
    type(obj).objects.get(pk=obj.pk).delete()
    head.delete()


def test_a_grant_that_waited_for_the_move_is_refused(going):
    refused = race(going.go, going.let_in)
    assert [type(error.__cause__) for error in refused] == [InsufficientPrivilege]
    assert going.grants() == 0


def test_a_move_that_waited_for_the_grant_ends_it(going):
    assert race(going.let_in, going.go) == []
    assert going.grants() == 0
