"""Which mail server the portal uses: EMAIL_URL, or the single variables of Django's names."""

from collections.abc import Mapping
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

SMTP = "django.core.mail.backends.smtp.EmailBackend"
CONSOLE = "django.core.mail.backends.console.EmailBackend"
HINT = "EMAIL_URL must look like smtps://user:password@mail.example.org:465"
# scheme → (TLS from the first byte, TLS after STARTTLS, usual port)
SCHEMES = {"smtps": (True, False, 465), "smtp+tls": (False, True, 587), "smtp": (False, False, 25)}


def mail_settings(environ: Mapping[str, str], usual: str = SMTP) -> dict:
    """Return Django's settings of the mail server, and as PORTAL_MAIL_BACKEND what hands mails over.

    `usual`: that backend where `environ` names no server. Raises ImproperlyConfigured, which says what is
    wrong, but never the password.
    """
    url = environ.get("EMAIL_URL", "").strip()
    return _from_url(url) if url else _from_variables(environ, usual)


def _from_url(url: str) -> dict:
    parts = urlsplit(url)
    if parts.scheme == "console":
        return _settings(CONSOLE)
    if parts.scheme not in SCHEMES:
        raise ImproperlyConfigured(f"{HINT}, or begin with smtp+tls://, smtp:// or console:")
    ssl, tls, usual_port = SCHEMES[parts.scheme]
    try:
        host, port = parts.hostname, parts.port
    except ValueError:
        raise ImproperlyConfigured(f"{HINT}; its port is no number up to 65535.") from None
    # A password with an unwritten "/", "?" or "#" ends the name of the server too early.
    if not host or parts.path.strip("/") or parts.query or parts.fragment:
        raise ImproperlyConfigured(f"{HINT}; in the password, write / as %2F, ? as %3F, # as %23, @ as %40.")
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    return _settings(SMTP, host, port or usual_port, user, password, ssl, tls)


def _from_variables(environ: Mapping[str, str], usual: str) -> dict:
    ssl, tls = (environ.get(name, "") == "1" for name in ("EMAIL_USE_SSL", "EMAIL_USE_TLS"))
    if ssl and tls:
        raise ImproperlyConfigured("Set EMAIL_USE_SSL (port 465) or EMAIL_USE_TLS (STARTTLS), not both.")
    port = environ.get("EMAIL_PORT", "465" if ssl else "25")
    if not port.isdecimal() or not 0 < int(port) < 65536:
        raise ImproperlyConfigured(f"EMAIL_PORT must be a number from 1 to 65535, not {port!r}.")
    return _settings(
        SMTP if environ.get("EMAIL_HOST") else usual,
        environ.get("EMAIL_HOST") or "localhost",
        int(port),
        environ.get("EMAIL_HOST_USER", ""),
        environ.get("EMAIL_HOST_PASSWORD", ""),
        ssl,
        tls,
    )


def _settings(backend: str, host="localhost", port=25, user="", password="", ssl=False, tls=False) -> dict:
    return {
        "PORTAL_MAIL_BACKEND": backend,
        "EMAIL_HOST": host,
        "EMAIL_PORT": port,
        "EMAIL_HOST_USER": user,
        "EMAIL_HOST_PASSWORD": password,
        "EMAIL_USE_SSL": ssl,
        "EMAIL_USE_TLS": tls,
    }
