"""What people do in the editing area, as the real requests of its forms."""

from django.test import Client
from django.urls import reverse
from wagtail.models import Page, TaskState
from wagtail.test.utils.form_data import querydict_from_html

FORM = "page-edit-form"


def form_values(client: Client, url: str) -> dict:
    """Return the values that the form at `url` starts with, as a browser would send them."""
    response = client.get(url)
    assert response.status_code == 200, f"{url}: {response.status_code} {response.headers.get('location')}"
    query = querydict_from_html(response.content.decode(), form_id=FORM)
    return {name: query.getlist(name) for name in query}


def complaints(response) -> dict:
    """Return what a form that came back says is wrong."""
    form = response.context["form"]
    formsets = {name: formset.errors for name, formset in form.formsets.items() if any(formset.errors)}
    return {**form.errors.get_json_data(), **formsets}


def create(client: Client, model, parent: Page, data: dict, action: str = "action-submit") -> Page:
    """Make a page of the type `model` below `parent` by the form, and return it as it is in the database."""
    address = (model._meta.app_label, model._meta.model_name, parent.pk)
    url = reverse("wagtailadmin_pages:add", args=address)
    response = client.post(url, form_values(client, url) | data | {action: "1"})
    assert response.status_code == 302, complaints(response)
    return model.objects.child_of(parent).get(slug=data["slug"])


def approve(client: Client, page: Page) -> None:
    """Approve a page that waits for it."""
    waiting = TaskState.objects.get(
        workflow_state__object_id=str(page.pk), status=TaskState.STATUS_IN_PROGRESS
    )
    url = reverse("wagtailadmin_pages:workflow_action", args=(page.pk, "approve", waiting.pk))
    response = client.post(url, {"comment": ""})
    assert response.status_code in (200, 302), response.status_code
