"""Some dozens of invented entries, some of whose words are rare and some of which only few people read."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from uuid import UUID

from django.conf import settings
from django.db import connection
from wagtail.models import Locale

from search import weights
from search.indexing import VERSION, Field, read, store
from search.models import Entry
from tests.search.meaning.stand_in import make_vectors

WORDS = (
    *("Schulden", "Schuldnerberatung", "Beratung", "Wohngeld", "Wohnung", "Antrag", "Rieth", "Umzug"),
    *("Kranich", "Straßenfest", "Familie", "Kinder", "Amt", "Hilfe", "ALG II", "Mietrückstand", "party"),
)
FACETS = ("kind:offer", "kind:method", "topic:schulden", "topic:wohnen", "sozialraum:rieth", "sozialraum:*")
# Days from now: never, past, to come.
DAYS = (None, None, -9, 9)


@dataclass(frozen=True)
class Maker:
    """Makes entries by chance, the same each time. `paths`: of folders; `readers`: principals."""

    rng: Random
    paths: list[str]
    readers: list[str]

    def _text(self, most: int) -> str:
        # The first words are much more frequent than the last ones.
        return " ".join(
            WORDS[int(len(WORDS) * self.rng.random() ** 2)] for _word in range(self.rng.randint(1, most))
        )

    def _day(self, now: datetime) -> datetime | None:
        days = self.rng.choice(DAYS)
        return None if days is None else now + timedelta(days=days)

    def fill(self, number: int) -> None:
        """Let the index have so many entries, and nothing else."""
        now = datetime.now(UTC)
        codes = ["de"] * 4 + ["uk"]
        locales = {code: Locale.objects.get_or_create(language_code=code)[0] for code in set(codes)}
        Entry.objects.all().delete()
        found, kept = {}, {}
        for page in range(-number, 0):
            code = self.rng.choice(codes)
            title = Field(weights.FIELDS["title"], self._text(3))
            reading = read([title, Field(weights.TEXT, self._text(30), is_prose=True)], code)
            entry = Entry(
                page_id=page,
                path=self.rng.choice(self.paths) + "0001",
                locale=locales[code],
                # Some are the same in two languages.
                translation_key=UUID(int=self.rng.randint(1, number)),
                facets=sorted(self.rng.sample(FACETS, self.rng.randint(0, 3))),
                date=self.rng.choice([None, now - timedelta(days=self.rng.randint(0, 20))]),
                until=self._day(now),
                sequence=reading.sequence,
                version=VERSION,
            )
            found[page] = (entry, reading)
            checked = self._day(now)
            kept[page] = (self.rng.choices(self.readers, k=2), checked and checked.date())
        store(list(found), found)
        with connection.cursor() as cursor:
            # Triggers keep both.
            for page, (readers, checked) in kept.items():
                cursor.execute(
                    "UPDATE search_entry SET readers = %s, checked_until = %s WHERE page_id = %s",
                    [readers, checked, page],
                )
        if settings.SEARCH_SEMANTIC:
            make_vectors()
