"""Pages in every state. `parent` is required: where they hang decides whose they are."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from unittest.mock import patch

import factory
import wagtail_factories
from django.utils import timezone
from modelcluster.fields import ParentalManyToManyField
from modelcluster.models import get_all_child_relations
from modelsearch import signal_handlers as searched
from wagtail import signal_handlers as referred
from wagtail.models import PageViewRestriction

from home import models as home
from knowledge import models as knowledge
from sites.models import Traeger

NEVER = date(2020, 1, 1)


class _Nobody:
    """Whom a task is left to that nobody does."""

    @staticmethod
    def enqueue(*args) -> None:
        pass


@contextmanager
def unindexed() -> Iterator[None]:
    """Keep what is saved out of the search index and the reference index."""
    with (
        patch.object(searched, "insert_or_update_object_task", _Nobody),
        patch.object(referred, "update_reference_index_task", _Nobody),
    ):
        yield


class PortalPageFactory(wagtail_factories.PageFactory):
    """A published page. Traits: draft, scheduled (for tomorrow); `internal=True`: only for its own Träger."""

    class Meta:
        abstract = True
        skip_postgeneration_save = True

    class Params:
        draft = factory.Trait(publish=False)
        scheduled = factory.Trait(go_live_at=factory.LazyFunction(lambda: timezone.now() + timedelta(days=1)))

    summary = "Ein Satz, der sagt, worum es geht."
    locale = factory.LazyAttribute(lambda page: page.parent.locale)
    publish = True

    @classmethod
    def _create_instance(cls, model_class, parent, kwargs):
        publish = kwargs.pop("publish")
        # Relations of an unsaved page are set as attributes, not in the constructor.
        rows = {relation.get_accessor_name() for relation in get_all_child_relations(model_class)}
        relations = {
            name: kwargs.pop(name)
            for name in list(kwargs)
            if name in rows or isinstance(model_class._meta.get_field(name), ParentalManyToManyField)
        }
        live = publish and not kwargs.get("go_live_at")
        page = model_class(**kwargs, live=live)
        for name, value in relations.items():
            setattr(page, name, value)
        # A parent that got children elsewhere knows too few of them, and treebeard would give a path twice.
        parent.refresh_from_db(fields=["numchild", "path"])
        # Saving the revision saves the page again: that puts it into the indexes, and needs no second check.
        with unindexed():
            parent.add_child(instance=page)
        revision = page.save_revision(clean=False)
        if live:
            # What publishing leaves behind. Publishing itself takes as long as all the rest.
            at = revision.created_at
            model_class.objects.filter(pk=page.pk).update(
                live_revision=revision,
                has_unpublished_changes=False,
                first_published_at=at,
                last_published_at=at,
            )
        elif publish:
            revision.publish()
        page.refresh_from_db()
        return page

    @factory.post_generation
    def internal(page, create, wanted, **kwargs):  # noqa: N805 - factory_boy passes the page
        if wanted:
            restriction = PageViewRestriction.objects.create(
                page=page, restriction_type=PageViewRestriction.GROUPS
            )
            restriction.groups.set(Traeger.objects.for_page(page).roles.values_list("group_id", flat=True))


def page_factory(model) -> type[PortalPageFactory]:
    """Return a factory for pages of a type that needs nothing but a title."""
    title = factory.Sequence(lambda n: f"{model.__name__} {n}")
    return factory.make_factory(model, FACTORY_CLASS=PortalPageFactory, title=title)


class ContentPageFactory(PortalPageFactory):
    class Meta:
        model = home.ContentPage

    title = factory.Sequence(lambda n: f"Inhaltsseite {n}")


class InternalPageFactory(PortalPageFactory):
    class Meta:
        model = home.InternalPage

    title = factory.Sequence(lambda n: f"Interne Seite {n}")


class TeamPageFactory(PortalPageFactory):
    class Meta:
        model = home.TeamPage

    title = factory.Sequence(lambda n: f"Team {n}")
    people = factory.LazyFunction(lambda: [("person", {"name": "Beispiel Person", "function": "Lotse"})])


class AnlaufstelleIndexPageFactory(PortalPageFactory):
    class Meta:
        model = home.AnlaufstelleIndexPage

    title = factory.Sequence(lambda n: f"Standorte {n}")


class AnlaufstellePageFactory(PortalPageFactory):
    """Open from Monday to Friday, 9:00 to 16:00."""

    class Meta:
        model = home.AnlaufstellePage

    title = factory.Sequence(lambda n: f"Anlaufstelle {n}")
    street = "Beispielstraße 1"
    postcode = "99084"
    city = "Erfurt"
    intervals = factory.LazyFunction(
        lambda: [home.OpeningInterval(weekday=day, opens=time(9), closes=time(16)) for day in range(5)]
    )


class OfferIndexPageFactory(PortalPageFactory):
    class Meta:
        model = home.OfferIndexPage

    title = factory.Sequence(lambda n: f"Angebote {n}")


class OfferPageFactory(PortalPageFactory):
    class Meta:
        model = home.OfferPage

    title = factory.Sequence(lambda n: f"Angebot {n}")


class EventIndexPageFactory(PortalPageFactory):
    class Meta:
        model = home.EventIndexPage

    title = factory.Sequence(lambda n: f"Termine {n}")


class EventPageFactory(PortalPageFactory):
    """An event of two hours next week. Traits: past, weekly."""

    class Meta:
        model = home.EventPage

    class Params:
        past = factory.Trait(
            start=timezone.make_aware(datetime.combine(NEVER, time(15))),
        )
        weekly = factory.Trait(frequency="weekly")

    title = factory.Sequence(lambda n: f"Termin {n}")
    start = factory.LazyFunction(
        lambda: timezone.make_aware(datetime.combine(timezone.localdate() + timedelta(days=7), time(15)))
    )
    end = factory.LazyAttribute(lambda event: event.start + timedelta(hours=2))


class NewsIndexPageFactory(PortalPageFactory):
    class Meta:
        model = home.NewsIndexPage

    title = factory.Sequence(lambda n: f"Aktuelles {n}")


class NewsPageFactory(PortalPageFactory):
    class Meta:
        model = home.NewsPage

    title = factory.Sequence(lambda n: f"Neuigkeit {n}")


class MethodIndexPageFactory(PortalPageFactory):
    class Meta:
        model = knowledge.MethodIndexPage

    title = factory.Sequence(lambda n: f"Methoden {n}")


class MethodPageFactory(PortalPageFactory):
    class Meta:
        model = knowledge.MethodPage

    title = factory.Sequence(lambda n: f"Methode {n}")


class PartnerIndexPageFactory(PortalPageFactory):
    class Meta:
        model = knowledge.PartnerIndexPage

    title = factory.Sequence(lambda n: f"Partner {n}")


class PartnerPageFactory(PortalPageFactory):
    class Meta:
        model = knowledge.PartnerPage

    title = factory.Sequence(lambda n: f"Partner-Organisation {n}")
