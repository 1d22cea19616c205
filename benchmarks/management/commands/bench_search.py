import time

from django.conf import settings
from django.core.management.base import BaseCommand
from django.test.utils import override_settings
from wagtail.models import Locale

from benchmarks.search_index import Size, fill
from benchmarks.search_questions import ASKED, search_elasticsearch, summary, times


class Command(BaseCommand):
    """Prints a line for each size and kind of question, and by how much the last size takes longer."""

    help = "Measures how long the search takes, on indexes of invented entries. Empties the index!"

    def add_arguments(self, parser):
        parser.add_argument("--entries", type=int, nargs="+", default=[20_000, 100_000])
        parser.add_argument("--clients", type=int, default=4, help="who ask at once; default: %(default)s")
        parser.add_argument("--questions", type=int, default=200, help="of each; default: %(default)s")

    def handle(self, *, entries, clients, questions, **options):
        locale, _created = Locale.objects.get_or_create(language_code="de")
        asked = {("postgresql", name): ask for name, ask in ASKED.items()}
        if settings.SEARCH_URL:
            asked["elasticsearch", "search"] = search_elasticsearch
        medians: dict[tuple[str, str], list[float]] = {name: [] for name in asked}
        with override_settings(DEBUG=False):
            for number in entries:
                fill(Size(number, locale.pk))
                if settings.SEARCH_URL:
                    self._send(number)
                for (engine, name), ask in asked.items():
                    median, slow = summary(times(ask, clients, questions))
                    medians[engine, name].append(median)
                    self.stdout.write(
                        f"engine={engine} documents={number} clients={clients} what={name}"
                        f" p50_ms={median:.1f} p95_ms={slow:.1f}"
                    )
        for (engine, name), each in medians.items():
            self.stdout.write(f"engine={engine} what={name} growth={each[-1] / each[0]:.2f}")

    def _send(self, number: int) -> None:
        """Bring the entries into an index of Elasticsearch, and tell how quickly."""
        from search.engine import building, telling

        # Slow answers are measured, too.
        telling.QUESTION = 60.0
        begun = time.perf_counter()
        building.begin()
        building.go_on(3600)
        rate = number / (time.perf_counter() - begun)
        self.stdout.write(f"engine=elasticsearch documents={number} what=building per_second={rate:.0f}")
