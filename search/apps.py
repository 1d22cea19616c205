from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "search"
    verbose_name = _("Search")

    def ready(self):
        from search import checks, receivers  # noqa: F401 - both register themselves
        from search.indexing import drain, note_outdated
        from search.verify import oldest_change
        from sites.jobs import lags, queue

        queue.REGULAR |= {drain: queue.NAP, note_outdated: 3600}
        lags.LAGS["search"] = lags.Lag(oldest_change, timedelta(minutes=10))
