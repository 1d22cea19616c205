"""A task of Wagtail that fails within a request does not go unnoticed."""

import pytest

from sites.jobs.immediate import TaskFailedError
from tests.factories import ContentPageFactory


@pytest.fixture
def failing(monkeypatch):
    """The reference index can't be written."""
    monkeypatch.setattr("wagtail.models.ReferenceIndex.create_or_update_for_object", lambda obj: 1 / 0)


@pytest.mark.usefixtures("failing")
def test_whoever_caused_it_gets_the_error(traeger_a):
    with pytest.raises(TaskFailedError, match="ZeroDivisionError"):
        ContentPageFactory(parent=traeger_a.site.root_page)


@pytest.mark.usefixtures("failing")
def test_it_is_logged_where_nobody_may_lose_a_page(traeger_a, settings, caplog):
    settings.RAISE_FAILED_TASKS = False
    assert ContentPageFactory(parent=traeger_a.site.root_page).pk
    assert any("rebuild_references_index" in record.getMessage() for record in caplog.records)
