"""The Träger that all tests share: made and committed once per run; each test changes it in a transaction."""

from dataclasses import dataclass

from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from wagtail.models import Collection, Locale, Page, Site, Task, Workflow

from home import models as home
from sites.models import Traeger, User
from tests.factories import TraegerFactory, page_factory

A, B, COORDINATION, KNOWLEDGE = "beispiel-nord", "beispiel-sued", "beispiel-portal", "wissen"


@dataclass(frozen=True)
class World:
    """Two Träger that must not see each other, the coordination office and the shared knowledge base."""

    traeger_a: Traeger
    traeger_b: Traeger
    coordination: Traeger
    knowledge: Traeger


def exists() -> bool:
    """Tell whether the world is there; a flush by a transactional test takes it away."""
    return Traeger.objects.filter(slug=KNOWLEDGE).exists()


def load() -> World:
    """Return the world with fresh objects."""
    traegers = Traeger.objects.select_related("site__root_page", "folder", "collection")
    found = {traeger.slug: traeger for traeger in traegers}
    return World(found[A], found[B], found[COORDINATION], found[KNOWLEDGE])


@transaction.atomic
def build() -> None:
    """Make the world anew."""
    clear()
    TraegerFactory(name="Beispiel Nord e.V.", slug=A)
    TraegerFactory(name="Beispiel Süd gGmbH", slug=B)
    TraegerFactory(name="Beispiel-Koordinierungsstelle", coordination=True)
    TraegerFactory(name="Beispiel-Wissensbasis", knowledge=True)


def clear() -> None:
    """Take away every Träger with all that belongs to it: a portal right after its first migration.

    Also puts back what a flush takes: the roots of the trees and the German language. Raises RuntimeError
    in a database that is not one of the tests.
    """
    if not connection.settings_dict["NAME"].startswith("test_"):
        raise RuntimeError("This would delete everything in a database that is not one of the tests.")
    # After a flush they have other numbers.
    ContentType.objects.clear_cache()
    Traeger.objects.all().delete()
    Site.objects.all().delete()
    User.objects.all().delete()
    Locale.objects.get_or_create(language_code="de")
    for model in (Page, Collection):
        model.objects.filter(depth__gt=1).delete()
        if not model.get_first_root_node():
            page = {"title": "Alle Websites", "slug": "root"}
            model.add_root(**(page if model is Page else {"name": "Alle Sammlungen"}))
    for model in (Group, Workflow, Task, home.Topic, home.TargetGroup, home.Sozialraum, home.FormOfSupport):
        model.objects.all().delete()


def list_page(traeger: Traeger, model) -> Page:
    """Return the list of the type `model` right below the start page of `traeger`.

    It is made where a new Träger has none.
    """
    start = traeger.site.root_page
    try:
        return model.objects.child_of(start).get()
    except model.DoesNotExist:
        return page_factory(model)(parent=start)
