"""What RLS refuses is told from what went wrong."""

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection
from django.urls import reverse
from wagtail.models import Page

from sites.access.roles import LEITUNG
from sites.rls.middleware import names_hidden, refused
from tests.factories import ContentPageFactory
from tests.leaks.modes import only_rls
from tests.sites.grants.granting import grant


def test_a_change_of_a_row_that_may_not_be_written_is_refused(traeger_a):
    """An UPDATE finds no row that the person sees but may not write, and Django finds that wrong."""
    page = ContentPageFactory(parent=traeger_a.site.root_page)
    pk = page.pk
    page.delete()
    with pytest.raises(DatabaseError) as caught:
        Page(pk=pk, path=page.path, depth=page.depth).save(update_fields=["locked"], clean=False)
    assert refused(caught.value)


def test_an_error_in_the_program_is_not(db):
    with pytest.raises(DatabaseError) as caught, connection.cursor() as cursor:
        cursor.execute("SELECT 1 / 0")
    assert not refused(caught.value)


def test_a_page_with_hidden_versions_can_not_be_saved_by_who_only_passes_it(
    traeger_a, coordination, person, client_for
):
    start = traeger_a.site.root_page.specific
    start.save_revision().publish()
    guest = person(LEITUNG, coordination)
    grant(guest, ContentPageFactory(parent=start), "publish")
    client = client_for(guest, coordination)
    with only_rls():
        assert client.post(reverse("wagtailadmin_pages:lock", args=[start.pk])).status_code == 404
    assert not Page.objects.get(pk=start.pk).locked


@pytest.mark.parametrize(
    "error",
    [
        ValidationError("No date."),
        ValidationError({"title": "Too long."}),
        ValidationError({"title": ["Too long."], "owner": [ValidationError("None.", params={"pk": 3})]}),
    ],
)
def test_what_somebody_has_entered_is_not_hidden(error):
    assert not names_hidden(error)
