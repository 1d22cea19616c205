"""What should have been checked by now comes lower, and people can leave it out."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from home.lifecycle.checking import verify
from home.models import Verification
from knowledge.models import MethodIndexPage, MethodPage
from search import verify as index_check
from search.indexing import drain
from search.models import Entry
from tests.factories import MethodPageFactory, UserFactory
from tests.home.test_facts import english, translated  # noqa: F401 - a fixture
from tests.search.test_facets import counts
from tests.world import list_page


@pytest.fixture
def method(knowledge):
    def make(title: str, until=None, **fields) -> MethodPage:
        page = MethodPageFactory(parent=list_page(knowledge, MethodIndexPage), title=title, **fields)
        if until is not None:
            Verification.objects.update_or_create(page=page, defaults={"verified_until": until})
        return page

    return make


def test_overdue_lower_and_checked_higher(knowledge, ask, method):
    for number, until in enumerate((localdate() - timedelta(days=1), None, localdate())):
        method("Kranich", until, slug=f"kranich-{number}")
    # All are the same but for their check.
    answer = ask("Kranich", knowledge, UserFactory())
    days = [Entry.objects.get(page=result.page.pk).checked_until for result in answer.context["results"]]
    assert days == [localdate(), None, localdate() - timedelta(days=1)]
    assert counts(answer, "checked") == {"yes": 1, "overdue": 1}
    assert ask("Kranich", knowledge, UserFactory(), checked="yes").hits.total == 1


def test_a_check_holds_at_once_and_in_all_languages(method, english):  # noqa: F811
    page = method("Kranich", localdate() - timedelta(days=1))
    row = Verification.objects.get()
    other = translated(page, english)
    drain()
    of_both = Entry.objects.filter(page__in=[page.pk, other.pk]).order_by("page")
    assert [each.checked_until for each in of_both] == [row.verified_until] * 2, "also where it comes later"
    verify(page, row, by=UserFactory())
    row.refresh_from_db()
    assert [each.checked_until for each in of_both.all()] == [row.verified_until] * 2
    row.delete()
    assert [each.checked_until for each in of_both.all()] == [None, None]


def test_whoever_looks_at_the_index_sees_another_day(method):
    page = method("Kranich", localdate())
    drain()
    assert not any(index_check.wrong_entries().values())
    Entry.objects.filter(page=page).update(checked_until=None)
    assert index_check.wrong_entries()["with another day of their check"] == [page.pk]
