"""„Neue Seite wie diese“."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from home.models import EventExclusion, EventIndexPage, EventPage
from sites.access.roles import FREIGABE, REDAKTION
from tests.factories import ContentPageFactory, EventPageFactory, TopicFactory
from tests.home.editing import form_values
from tests.wording import said
from tests.world import list_page


def copy_by_form(client, page, **changes):
    url = reverse("wagtailadmin_pages:copy", args=[page.pk])
    form = client.get(url).context["form"]
    values = {name: form[name].value() for name in ("new_title", "new_slug")}
    values["new_parent_page"] = page.get_parent().pk
    return client.post(url, values | changes)


@pytest.mark.parametrize("role", [REDAKTION, FREIGABE])
def test_an_event_is_copied_with_all_that_belongs_to_it(role, traeger_a, person, client_for):
    topics = [TopicFactory(), TopicFactory()]
    left_out = timezone.localdate() + timedelta(days=14)
    event = EventPageFactory(
        parent=list_page(traeger_a, EventIndexPage),
        weekly=True,
        topics=topics,
        exclusions=[EventExclusion(date=left_out)],
    )
    client = client_for(person(role, traeger_a), traeger_a)
    response = copy_by_form(client, event)
    copy = EventPage.objects.exclude(pk=event.pk).get()
    assert response["location"] == reverse("wagtailadmin_pages:edit", args=[copy.pk])
    assert copy.title == said("Copy of %(title)s", title=event.title)
    assert copy.slug == f"{event.slug}-1"
    assert not copy.live
    for page in (copy, copy.get_latest_revision_as_object()):
        assert [row.date for row in page.exclusions.all()] == [left_out]
        assert set(page.topics.all()) == set(topics)
        assert (page.frequency, page.start) == ("weekly", event.start)
    # The copy opens, and the original kept what it had.
    assert form_values(client, response["location"])["frequency"] == ["weekly"]
    assert [row.date for row in event.exclusions.all()] == [left_out]
    assert set(EventPage.objects.get(pk=event.pk).topics.all()) == set(topics)


def test_the_form_offers_neither_publishing_nor_an_alias(traeger_a, person, client_for):
    page = ContentPageFactory(parent=traeger_a.site.root_page)
    client = client_for(person(FREIGABE, traeger_a), traeger_a)
    form = client.get(reverse("wagtailadmin_pages:copy", args=[page.pk])).context["form"]
    assert set(form.fields) == {"new_title", "new_slug", "new_parent_page"}
    copy_by_form(client, page, publish_copies="on", alias="on")
    copy = page.get_siblings(inclusive=False).get(slug=f"{page.slug}-1")
    assert not copy.live
    assert not copy.alias_of_id


def test_the_button_says_what_it_does(traeger_a, person, client_for):
    page = ContentPageFactory(parent=traeger_a.site.root_page)
    client = client_for(person(REDAKTION, traeger_a), traeger_a)
    for url in (
        reverse("wagtailadmin_pages:edit", args=[page.pk]),
        reverse("wagtailadmin_explore", args=[page.get_parent().pk]),
    ):
        text = client.get(url).content.decode()
        assert reverse("wagtailadmin_pages:copy", args=[page.pk]) in text
        assert said("New page like this") in text
