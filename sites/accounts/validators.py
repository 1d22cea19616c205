"""What a password must be beyond its length: hard to guess for whoever has lists and knows the place."""

import re

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from zxcvbn import zxcvbn

# 10^10 guesses and more, in the words of zxcvbn: out of reach even for who has stolen the digests.
ENOUGH = 4
# It looks at no more, and takes ever longer.
LONGEST = 72

# What people here begin a password with. The lists of zxcvbn are leaked passwords and English.
_GERMAN = """
    passwort kennwort geheim geheimnis willkommen hallo servus moin tschuess zugang anmeldung anmelden
    login start admin chef chefin buero arbeit kollege kollegin team verein traeger caritas mitmenschen
    kontakt krise krisen thinka portal intranet intern wissen wissensbasis koordination lotse lotsin
    redaktion freigabe leitung anlaufstelle nachbarschaft sozialraum beratung termin kalender computer
    drucker internet telefon erfurt jena thueringen thuringia weimar gera rieth roter berg johannesplatz
    berliner platz gotha eisenach januar februar maerz april mai juni juli august september oktober
    november dezember montag dienstag mittwoch donnerstag freitag samstag sonntag fruehling sommer
    herbst winter ostern weihnachten silvester schatz schatzi liebling sonnenschein sonne schmetterling
    blume hund katze mausi familie mutter vater fussball bayern schalke dortmund deutschland
    ichliebedich qwertz qwertzuiop asdfghjkl
"""
GERMAN = _GERMAN.split()
UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def _near(user) -> list[str]:
    """Return the words that whoever knows the person, or the portal, tries first."""
    own = [str(getattr(user, name, "") or "") for name in ("email", "first_name", "last_name", "role_title")]
    texts = [*own, str(getattr(user, "phone", "") or ""), settings.WAGTAIL_SITE_NAME, settings.PORTAL_DOMAIN]
    words = [word for text in texts for word in re.split(r"[\W_]+", text.lower()) if len(word) > 2]
    return words + [word.translate(UMLAUTS) for word in words]


class HardToGuess:
    """Refuses leaked passwords, simple variations of them, repetitions, rows of keys, dates, near words."""

    def validate(self, password, user=None):
        known = [*_near(user), *GERMAN]
        shown = password[:LONGEST]
        # Once as typed and once without umlauts, as the lists are.
        scores = [
            zxcvbn(text[:LONGEST], user_inputs=known)["score"]
            for text in {shown, shown.lower().translate(UMLAUTS)}
        ]
        if min(scores) < ENOUGH:
            raise ValidationError(
                _(
                    "This password is easy to guess. Take three or four words that have nothing to do "
                    "with each other, or let a password manager make one."
                ),
                code="password_easy_to_guess",
            )

    def get_help_text(self):
        return _("Best are three or four words that have nothing to do with each other.")
