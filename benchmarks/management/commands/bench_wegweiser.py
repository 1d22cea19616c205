import gzip
import re
from collections.abc import Iterator
from random import Random
from statistics import median

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.test import Client
from django.test.utils import override_settings

from benchmarks.access import person
from benchmarks.pages import Grower
from benchmarks.partners import add_partners, portal
from benchmarks.reads import BACKEND, Request, ask, walls
from sites.models import Traeger

PAGE, SAVED = "/wegweiser/?topic=thema-1&sozialraum=raum-1", "/wegweiser/daten/"
FONTS = ("vendor/fonts/fira-sans-400-latin.woff2", "vendor/fonts/fira-sans-600-latin.woff2")


class Command(BaseCommand):
    """Prints a line for each size, and by how much the last one costs more than the first."""

    help = "Measures the Wegweiser with many partners, which are made for it and gone afterwards."

    def add_arguments(self, parser):
        parser.add_argument("--partners", type=int, nargs="+", default=[200, 2000, 10_000])
        parser.add_argument("--rounds", type=int, default=5, help="default: %(default)s")

    def handle(self, *, partners, rounds, **options):
        if Traeger.objects.exists():
            raise CommandError("Take an empty database: PORTAL_DATABASE=portal_bench_wegweiser")
        found: list[dict[str, float]] = []
        with transaction.atomic(), override_settings(DEBUG=False):
            traeger, knowledge = portal()
            reader, grower, before = person(traeger, "lesen"), Grower(Random(1)), 0  # noqa: S311
            for number in sorted(partners):
                add_partners(knowledge, number - before, grower)
                before = number
                found.append(self._measure(traeger, reader, rounds))
                told = " ".join(f"{name}={value:.0f}" for name, value in found[-1].items())
                self.stdout.write(f"partners={number} {told}")
            transaction.set_rollback(True)
        times = " ".join(f"{name}={found[-1][name] / found[0][name]:.1f}" for name in found[0])
        self.stdout.write(f"growth partners={max(partners) / min(partners):.1f} {times}")

    def _measure(self, traeger, reader, rounds) -> dict[str, float]:
        wall = list(walls().values())[-1]
        page, saved = Request("page", PAGE, reader), Request("payload", SAVED, reader)
        taken: dict[str, list[float]] = {"page": [], "payload": []}
        for number in range(rounds + 1):
            for request in (page, saved):
                milliseconds, queries = ask(request, traeger, wall)
                # The first answer fills caches that every server has.
                if number:
                    taken[request.name].append(milliseconds)
                if request is page:
                    of_page = queries
        client = Client(headers={"host": f"{traeger.site.hostname}:{traeger.site.port}"})
        client.force_login(reader, backend=BACKEND)
        with wall():
            payload, html = client.get(SAVED).content, client.get(PAGE).content
        return {
            "payload_kb": len(gzip.compress(payload, 6)) / 1024,
            "first_load_kb": (len(gzip.compress(html, 6)) + sum(_files(html.decode()))) / 1024,
            "queries": of_page,
            "ms": median(taken["page"]),
            "payload_ms": median(taken["payload"]),
        }


def _files(html: str) -> Iterator[int]:
    """Yield the bytes, as they travel, of what a first visit loads, without pictures."""
    named = set(re.findall(rf'(?:src|href)="{settings.STATIC_URL}([^"#]+)', html)) | set(FONTS)
    for path in sorted(named):
        file = finders.find(path)
        if not file:
            raise CommandError(f"{path} is missing. Run: python -m thinka_portal.frontend")
        with open(file, "rb") as opened:
            content = opened.read()
        yield len(content) if path.endswith(".woff2") else len(gzip.compress(content, 6))
