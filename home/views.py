"""Views of a site that belong to no page."""

from django.contrib.auth.views import LogoutView
from django.http import Http404, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from sites.fields.colour import Shades, palette


class PortalLogoutView(LogoutView):
    """Logs out by POST and goes back to the start page."""


def _rule(selector: str, shades: Shades) -> str:
    declarations = ";".join(f"{name}:{colour}" for name, colour in shades.tokens().items())
    return f"{selector}{{{declarations}}}"


@require_safe
@cache_control(public=True, max_age=31_536_000, immutable=True)
def branding_css(request, accent: str):
    """The colours of a Träger as a style sheet; `accent` is rrggbb, so a changed colour has a new address."""
    try:
        shades = palette(f"#{accent}")
    except ValueError as error:
        raise Http404 from error
    dark = _rule(":root:not([data-kern-theme=light])", shades.dark)
    rules = [
        _rule(":root", shades.light),
        _rule(":root[data-kern-theme=dark]", shades.dark),
        f"@media (prefers-color-scheme:dark){{{dark}}}",
    ]
    return HttpResponse("\n".join(rules), content_type="text/css; charset=utf-8")
