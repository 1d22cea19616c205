from itertools import groupby

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from sites.access.role_check import differences, mend


class Command(BaseCommand):
    help = "Compares groups, rights and workflows in the database with the roles as data."

    def add_arguments(self, parser):
        parser.add_argument(
            "--fix",
            action="store_true",
            help="make missing groups and give every group of a role exactly the rights of that role",
        )

    def handle(self, *, fix, **options):
        found = differences()
        if fix and any(each.mendable for each in found):
            self._list([each for each in found if each.mendable])
            mend()
            self.stdout.write(_("These are put right. New groups are empty: give people their roles again."))
            found = differences()
        if not found:
            self.stdout.write(_("All groups, rights and workflows are as the roles say."))
            return
        self._list(found)
        mendable = [each for each in found if each.mendable]
        advice = [_("The roles in the database differ from what they are meant to be (%s).") % len(found)]
        if mendable:
            advice.append(
                _("Rights and groups of a Träger are put right by: %s") % "manage.py check_roles --fix"
            )
        if len(mendable) < len(found):
            advice.append(
                _(
                    "The others need your decision, in the editing area under Settings: "
                    "groups, people, workflows."
                )
            )
        raise CommandError("\n".join(advice))

    def _list(self, found) -> None:
        for subject, group in groupby(found, key=lambda each: each.subject):
            self.stdout.write(subject)
            for each in group:
                self.stdout.write(f"  {each.text}")
