"""The conventions of the tenancy: the portal keeps them, and who forgets one is told."""

import pytest
from django.core.checks import Tags, run_checks
from django.db import models
from wagtail.models.pages import PagePermissionTester

from home.models import NewsPage
from home.models.base import PortalPage
from knowledge.models import MethodPage
from sites.models import PageUserGrant, TraegerFolder


def told(check: str, tags=None, label="thinka_sites") -> set[type]:
    """Run the checks. Returns what the errors called `check` are about."""
    return {error.obj for error in run_checks(tags=tags) if error.id == f"{label}.{check}"}


def test_the_portal_keeps_its_conventions():
    assert [error for error in run_checks() if not error.is_silenced()] == []


def test_a_page_type_without_parents(monkeypatch):
    monkeypatch.delattr(NewsPage, "parent_page_types")
    assert told("E001") == {NewsPage}


def test_page_types_that_ask_wagtail_alone(monkeypatch):
    """As a page type would that is derived straight from Wagtail's Page."""
    monkeypatch.delattr(PortalPage, "permissions_for_user")
    monkeypatch.delattr(TraegerFolder, "permissions_for_user")
    assert {NewsPage, MethodPage, TraegerFolder} <= told("E003")


def test_a_page_type_with_a_tester_of_its_own_kind(monkeypatch):
    monkeypatch.setattr(NewsPage, "permissions_for_user", lambda self, user: PagePermissionTester(user, self))
    assert told("E003") == {NewsPage}


def test_dates_without_bounds(monkeypatch):
    """As a field would that is one of Django's own."""
    for model, name in ((NewsPage, "date"), (PageUserGrant, "expires_at")):
        monkeypatch.setattr(model._meta.get_field(name), "__class__", models.DateTimeField)
    assert told("E005") == {NewsPage, PageUserGrant}


BASE = "<html><title>{% block title %}{{ page.title }}{% endblock %}</title>{% block content %}{% endblock %}"
TEMPLATES = {
    "good.html": BASE,
    "none.html": "<html><title></title>{% block title %}{{ page.title }}{% endblock %}",
    "middle.html": "{% extends 'good.html' %}{% block content %}<h1>{{ page.title }}</h1>{% endblock %}",
    "emptied.html": "{% extends 'middle.html' %}{% block title %} {% endblock %}",
    "below emptied.html": "{% extends 'emptied.html' %}",
    "own.html": "{% extends 'below emptied.html' %}{% block title %}News{% endblock %}",
    "under none.html": "{% extends 'none.html' %}{% block title %}News{% endblock %}",
    "wrong.html": "{% block %}",
}


@pytest.mark.parametrize(
    ("template", "has_title"),
    [
        ("good.html", True),
        ("middle.html", True),
        ("own.html", True),
        ("none.html", False),
        ("emptied.html", False),
        ("below emptied.html", False),
        ("under none.html", False),
        ("wrong.html", False),
        ("missing.html", False),
    ],
)
def test_a_template_without_a_title(template, has_title, monkeypatch, settings):
    loaders = [
        ("django.template.loaders.locmem.Loader", TEMPLATES),
        "django.template.loaders.filesystem.Loader",
        "django.template.loaders.app_directories.Loader",
    ]
    (engine,) = settings.TEMPLATES
    options = engine["OPTIONS"] | {"loaders": loaders}
    settings.TEMPLATES = [{**engine, "APP_DIRS": False, "OPTIONS": options}]
    monkeypatch.setattr(NewsPage, "template", template)
    assert told("E004", tags=[Tags.templates]) == (set() if has_title else {NewsPage})
