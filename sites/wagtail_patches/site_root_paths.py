"""The addresses of all sites, the same whoever asks.

Wagtail computes them with what the person who happens to be first may see, and keeps them for everybody. Here
the database tells them past its policies. Wagtail 8.0; not reported: upstream knows no hidden sites.
"""

from django.core.cache import cache
from django.db import connection
from wagtail.models import Site
from wagtail.models.sites import SITE_ROOT_PATHS_CACHE_KEY, SITE_ROOT_PATHS_CACHE_VERSION, SiteRootPath

PATCHED = {"wagtail.models.sites:Site.get_site_root_paths": "166eac326fa0"}


def site_root_paths() -> list[SiteRootPath]:
    """Take the place of `Site.get_site_root_paths`: the same list, kept in the same place."""
    kept = cache.get(SITE_ROOT_PATHS_CACHE_KEY, version=SITE_ROOT_PATHS_CACHE_VERSION)
    if kept is not None:
        return [SiteRootPath(*each) for each in kept]
    with connection.cursor() as cursor:
        cursor.execute("SELECT site_id, root_path, hostname, port, language_code FROM portal_site_roots()")
        rows = cursor.fetchall()
    paths = [
        SiteRootPath(site_id, root_path, Site(hostname=hostname, port=port).root_url, language)
        for site_id, root_path, hostname, port, language in rows
    ]
    cache.set(SITE_ROOT_PATHS_CACHE_KEY, paths, 3600, version=SITE_ROOT_PATHS_CACHE_VERSION)
    return paths


def apply() -> None:
    Site.get_site_root_paths = staticmethod(site_root_paths)
