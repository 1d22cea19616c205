"""The background service and mail servers of all tempers."""

import smtplib
from datetime import timedelta
from itertools import pairwise

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from sites.jobs.queue import lag, run_next
from sites.mail import tasks
from sites.mail.tasks import DELAYS, is_final, tidy, try_again
from sites.models import OutgoingMail
from tests.sites.mail.servers import closed_port, mail_server, make_certificate

STATE = OutgoingMail.State


def let_time_pass() -> None:
    """What is to be tried later is to be tried now."""
    DBTaskResult.objects.update(run_after=timezone.now())


def run_all() -> None:
    while run_next():
        pass


def test_sent_mails_leave_nothing_behind(send, use_server):
    with mail_server() as server:
        use_server(server.port)
        kept = send(bcc=["leitung@beispiel.test"])
    (message,) = server.received
    assert (message["Subject"], message["To"], message["Bcc"]) == ("Sommerfest", "lotse@beispiel.test", None)
    assert message["Message-ID"] == f"<{kept.pk}@localhost>"
    assert message["Date"]
    assert [part.get_content_type() for part in message.get_payload()] == ["text/plain", "text/html"]
    assert (kept.state, kept.content, kept.error, kept.attempts) == (STATE.SENT, "", "", 1)
    assert kept.finished_at


def test_over_tls(send, use_server, tmp_path, monkeypatch):
    certificate = make_certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with mail_server(certificate) as server:
        use_server(server.port, EMAIL_USE_SSL=True)
        assert send().state == STATE.SENT
    assert len(server.received) == 1


def test_a_foreign_certificate_gets_no_mail(send, use_server, tmp_path):
    with mail_server(make_certificate(tmp_path)) as server:
        use_server(server.port, EMAIL_USE_SSL=True)
        kept = send()
    assert server.received == []
    assert kept.state == STATE.WAITING
    assert "CERTIFICATE_VERIFY_FAILED" in kept.error


@pytest.mark.parametrize(
    ("behaviour", "error"),
    [({"silent": True}, "timed out"), ({"refusal": "451 later"}, "451"), (None, "ConnectionRefusedError")],
)
def test_a_server_that_cannot_is_asked_again(behaviour, error, send, use_server, caplog):
    """Ever more rarely; then the mail is given up, and the operator told."""
    if behaviour is None:
        use_server(closed_port())
        kept = send()
        times = [kept.next_try_at]
        for _delay in DELAYS:
            let_time_pass()
            run_all()
            kept.refresh_from_db()
            times.append(kept.next_try_at)
        # The last try moves nothing any more.
        waits = [later - before for before, later in pairwise(times[:-1])]
        assert all(later >= before for before, later in pairwise(waits))
        assert (kept.state, kept.attempts) == (STATE.FAILED, len(DELAYS) + 1)
        assert "is given up" in caplog.text
    else:
        with mail_server(**behaviour) as server:
            use_server(server.port, EMAIL_TIMEOUT=0.2)
            kept = send()
        assert server.calls == 1
        assert (kept.state, kept.attempts) == (STATE.WAITING, 1)
        assert kept.next_try_at > timezone.now() + DELAYS[0] / 2
    assert error in kept.error
    assert kept.content
    assert "lotse@beispiel.test" not in caplog.text


def test_when_the_server_is_back_the_mail_goes(send, use_server):
    use_server(closed_port())
    kept = send()
    assert not run_next()
    with mail_server() as server:
        use_server(server.port)
        let_time_pass()
        run_all()
    kept.refresh_from_db()
    assert (kept.state, kept.content, kept.attempts) == (STATE.SENT, "", 2)
    assert len(server.received) == 1


def test_what_the_server_does_not_want_is_given_up_at_once(send, use_server):
    with mail_server(refusal="550 no such person") as server:
        use_server(server.port)
        kept = send()
    assert (kept.state, kept.attempts) == (STATE.FAILED, 1)
    assert "no such person" in kept.error
    assert not DBTaskResult.objects.filter(status="READY").exists()


@pytest.mark.parametrize(
    ("error", "final"),
    [
        (smtplib.SMTPRecipientsRefused({"a@x.de": (550, b"")}), True),
        (smtplib.SMTPRecipientsRefused({"a@x.de": (550, b""), "b@x.de": (450, b"")}), False),
        (smtplib.SMTPSenderRefused(553, b"", "a@x.de"), True),
        (smtplib.SMTPDataError(554, b""), True),
        (smtplib.SMTPDataError(451, b""), False),
        (smtplib.SMTPAuthenticationError(535, b""), False),
        (smtplib.SMTPConnectError(554, b""), False),
        (smtplib.SMTPHeloError(501, b""), False),
        (smtplib.SMTPServerDisconnected(), False),
        (smtplib.SMTPNotSupportedError(), False),
        (TimeoutError(), False),
        (ConnectionRefusedError(), False),
        (UnicodeEncodeError("ascii", "ä", 0, 1, ""), True),
    ],
)
def test_when_another_try_would_not_help(error, final):
    assert is_final(error) is final


def test_given_up_is_not_for_ever(send, use_server):
    with mail_server(refusal="550 no such person") as server:
        use_server(server.port)
        kept = send()
    with mail_server() as server:
        use_server(server.port)
        assert try_again(OutgoingMail.objects.all()) == 1
    kept.refresh_from_db()
    assert (kept.state, kept.attempts, len(server.received)) == (STATE.SENT, 1, 1)
    assert try_again(OutgoingMail.objects.all()) == 0


def test_a_mail_is_sent_once(send):
    kept = send()
    tasks.deliver.enqueue(str(kept.pk))
    kept.refresh_from_db()
    assert (kept.state, kept.attempts) == (STATE.SENT, 1)


@pytest.mark.parametrize(("state", "kept"), [("sent", tasks.KEPT_SENT), ("failed", tasks.KEPT_FAILED)])
def test_traces_end(state, kept, db):
    for age in (kept - timedelta(hours=1), kept + timedelta(hours=1)):
        OutgoingMail.objects.create(state=state, finished_at=timezone.now() - age)
    tidy()
    assert OutgoingMail.objects.get().finished_at > timezone.now() - kept


def test_what_waits_for_a_mail_server_is_no_lag(send, use_server):
    use_server(closed_port())
    send()
    assert lag() == 0
