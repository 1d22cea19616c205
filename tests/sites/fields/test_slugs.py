"""Addresses are written in plain letters; scripts other than Latin stay."""

import unicodedata

import pytest
from django.utils.text import slugify
from hypothesis import given
from hypothesis import strategies as st

from sites.fields.slugs import german_slug, transliterated

ADDRESSES = {
    "Größe & Öffnungszeiten": "groesse-oeffnungszeiten",
    "Straße der Übergänge": "strasse-der-uebergaenge",
    "STRAẞE": "strasse",
    # As a file name of a Mac has it.
    unicodedata.normalize("NFD", "Büro"): "buero",
    "Café in Łódź, Œuvre": "cafe-in-lodz-oeuvre",
    "İstanbul’da çay": "istanbulda-cay",
    "Центр зустрічей": "центр-зустрічей",
    "مركز": "مركز",
}


@pytest.mark.parametrize("title", ADDRESSES)
def test_the_address_of_a_title(title):
    assert slugify(transliterated(title), allow_unicode=True) == unicodedata.normalize(
        "NFKC", ADDRESSES[title]
    )


def test_an_address_in_plain_letters_only():
    assert german_slug("Begegnung für Ältere") == "begegnung-fuer-aeltere"
    assert german_slug("Центр") == ""


@given(st.text())
def test_an_address_stays_what_it_is(text):
    once = slugify(transliterated(text), allow_unicode=True)
    assert slugify(transliterated(once), allow_unicode=True) == once
    assert not set("äöüß") & set(once)
