"""What every answer tells browsers not to do: content security policies of the sites and the editing area.

See docs/decisions/0017-security-headers.md. Django 6 brings such policies along (`SECURE_CSP`), 5.2 does not.
"""

import base64
import re
from hashlib import sha256

from django.conf import settings
from django.template.loader import get_template

from sites.admin.host import ADMIN_PREFIX

# What no page of the portal uses, so nothing that gets into one may ask for it.
_SWITCHED_OFF = (
    *("accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "hid"),
    *("idle-detection", "local-fonts", "magnetometer", "microphone", "midi", "payment", "serial", "usb"),
    "xr-spatial-tracking",
)

HEADERS = {
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in _SWITCHED_OFF),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    # Django sets these two later on the way in, so answers to what it refuses earlier would lack them.
    "Referrer-Policy": settings.SECURE_REFERRER_POLICY,
    "X-Content-Type-Options": "nosniff",
}


def _portal_hosts() -> list[str]:
    """The hosts of this installation as sources: a film on one site may lie on another."""
    hosts = [settings.PORTAL_DOMAIN, f".{settings.PORTAL_DOMAIN}", *settings.ALLOWED_HOSTS]
    # A policy has no way to write an IPv6 address.
    named = [host for host in hosts if host != "*" and not host.startswith("[")]
    return [f"*{host}:*" if host.startswith(".") else f"{host}:*" for host in dict.fromkeys(named)]


def _hash_of_plain_style() -> str:
    """The style sheet within the plain page, which must look right where nothing else can be had."""
    source = get_template("plain.html").template.source
    style = re.search(r"<style>(.*?)</style>", source, re.DOTALL).group(1)
    return f"'sha256-{base64.b64encode(sha256(style.encode()).digest()).decode()}'"


def policies() -> tuple[dict[str, str], dict[str, str]]:
    """Return the directives of the sites and those of the editing area."""
    site = {
        "default-src": "'none'",
        "base-uri": "'none'",
        "connect-src": "'self'",
        "font-src": "'self'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
        # KERN's style sheet brings its icons along as data.
        "img-src": "'self' data:",
        "manifest-src": "'self'",
        "media-src": " ".join(["'self'", *_portal_hosts()]),
        "object-src": "'none'",
        "script-src": "'self'",
        "style-src": f"'self' {_hash_of_plain_style()}",
    }
    admin = {
        **site,
        # The preview beside the editor.
        "frame-src": "'self'",
        # A picture that is being uploaded is shown before it has an address.
        "img-src": "'self' data: blob:",
        # Each text editor (Draftail) writes a style sheet of its own into the page, never the same twice.
        "style-src": "'self' 'unsafe-inline'",
    }
    return site, admin


def _header(directives: dict[str, str]) -> str:
    return "; ".join(f"{name} {sources}" for name, sources in directives.items())


class SecurityHeadersMiddleware:
    """Comes first, so that it sees every answer: static files and what other middlewares refuse, too.

    An answer that brings a header of its own keeps it.
    """

    def __init__(self, get_response):
        self.get_response = get_response
        site, admin = policies()
        self.site, self.admin = _header(site), _header(admin)
        # A preview is a page of the site in a frame of the editing area.
        self.preview = _header({**site, "frame-ancestors": "'self'"})

    def __call__(self, request):
        response = self.get_response(request)
        if hasattr(request, "is_dummy"):
            policy = self.preview
        elif request.path_info.startswith(ADMIN_PREFIX):
            policy = self.admin
        else:
            policy = self.site
        response.headers.setdefault("Content-Security-Policy", policy)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response
