"""The icons and illustrations that editors can choose; the drawings are in templates/."""

from django.utils.translation import gettext_lazy as _

ICON_CHOICES = [
    ("banknote", _("Money")),
    ("briefcase", _("Work")),
    ("document", _("Paper")),
    ("heart", _("Health")),
    ("home", _("Housing")),
    ("info", _("Information")),
    ("mail", _("Letter")),
    ("people", _("People")),
    ("receipt", _("Bill")),
    ("speech", _("Conversation")),
]

ILLUSTRATION_CHOICES = [
    ("haeuser", _("Houses of the neighbourhood")),
    ("gespraech", _("A conversation")),
    ("haustuer", _("At the front door")),
    ("kaffeetisch", _("Coffee table")),
    ("strassenbahn", _("Tram")),
    ("briefe-sortieren", _("Sorting letters")),
    ("nachbarschaftsgarten", _("Neighbourhood garden")),
    ("beratung-am-laptop", _("Counselling at a laptop")),
    ("fest-im-hof", _("Festival in the courtyard")),
]
