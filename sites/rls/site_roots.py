"""The addresses of all sites, the same whoever asks."""

from django.core.cache import cache
from django.db import connection
from wagtail.models import Site
from wagtail.models.sites import SITE_ROOT_PATHS_CACHE_KEY, SITE_ROOT_PATHS_CACHE_VERSION, SiteRootPath


def site_root_paths() -> list[SiteRootPath]:
    """Take the place of `Site.get_site_root_paths`: the same list, kept in the same place.

    Wagtail computes it with what the person who happens to be first may see, and keeps it for everybody.
    """
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
