"""A table of which nobody has said who may see it is an error, before it holds a row."""

import pytest
from django.apps import apps
from django.core.checks import run_checks
from django.db import models
from wagtail.models import Page

from home.policies import SHARED_MODELS
from sites.rls.derived import stated_policies, table_policies
from sites.rls.tables import FREE, POLICIES

FIELDS = {
    "of its own": dict,
    "points to a page": lambda: {"page": models.ForeignKey(Page, models.CASCADE, related_name="+")},
}
# Table → where it is named, and under which name.
FORGOTTEN = {
    "thinka_sites_job": (POLICIES, "thinka_sites_job"),
    "home_topic": (SHARED_MODELS, "topic"),
    "wagtailadmin_admin": (FREE, "wagtailadmin_admin"),
}


def unclassified() -> list[str]:
    """The messages of the check, as `manage.py check` runs it."""
    return [error.msg for error in run_checks() if error.id == "thinka_sites.E002"]


@pytest.fixture
def new_model():
    """Makes a model `home.Forgotten` with the given fields, which is unknown again afterwards."""

    def make(fields: dict) -> type:
        meta = type("Meta", (), {"app_label": "home"})
        return type("Forgotten", (models.Model,), {"__module__": __name__, "Meta": meta, **fields})

    yield make
    del apps.all_models["home"]["forgotten"]
    apps.clear_cache()


@pytest.fixture
def _policies_anew():
    """The derived policies are computed once per process."""
    for function in (stated_policies, table_policies):
        function.cache_clear()
    yield
    for function in (stated_policies, table_policies):
        function.cache_clear()


def test_every_table_of_the_portal_is_classified():
    assert unclassified() == []


@pytest.mark.parametrize("fields", FIELDS.values(), ids=FIELDS)
def test_a_new_table_is_an_error(new_model, fields):
    new_model(fields())
    assert unclassified() == [
        "Nobody has said who may see and write the rows of home_forgotten (home.Forgotten)."
    ]


@pytest.mark.usefixtures("_policies_anew")
@pytest.mark.parametrize("table", FORGOTTEN)
def test_a_table_whose_line_is_gone_is_an_error(table, monkeypatch):
    monkeypatch.delitem(*FORGOTTEN[table])
    (message,) = unclassified()
    assert f"the rows of {table} (" in message
