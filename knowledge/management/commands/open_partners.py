from itertools import groupby

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from knowledge.audience import NarrowerError, open_partners
from knowledge.models.base import KnowledgePage
from sites.models import Traeger


class Command(BaseCommand):
    help = "Lets visitors read the partners of the knowledge base; says first what would become public."

    def add_arguments(self, parser):
        parser.add_argument("--open", action="store_true", help="do it")

    def handle(self, *, open, **options):
        traeger = Traeger.objects.filter(kind=Traeger.Kind.KNOWLEDGE).select_related("site").first()
        if traeger is None:
            raise CommandError(_("There is no knowledge base."))
        with transaction.atomic():
            try:
                pages = open_partners(traeger)
            except NarrowerError as narrower:
                raise CommandError(
                    _(
                        "“%s” is for some groups only, with everything below. Open it to everybody with an "
                        "account first, in the editing area under “Privacy”."
                    )
                    % narrower.page
                ) from None
            self._list(pages)
            if not open:
                transaction.set_rollback(True)
        if not pages:
            self.stdout.write(_("Visitors read nothing more than before."))
        elif open:
            self.stdout.write(_("Visitors read this now, with the pictures and files that it shows."))
        else:
            self.stdout.write(
                _(
                    "This would become public, with the pictures and files that it shows; nothing has "
                    "changed yet. Look through it, then: %s"
                )
                % "manage.py open_partners --open"
            )

    def _list(self, pages) -> None:
        """Name each page, of entries only how many there are."""
        for is_entry, group in groupby(
            pages, key=lambda page: issubclass(page.specific_class, KnowledgePage)
        ):
            found = list(group)
            if is_entry:
                number = len(found)
                line = ngettext("%(number)s entry", "%(number)s entries", number) % {"number": number}
                self.stdout.write(f"    {line}")
            else:
                for page in found:
                    self.stdout.write(f"  {page.title}")
