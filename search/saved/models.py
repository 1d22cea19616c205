"""The searches that a person has saved."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from wagtail.models import Site

from sites.fields.dates import PortalDateTimeField

# Of one person; who saves more finds nothing again.
MOST = 50
LONGEST_QUERY = 2_000


class SavedSearch(models.Model):
    """A search that a person has saved on one site, in one language. Nobody else sees it.

    `query`: the parameters of the search page; `title`: the question, and what it was narrowed down by.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="+")
    language = models.CharField(max_length=10)
    query = models.CharField(max_length=LONGEST_QUERY)
    title = models.CharField(max_length=200)
    saved_at = PortalDateTimeField(db_default=Now())

    class Meta:
        verbose_name = _("saved search")
        verbose_name_plural = _("saved searches")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "site", "language", "query"], name="search_savedsearch_once"
            ),
        ]

    def __str__(self):
        return self.title

    def address(self, site: Site) -> str:
        """Return the address of the search, as it is seen from `site`."""
        with override(self.language):
            path = f"{reverse('search')}?{self.query}"
        return path if self.site_id == site.pk else self.site.root_url + path
