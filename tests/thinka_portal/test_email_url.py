"""Which mail server is used, from the environment."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from thinka_portal.email_url import CONSOLE, SMTP, mail_settings

# environment → (server, port, user, password, TLS from the first byte, STARTTLS)
SERVERS = [
    ({"EMAIL_URL": "smtps://u:p@mail.example.org"}, ("mail.example.org", 465, "u", "p", True, False)),
    ({"EMAIL_URL": "smtps://u%40x.de:a%2Fb%40c@m.de:4465/"}, ("m.de", 4465, "u@x.de", "a/b@c", True, False)),
    ({"EMAIL_URL": "smtp+tls://u:p@m.de"}, ("m.de", 587, "u", "p", False, True)),
    ({"EMAIL_URL": "smtp://localhost"}, ("localhost", 25, "", "", False, False)),
    ({"EMAIL_URL": " smtp://[::1]:2525 "}, ("::1", 2525, "", "", False, False)),
    ({"EMAIL_URL": "smtp://m.de", "EMAIL_HOST": "other.de"}, ("m.de", 25, "", "", False, False)),
    ({}, ("localhost", 25, "", "", False, False)),
    ({"EMAIL_HOST": "m.de", "EMAIL_USE_SSL": "1"}, ("m.de", 465, "", "", True, False)),
    (
        {
            "EMAIL_HOST": "m.de",
            "EMAIL_PORT": "587",
            "EMAIL_HOST_USER": "u",
            "EMAIL_HOST_PASSWORD": "p",
            "EMAIL_USE_TLS": "1",
        },
        ("m.de", 587, "u", "p", False, True),
    ),
]
NAMES = ("HOST", "PORT", "HOST_USER", "HOST_PASSWORD", "USE_SSL", "USE_TLS")


@pytest.mark.parametrize(("environ", "expected"), SERVERS)
def test_the_mail_server(environ, expected):
    found = mail_settings(environ)
    assert tuple(found[f"EMAIL_{name}"] for name in NAMES) == expected
    assert found["PORTAL_MAIL_BACKEND"] == SMTP


@pytest.mark.parametrize(
    ("environ", "backend"),
    [({}, CONSOLE), ({"EMAIL_URL": "console:"}, CONSOLE), ({"EMAIL_HOST": "m.de"}, SMTP)],
)
def test_without_a_server_mails_are_printed_where_that_is_usual(environ, backend):
    assert mail_settings(environ, usual=CONSOLE)["PORTAL_MAIL_BACKEND"] == backend


@pytest.mark.parametrize(
    "environ",
    [
        {"EMAIL_URL": "https://u:geheim@m.de"},
        {"EMAIL_URL": "smtps://u:geheim@m.de:99999"},
        {"EMAIL_URL": "smtps://u:geheim/x@m.de"},
        {"EMAIL_URL": "smtps://u:geheim#x@m.de"},
        {"EMAIL_URL": "smtps://u:geheim@"},
        {"EMAIL_URL": "m.de"},
        {"EMAIL_USE_SSL": "1", "EMAIL_USE_TLS": "1"},
        {"EMAIL_PORT": "smtp"},
        {"EMAIL_PORT": "0"},
    ],
)
def test_a_mistake_is_said_at_start_without_the_password(environ):
    with pytest.raises(ImproperlyConfigured) as error:
        mail_settings(environ)
    assert "EMAIL_" in str(error.value)
    assert "geheim" not in str(error.value)
