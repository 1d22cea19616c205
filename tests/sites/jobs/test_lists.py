"""“All of this list” is what it was when the person confirmed it."""

from django.urls import reverse

from sites.models import Job
from tests.factories import ContentPageFactory
from tests.sites.jobs.section import BELOW, replay, request_of


def test_what_comes_later_is_left_alone(section, head, traeger_a, client_for, settings):
    settings.PORTAL_JOB_PAGES = BELOW - 1
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "unpublish"])
    client_for(head, traeger_a).post(f"{url}?childOf={section.page.pk}&id=all")
    job = Job.objects.get()
    assert job.total == BELOW
    later = ContentPageFactory(parent=section.page, title="Später")
    outcome, _told = replay(request_of(job, head))
    assert outcome.done
    assert list(section.below().filter(live=True)) == [later.page_ptr]
