"""What lies below the address of the Wegweiser, so that it works without a network.

The page for that time is made for nobody in particular; what a person may read is asked for by itself.
See docs/decisions/0028-wegweiser-offline.md.
"""

import json
from datetime import timedelta
from hashlib import sha256

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers, get_conditional_response
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe
from wagtail.models import Page, Site

from home.opening_hours import HORIZON_DAYS
from home.site_context import SiteContext
from knowledge.wegweiser.matching import LANGUAGE, SOZIALRAUM, TOPIC
from knowledge.wegweiser.payload import addresses, holidays_data, in_server_order, place_data
from knowledge.wegweiser.reading import Reading
from knowledge.wegweiser.views import Asking, page_context
from sites.accounts.device import LONGEST, give_key
from sites.fields.languages import LANGUAGES

# Until when holidays are named: as far as the next opening is looked for, from the last day that it is kept;
# and a month more, because it ends with one.
_AHEAD = timedelta(days=HORIZON_DAYS + 31, seconds=LONGEST)


@require_safe
@gzip_page
def saved(request):
    """All that the person may read, to be kept on their phone. Its ETag lets the same cost little."""
    if not request.user.is_authenticated:
        response = HttpResponse(status=401)
    else:
        body = json.dumps(_payload(Reading(request)), ensure_ascii=False, separators=(",", ":")).encode()
        etag = f'"{sha256(body).hexdigest()[:32]}"'
        full = HttpResponse(body, content_type="application/json", headers={"ETag": etag})
        response = get_conditional_response(request, etag=etag, response=full)
        give_key(request, response)
    # Not even the browser's own cache, which outlives the session and is not locked.
    add_never_cache_headers(response)
    return response


def _payload(reading: Reading) -> dict:
    places = in_server_order(reading.everything)
    pages = Page.objects.only("path", "depth", "url_path", "locale").in_bulk([place.page for place in places])
    urls = addresses(pages.values(), reading.request)
    today = timezone.localdate()
    return {
        "own": reading.own,
        "labels": {
            TOPIC: {term.slug: term.name for term in reading.topics},
            SOZIALRAUM: {term.slug: term.name for term in reading.sozialraeume},
            LANGUAGE: {code: str(name) for code, name in LANGUAGES},
        },
        # By whole months: else it would be another answer each day.
        "holidays": holidays_data(today.replace(day=1), (today + _AHEAD).replace(day=1)),
        "places": [
            place_data(place, urls[place.page], reading.whose(place))
            # It may be gone since.
            for place in places
            if place.page in urls
        ],
    }


@require_safe
@cache_control(no_cache=True)
def shell(request):
    """The page for when there is no network: the questions alone, and nothing of whoever asks for it."""
    return render(request, "knowledge/wegweiser.html", page_context(Asking(request, empty=True)))


@require_safe
@cache_control(no_cache=True)
def worker(request):
    """The service worker. From here, because it may only look after what lies below its address."""
    script = f"importScripts({json.dumps(static('js/wegweiser/worker.js'))});\n"
    return HttpResponse(script, content_type="text/javascript; charset=utf-8")


@require_safe
@cache_control(no_cache=True)
def manifest(request):
    """What a phone needs to put the Wegweiser beside its other apps."""
    site = Site.find_for_request(request)
    if site is None:
        raise Http404
    look = SiteContext(request, site)
    start = reverse("wegweiser")
    described = {
        "name": f"{_('Wegweiser')} – {look.site_name}",
        "short_name": _("Wegweiser"),
        "lang": get_language().replace("de-simple", "de"),
        "dir": "rtl" if get_language_bidi() else "ltr",
        "id": start,
        "start_url": start,
        "scope": start,
        "display": "standalone",
        "background_color": "#ffffff",
        "theme_color": look.branding.accent_color,
        "icons": [{"src": static("favicon.svg"), "sizes": "any", "type": "image/svg+xml"}],
    }
    return JsonResponse(described, content_type="application/manifest+json")
