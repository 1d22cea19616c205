"""Which words find each other and which do not, as a table."""

import pytest

from search.text import tokens


def terms(text: str, language: str = "de") -> dict[str, float]:
    found: dict[str, float] = {}
    for token in tokens(text, language):
        for term, weight in token.terms:
            found[term] = max(weight, found.get(term, 0))
    return found


def whole(text: str, language: str = "de") -> set[str]:
    return {token.terms[0][0] for token in tokens(text, language)}


SAME = [
    # inflection
    "Kurs Kurse Kursen Kurses",
    "Nachbar Nachbarn",
    "Kita Kitas",
    "Café Cafés Cafe cafes",
    "Thema Themen Themas",
    "Zentrum Zentren Zentrums",
    "Stadtteilzentrum Stadtteilzentren",
    "Schwerpunktthema Schwerpunktthemen",
    "Arzt Ärzte Ärzten Arztes",
    "Antrag Anträge Anträgen",
    "beraten berät beratet",
    "gestalten gestaltet gestaltete",
    "gehen ging gegangen",
    "Jugendliche Jugendlicher Jugendlichen jugendlich",
    "Geflüchtete Geflüchteter Geflüchteten",
    "wohnungslos Wohnungslose Wohnungslosen wohnungsloser",
    "barrierefrei barrierefreie barrierefreien",
    "Hausbesuch Hausbesuche Hausbesuchen",
    # umlauts, sharp s, case
    "Räumungsklage raeumungsklage RÄUMUNGSKLAGE raumungsklage Raeumungsklagen",
    "Straßenfest Strassenfest STRASSENFEST Straßenfeste",
    "Gesprächsführung Gespraechsfuehrung",
    "Bürgergeld Buergergeld burgergeld",
    "Frauencafé Frauencafe Frauencafés",
    # gender
    "Mitarbeiter Mitarbeiterin Mitarbeiterinnen Mitarbeiter:innen Mitarbeiter*innen Mitarbeiter_innen",
    "Mitarbeiter MitarbeiterInnen MitarbeiterIn Mitarbeiter/innen Mitarbeiter/-innen Mitarbeiter(innen)",
    "Mitarbeiter Mitarbeiter/in Mitarbeiter/-in Mitarbeiter(in) Mitarbeiter:in",
    "Mitarbeiter Mitarbeiter·innen Mitarbeiter-innen",
    "Lotse Lotsin Lots:innen Lotsen Lotsinnen",
    "Arzt Ärztin Ärzt:innen Ärzt*in",
    "Kollege Kollegin Kolleg:innen",
    "Geflüchtete Geflüchtete:r Geflüchtete(n)",
    "Bürgerbeteiligung Bürger:innenbeteiligung Bürger*innenbeteiligung BürgerInnenbeteiligung",
    "Bürgerbeteiligung Bürger_innenbeteiligung BÜRGER:INNENBETEILIGUNG",
    "Mitarbeiter MITARBEITER:INNEN MITARBEITER*IN mitarbeiter*innen",
    "jede jede:r jede_r jede*r",
    "Jugendlotse Jugendlotsin Jugendlots:innen",
    # joined
    "Bundestag Bundes-tag Bundes·tag Bundes\u00adtag Bundes\u200btag Bundes‧tag Bundes-\ntag",
    "Schuldnerberatung Schuldner-Beratung Schuldner·beratung Schuldner-beratung",
    "z.B. zB",
    "e.V. eV",
    # abbreviations
    "SGB_II SGB-II SGBII SGB2 sgb2 sgbii".replace("_", "\u00a0"),
    "Hartz-IV HartzIV Hartz4 hartz-4",
    "SPDi spdi SPDI",
    "WBS wbs",
]


@pytest.mark.parametrize("group", SAME)
def test_spellings_of_one_word_have_one_term(group):
    found = {word: whole(word) for word in group.split(" ")}

    assert len({frozenset(one) for one in found.values()}) == 1, found
    assert all(len(one) == 1 for one in found.values())


