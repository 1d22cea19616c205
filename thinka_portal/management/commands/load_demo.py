from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from thinka_portal.demo.loader import load_demo


class Command(BaseCommand):
    """Fills an empty portal with the demo. A second run changes nothing."""

    help = "Loads the demo content (five sites, methods, partners, accounts) into an empty portal, once."

    def handle(self, *args, **options):
        if not settings.PORTAL_DEMO:
            raise CommandError(
                "The demo content brings accounts with a published password, so it is only loaded where "
                "PORTAL_DEMO is on. For a real installation make the first Träger with: "
                "manage.py create_traeger"
            )
        if load_demo():
            self.stdout.write("The demo content is loaded.")
        else:
            self.stdout.write("The portal already has content; nothing was changed.")
