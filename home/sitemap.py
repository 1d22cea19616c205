"""The sitemap: the public pages of the site that was asked for."""

from django.contrib.auth.models import AnonymousUser
from wagtail.contrib.sitemaps.sitemap_generator import Sitemap
from wagtail.models import Page

from sites.access import readable_by


class ReadablePages(Sitemap):
    """Only what everybody may read; also for somebody who is logged in, because sitemaps are kept by others."""

    def items(self):
        root = self.get_wagtail_site().root_page
        pages = Page.objects.live().descendant_of(root.get_parent())
        return readable_by(pages, AnonymousUser()).order_by("path").defer_streamfields().specific()
