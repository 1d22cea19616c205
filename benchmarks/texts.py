"""Titles and paragraphs that look like the ones of the portal; the same number gives the same text."""

import json
from random import Random
from uuid import UUID

_THINGS = (
    *("Beratung", "Sprechstunde", "Frühstück", "Nachbarschaft", "Hausaufgaben", "Sprachcafé", "Garten"),
    *("Werkstatt", "Familien", "Schulden", "Wohnen", "Arbeit", "Ausbildung", "Gesundheit", "Kochen"),
    *("Bewegung", "Spielplatz", "Senioren", "Jugend", "Eltern", "Behörden", "Anträge", "Energie", "Umzug"),
    *("Pflege", "Begleitung", "Treffpunkt", "Bücher", "Musik", "Fahrrad", "Computer", "Formulare"),
)
_KINDS = ("Angebot", "Treffen", "Hilfe", "Kurs", "Gruppe", "Termin", "Information", "Projekt", "Runde")
_PLACES = ("Rieth", "Herrenberg", "Melchendorf", "Johannesplatz", "Drosselberg", "Wiesenhügel", "Roter Berg")
_SENTENCES = (
    "Kommen Sie vorbei, eine Anmeldung ist nicht nötig.",
    "Wir helfen beim Ausfüllen und erklären, was in den Schreiben steht.",
    "Bringen Sie mit, was Sie an Unterlagen haben.",
    "Das Angebot ist kostenlos und für alle aus dem Stadtteil offen.",
    "Wer nicht kommen kann, ruft an; wir finden einen anderen Weg.",
    "Kinder sind willkommen, es gibt eine Spielecke.",
    "Auf Wunsch sprechen wir Arabisch, Ukrainisch oder Englisch.",
    "Die Räume sind ohne Stufen zu erreichen.",
)


def title(rng: Random, number: int) -> str:
    """Return a title that no other page has."""
    return f"{rng.choice(_THINGS)}: {rng.choice(_KINDS)} {rng.choice(_PLACES)} {number}"


def summary(rng: Random) -> str:
    """Return one sentence."""
    return rng.choice(_SENTENCES)


def body(rng: Random) -> str:
    """Return the JSON of a StreamField with one text block of a few paragraphs."""
    paragraphs = "".join(
        f"<p>{' '.join(rng.sample(_SENTENCES, 3))} {rng.choice(_THINGS)}, {rng.choice(_THINGS)}.</p>"
        for _number in range(3)
    )
    return json.dumps([{"type": "text", "value": paragraphs, "id": str(UUID(int=rng.getrandbits(128)))}])
