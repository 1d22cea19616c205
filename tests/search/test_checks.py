"""Conventions of the search."""

from search.checks import one_search_app


def test_the_portal_keeps_the_convention():
    assert one_search_app(None) == []


def test_modelsearch_beside_wagtail_search_is_an_error(monkeypatch):
    monkeypatch.setattr("search.checks.apps.is_installed", lambda name: True)
    assert [error.id for error in one_search_app(None)] == ["search.E001"]