MEET = [
    ("Schuldnerberatung", "Beratung für Schuldner"),
    ("Schuldnerberatung", "Beratungen"),
    ("Schuldnerberatung", "wer berät Schuldner"),
    ("Schuldner- und Insolvenzberatung", "Schuldnerberatung"),
    ("Kinder-/Jugendhilfe", "Kinderhilfe"),
    ("Kochkurs", "Kurs zum Kochen"),
    ("Küchentische", "Tisch"),
    ("Bundesamtes", "Amt"),
    ("Bewegungsachse", "Achse"),
    ("Wohnungssuche", "Suche nach Wohnungen"),
    ("Elterntreff", "Treff für Eltern"),
    ("Mietschulden", "Miete"),
    ("Mieterversammlung", "Mieterinnen"),
    ("Wohnungslosenhilfe", "Hilfe"),
    ("Wohnungslosenhilfe", "Wohnungslose"),
    ("Wohnungslosigkeit", "Wohnungslose"),
    ("Sprachcafé", "Sprache"),
    ("Räumungsklage", "Räumung"),
    ("Raeumungsklage", "Klage"),
    ("Seniorennachmittag", "Senior"),
    ("Verbraucherinsolvenz", "Insolvenz"),
    ("Ehrenamtliche", "Ehrenamt"),
    ("Überschuldete", "überschulden"),
    ("Versicherte", "versichern"),
    ("Beraterin", "Beratung"),
    ("Dolmetscher:innen", "wer dolmetscht"),
    ("Überschuldung", "überschuldet"),
    ("Unterhaltsvorschussstelle", "Unterhaltsvorschuss"),
    ("Eltern-Kind-Gruppe", "Gruppen"),
    ("Eltern-Kind-Gruppe", "Kind"),
    ("Eltern/Kind", "Kind"),
    ("ALG II/Wohngeld", "ALG 2"),
    ("ALG II/Wohngeld", "Wohngeld"),
    ("SGB II", "SGB"),
    ("P-Konto", "Konto"),
    ("Covid-19", "covid"),
    ("Ortsteilbürgermeister", "Bürgermeisterin"),
]


@pytest.mark.parametrize(("one", "other"), MEET)
def test_words_that_belong_together_share_a_term(one, other):
    assert terms(one).keys() & terms(other).keys()


APART = [
    ("Arbeit", "Arzt"),
    ("Miete", "Mitte"),
    ("Burg", "Bürger"),
    ("Kurs", "Kur"),
    ("Zeitung", "Zeit"),
    ("Termin", "Term"),
    ("Nachbar", "Bar"),
    ("Kontakt", "Akt"),
    ("Leitung", "Gen"),
    ("Kleidung", "Dung"),
    ("Schrank", "Rank"),
    ("Gehalt", "alt"),
    ("Nachbarschaft", "Schaft"),
    ("Begleitung", "Leitung"),
    ("Verbraucherinsolvenz", "Raucherin"),
    ("Mieterhöhung", "Mieter"),
    ("Bewegungsachse", "Sachse"),
    ("SGB II", "SGB XII"),
    ("Angebot", "Bote"),
    ("Samstag", "Same"),
    ("Markt", "Mark"),
    ("Recht", "Rechen"),
    ("vereinbart", "Bart"),
    ("diagnostische", "Tisch"),
    ("Bundesamtes", "Samt"),
    ("Medizinisches", "Nische"),
]


@pytest.mark.parametrize(("one", "other"), APART)
def test_words_that_only_look_alike_stay_apart(one, other):
    assert not terms(one).keys() & whole(other)
    assert not terms(other).keys() & whole(one)


def test_parts_weigh_less_than_the_word():
    assert terms("Schuldnerberatung") == {
        "schuldnerberatung": 1,
        "schuldner": 0.5,
        "beratung": 0.5,
        "berat": 0.5,
    }


def test_own_words_make_compounds_too():
    """ThINKA is in no dictionary."""
    assert "thinka" not in terms("Thinkabüro")

    found = {term for token in tokens("Thinkabüro", "de", frozenset({"thinka"})) for term, _ in token.terms}

    assert {"thinka", "buro"} <= found


def test_easy_language_is_german():
    assert tokens("Die Bera-tung hilft Schuldnern", "de-simple") == tokens(
        "Die Bera-tung hilft Schuldnern", "de"
    )


OTHER_LANGUAGES = [
    ("en", "family families"),
    ("en", "debt debts"),
    ("en", "apply applied applying"),
    ("en", "women women's women’s"),
    ("en", "wellbeing well-being"),
    ("uk", "допомога допомоги допомогу допомогою"),
    ("uk", "сім'я сім’я сімʼя сімї сім'ї"),
    ("uk", "борг борги боргів"),
    ("uk", "консультація консультації консультацій"),
    ("uk", "Jobcenter jobcenter Jobcentern"),
    ("ar", "مساعدة مُسَاعَدَة مســـاعدة المساعدة والمساعدة مساعده"),
    ("ar", "إيجار ايجار الإيجار"),
    ("ar", "عائلة عائلات العائلة للعائلات"),
    ("ar", "تقسيط بالتقسيط التقسيط"),
    ("tr", "ÇOCUK çocuk"),
]


@pytest.mark.parametrize(("language", "group"), OTHER_LANGUAGES)
def test_other_languages_have_stems(language, group):
    found = {word: frozenset(whole(word, language)) for word in group.split()}

    assert len(set(found.values())) == 1, found


@pytest.mark.parametrize(
    ("language", "one", "other"), [("uk", "мова", "мода"), ("ar", "سكن", "سفر"), ("en", "house", "horse")]
)
def test_other_languages_keep_words_apart(language, one, other):
    assert not whole(one, language) & whole(other, language)
