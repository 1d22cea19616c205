"""Pages that are to appear later are made while a visitor asks for them, or while the process is killed."""

import json
import os
import subprocess
import sys
import threading
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, Revision

from sites.access.roles import FREIGABE
from sites.models import User
from tests.factories import UserFactory
from tests.home.editing import form_values
from tests.serving import ask, serving
from tests.sites.rls.web_requests import cookie
from tests.sites.wagtail_patches.test_before_its_time import EMPTY, tomorrow
from tests.web_role import web_settings
from tests.world import load

pytestmark = pytest.mark.xdist_group("full")

SECRET = "Vor der Zeit"
TRIES = 10
# What Django accepts as its secret when cookie and form say the same.
TOKEN = "a" * 32

# A web process that is killed after its first, second … statement that writes; the last one comes to its end.
PROGRAM = """
import json, os, re, signal, sys
os.environ["PORTAL_PROCESS"] = "web"
import django
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if not name.startswith("tests.")]
django.setup()
from django.db import connection
from django.test import Client
host, session, url, step = sys.argv[2:]
values = json.load(sys.stdin)

def post(number):
    def killed(execute, sql, params, many, context):
        global written
        result = execute(sql, params, many, context)
        written += bool(re.match(r"\\s*(INSERT|UPDATE|DELETE)\\b", sql))
        if written == number:
            os.kill(os.getpid(), signal.SIGKILL)
        return result
    client = Client(headers={"host": host})
    client.cookies.load(session)
    with connection.execute_wrapper(killed):
        return client.post(url, values | {"slug": f"vor-der-zeit-{number}"}).status_code

written = 0
for number in range(1, 1000, int(step)):
    child = os.fork()
    if not child:
        os._exit(0 if post(number) == 302 else 1)
    status = os.waitpid(child, 0)[1]
    if os.WIFEXITED(status):
        print(number, os.WEXITSTATUS(status))
        break
    assert os.WTERMSIG(status) == signal.SIGKILL
"""


@pytest.fixture
def form(full_portal, django_db_blocker):
    """The host, the cookie of somebody who publishes there, the address of a form and what it sends."""
    with django_db_blocker.unblock():
        traeger = load().traeger_a
        user = UserFactory(role=FREIGABE, traeger=traeger)
        client = Client(headers={"host": f"{traeger.site.hostname}:{traeger.site.port}"})
        client.force_login(user, backend="sites.accounts.backend.PortalBackend")
        start = traeger.site.root_page
        url = reverse("wagtailadmin_pages:add", args=("home", "contentpage", start.pk))
        values = form_values(client, url) | EMPTY | {"title": SECRET, "summary": SECRET}
        yield (
            traeger.site.hostname,
            cookie(user),
            url,
            values | {"go_live_at": tomorrow(), "action-publish": "1"},
        )
        start.refresh_from_db()
        for page in start.get_children().filter(draft_title=SECRET):
            page.delete()
        User.objects.filter(pk=user.pk).delete()


def planned() -> list[tuple]:
    """Return of each page with the secret its address, whether it is live, and how many versions wait."""
    return [
        (
            page.slug,
            page.live,
            Revision.objects.filter(object_id=str(page.pk), approved_go_live_at__isnull=False).count(),
        )
        for page in Page.objects.filter(draft_title=SECRET).order_by("pk")
    ]


def test_a_visitor_who_asks_all_the_time_reads_nothing(form):
    host, session, url, values = form
    slugs = [f"vor-der-zeit-{number}" for number in range(TRIES)]
    session += f"; {settings.CSRF_COOKIE_NAME}={TOKEN}"
    with serving(workers=1, threads=4, connections=4) as server:
        # The first request of a process takes long.
        assert ask(server.port, host, "/").status == 200
        for slug in slugs:
            answers, done = [], threading.Event()

            def look(slug=slug, answers=answers, done=done) -> None:
                while not done.is_set():
                    answers.append(ask(server.port, host, f"/{slug}/"))

            visitors = [threading.Thread(target=look) for _number in range(2)]
            for visitor in visitors:
                visitor.start()
            sent = values | {"slug": slug, "csrfmiddlewaretoken": TOKEN}
            made = ask(server.port, host, url, session, urlencode(sent, doseq=True))
            done.set()
            for visitor in visitors:
                visitor.join()
            assert made.status == 302
            assert answers
            assert {answer.status for answer in answers} == {404}
            assert not any(SECRET in answer.text for answer in answers)
    assert planned() == [(slug, False, 1) for slug in slugs]


@pytest.mark.parametrize("step", [5, pytest.param(1, marks=pytest.mark.long)])
def test_a_process_that_is_killed_leaves_nothing(step, form):
    web_settings()
    host, session, url, values = form
    name = connection.settings_dict["NAME"]
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, name, f"{host}:8000", session, url, str(step)],
        cwd=settings.BASE_DIR,
        env=os.environ,
        input=json.dumps(values),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout, done.stderr
    last, status = map(int, done.stdout.split())
    assert status == 0, done.stderr
    # Several were killed, and only the last one has left something.
    assert last > 3 * step
    assert planned() == [(f"vor-der-zeit-{last}", False, 1)]
    assert Page.find_problems() == ([], [], [], [], [])
