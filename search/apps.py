from datetime import timedelta

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "search"
    verbose_name = _("Search")

    def ready(self):
        from knowledge.wegweiser.views import FIND_BY_WORDS
        from search import checks  # noqa: F401 - registers itself
        from search.asked.counting import forget
        from search.attachments.queue import QUEUE, oldest
        from search.attachments.queue import note_outdated as note_outdated_attachments
        from search.engine import state
        from search.engines import send
        from search.indexing import drain, note_outdated
        from search.meaning import filling, storage
        from search.verify import oldest_change
        from sites.jobs import lags, queue

        # In this order: vectors are made of what the index has.
        queue.REGULAR |= {
            drain: queue.NAP,
            send: queue.NAP,
            QUEUE.read_waiting: queue.NAP,
            note_outdated: 3600,
            note_outdated_attachments: 3600,
            filling.fill: queue.NAP,
            forget: 3600,
        }
        from search.by_words import find_by_words

        FIND_BY_WORDS[:] = [find_by_words]
        post_migrate.connect(storage.prepare, sender=self, dispatch_uid="search.meaning")
        lags.LAGS["search"] = lags.Lag(oldest_change, timedelta(minutes=10))
        if state.configured():
            lags.LAGS["search_engine"] = lags.Lag(state.oldest_change, timedelta(minutes=10))
        # After a restore of all files, or a new version of the reader, very many wait.
        lags.LAGS["attachments"] = lags.Lag(oldest, timedelta(days=1))
