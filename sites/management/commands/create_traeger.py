from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from sites.access.creation import create_traeger
from sites.models import Traeger
from sites.models.branding import DEFAULT_ACCENT


class Command(BaseCommand):
    help = "Makes a complete new Träger: folder, start page, site, groups, collections, workflow, settings."

    def add_arguments(self, parser):
        parser.add_argument("name", help="name of the organisation, e.g. “Beispiel-Verein e.V.”")
        parser.add_argument(
            "--slug", default="", help="short form in addresses (default: made from the name)"
        )
        parser.add_argument("--short-name", default="", help="short name for narrow places")
        parser.add_argument(
            "--host",
            default="",
            help="host name of the site (default: <slug>.<portal domain>, for the coordination office "
            "<portal domain>)",
        )
        parser.add_argument(
            "--kind",
            choices=Traeger.Kind.values,
            default=Traeger.Kind.TRAEGER,
            help="the first “coordination” office gets the default site, which answers for unknown hosts "
            "(default: %(default)s)",
        )
        parser.add_argument(
            "--colour", default=DEFAULT_ACCENT, help="colour as #rrggbb (default: %(default)s)"
        )

    def handle(self, *, name, slug, short_name, host, kind, colour, **options):
        try:
            traeger = create_traeger(
                name, slug=slug, short_name=short_name, host=host, kind=kind, accent_color=colour
            )
        except ValidationError as error:
            lines = [f"  {field}: {' '.join(texts)}" for field, texts in error.message_dict.items()]
            raise CommandError("Nothing was made. Please change:\n" + "\n".join(lines)) from error
        self.stdout.write(f"Made {traeger.name}: {traeger.site.root_url}")
