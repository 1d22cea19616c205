from collections import Counter

from django.core.management.base import BaseCommand, CommandError

from sites.rls.install import WRONG, mend, wrong_readers


class Command(BaseCommand):
    help = (
        "Computes anew who reads each page, collection and search entry; compares that with what is stored."
    )

    def add_arguments(self, parser):
        parser.add_argument("--fix", action="store_true", help="store the right readers")

    def handle(self, *, fix, **options):
        wrong = wrong_readers()
        for kind, row_id, stored, right in wrong:
            self.stdout.write(f"{kind} {row_id}: {_listed(stored)} should be {_listed(right)}")
        counts = Counter(kind for kind, *_row in wrong)
        for kind in WRONG:
            self.stdout.write(f"{kind}: {counts[kind]} wrong")
        if wrong and not fix:
            raise CommandError(f"{len(wrong)} are wrong. This puts them right: manage.py rls_verify --fix")
        if wrong:
            mend()
            self.stdout.write(f"{len(wrong)} put right.")
        self.stdout.write("All readers are right.")


def _listed(readers: list[str]) -> str:
    return ", ".join(readers) or "nobody"
