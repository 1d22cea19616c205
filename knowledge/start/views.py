"""The address that leads staff of every site to where they begin."""

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.contrib.contenttypes.models import ContentType
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from wagtail.models import Page, Site

from knowledge.models.base import KnowledgeListPage
from knowledge.start.sections import sections
from sites.access.readers import readable_by
from sites.admin.host import has_site
from sites.models import Traeger


def _is_signed_in_at(site: Site) -> bool:
    """Tell whether who is signed in on one site is so on `site`, too: where all share a cookie."""
    domain = settings.SESSION_COOKIE_DOMAIN or ""
    return bool(domain) and f".{site.hostname}".endswith(domain)


def _lists(site: Site, user) -> list[Page]:
    """Return the lists right below the start page of `site` that `user` may read."""
    types = ContentType.objects.get_for_models(*KnowledgeListPage.__subclasses__()).values()
    start = site.root_page
    below = Page.objects.live().filter(depth=start.depth + 1, path__startswith=start.path)
    return list(readable_by(below, user).filter(content_type__in=types).order_by("path"))


@never_cache
@require_safe
def staff_start(request):
    """Lead to the start page of the knowledge base, or show its content here: where one signs in to each site
    apart, nobody who has just done so should have to do it again."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    knowledge = Traeger.objects.filter(kind=Traeger.Kind.KNOWLEDGE).select_related("site__root_page").first()
    if knowledge is None:
        return redirect("/")
    here = Site.find_for_request(request) == knowledge.site
    if here or _is_signed_in_at(knowledge.site) or (settings.PORTAL_ADMIN_ORIGIN and not has_site(request)):
        return redirect("/" if here and has_site(request) else f"{knowledge.site.root_url}/")
    return render(request, "knowledge/start.html", sections(_lists(knowledge.site, request.user), request))
