"""The sitemap: the public pages of the site that was asked for."""

from django.contrib.auth.models import AnonymousUser
from wagtail.contrib.sitemaps.sitemap_generator import Sitemap
from wagtail.models import Page

from sites.access.readers import readable_by


class ReadablePages(Sitemap):
    """Only what everybody may read; also when somebody is logged in, because others keep sitemaps."""

    def items(self):
        root = self.get_wagtail_site().root_page
        pages = Page.objects.live().filter(path__startswith=root.path[: -root.steplen], depth__gte=root.depth)
        # Every page type has its address and date in the common table: no query per type.
        return readable_by(pages, AnonymousUser()).order_by("path")
