"""Whoever sends a mail only leaves it; a web process can't read it again."""

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, streamfield

from home.models import NewsIndexPage
from sites.access.roles import FREIGABE, LEITUNG, REDAKTION
from sites.accounts.tasks import send_reset_link
from sites.mail.tasks import deliver
from sites.models import OutgoingMail
from sites.rls.queue_tables import TASKS
from tests.factories import NewsPageFactory
from tests.home.editing import form_values
from tests.sites.mail.servers import mail_server
from tests.web_role import web_process
from tests.world import list_page

SUBJECT = "Sommerfest"


def send() -> int:
    return EmailMessage(SUBJECT, "Text", "portal@beispiel.test", ["lotse@beispiel.test"]).send()


@pytest.mark.usefixtures("paused_queue")
def test_submitting_waits_for_no_mail_server(
    traeger_a, person, client_for, use_server, django_capture_on_commit_callbacks
):
    """The one here answers nothing: whoever asks it waits for the time-out."""
    page = NewsPageFactory(parent=list_page(traeger_a, NewsIndexPage), title=SUBJECT)
    person(FREIGABE, traeger_a)
    person(LEITUNG, traeger_a)
    client = client_for(person(REDAKTION, traeger_a), traeger_a)
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    values = form_values(client, url) | nested_form_data({"title": SUBJECT, "body": streamfield([])})
    with mail_server(silent=True) as server:
        use_server(server.port)
        with django_capture_on_commit_callbacks(execute=True):
            assert client.post(url, values | {"action-submit": "1"}).status_code == 302
        assert server.calls == 0
    assert Page.objects.get(pk=page.pk).current_workflow_state.status == "in_progress"
    assert OutgoingMail.objects.filter(state="waiting").count() == 2


@pytest.mark.usefixtures("paused_queue")
@pytest.mark.parametrize("role", [None, REDAKTION])
def test_a_request_leaves_what_it_cannot_read(role, traeger_a, person):
    user = role and person(role, traeger_a)
    with web_process(user, traeger_a):
        assert send() == 1
        assert (OutgoingMail.objects.count(), DBTaskResult.objects.count()) == (0, 0)
        assert OutgoingMail.objects.update(content="") == 0
        assert DBTaskResult.objects.update(status="READY") == 0
        assert OutgoingMail.objects.all().delete()[0] == 0
    assert OutgoingMail.objects.get().state == OutgoingMail.State.WAITING


FORGED = [
    lambda: OutgoingMail.objects.create(state="sent"),
    lambda: OutgoingMail.objects.create(attempts=3),
    lambda: OutgoingMail.objects.create(error="x"),
    lambda: _task(status="SUCCESSFUL"),
    lambda: _task(task_path="sites.jobs.queue.tidy"),
    lambda: _task(task_path="os.system"),
    lambda: _task(worker_ids=["x"]),
    lambda: _task(return_value=1),
]


def _task(**fields) -> DBTaskResult:
    usual = {"task_path": TASKS[0], "args_kwargs": {}, "backend_name": "background"}
    return DBTaskResult.objects.create(run_after=timezone.now(), **usual | fields)


@pytest.mark.parametrize("forge", FORGED)
def test_a_request_leaves_nothing_else(forge, traeger_a, person):
    with (
        web_process(person(LEITUNG, traeger_a), traeger_a),
        pytest.raises(ProgrammingError, match="row-level security"),
    ):
        forge()


def test_what_a_request_may_leave_are_tasks():
    assert {task.module_path for task in (deliver, send_reset_link)} == set(TASKS)


@pytest.mark.usefixtures("paused_queue")
def test_what_is_undone_sends_no_mail(db):
    with transaction.atomic():
        send()
        transaction.set_rollback(True)
    assert (OutgoingMail.objects.count(), DBTaskResult.objects.count()) == (0, 0)


@pytest.mark.usefixtures("paused_queue")
def test_two_statements_a_mail(db, django_assert_num_queries):
    with django_assert_num_queries(4) as queries:
        send()
    assert [query["sql"].split(" ")[0] for query in queries] == ["SAVEPOINT", "INSERT", "INSERT", "RELEASE"]
    assert not any("RETURNING" in query["sql"] for query in queries)


def test_nobody_to_write_to_is_no_mail(db):
    assert EmailMessage(SUBJECT, "Text", "portal@beispiel.test", []).send() == 0
    assert not OutgoingMail.objects.exists()


def test_the_key_is_no_secret_of_the_mail(db):
    """The task knows the mail's key only: whoever reads tasks reads no address."""
    send()
    with connection.cursor() as cursor:
        cursor.execute("SELECT args_kwargs::text FROM django_tasks_database_dbtaskresult")
        (text,) = cursor.fetchone()
    assert "@" not in text
    assert SUBJECT not in text
    assert [message.to for message in mail.outbox] == [["lotse@beispiel.test"]]
