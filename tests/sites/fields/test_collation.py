"""Names stand where people look for them, without a German collation in the database."""

import pytest

from home.models import OfferIndexPage, Topic
from sites.fields.collation import german
from tests.factories import OfferPageFactory, TopicFactory
from tests.world import list_page

NAMES = ["Zebra", "Ofen", "apfel", "Äpfel", "Straße", "Strasse 2", "Übergang"]
SORTED = ["apfel", "Äpfel", "Ofen", "Straße", "Strasse 2", "Übergang", "Zebra"]


@pytest.mark.django_db
def test_words_sort_for_people():
    for name in NAMES:
        TopicFactory(name=name, slug=f"wort-{NAMES.index(name)}")
    found = Topic.objects.filter(name__in=NAMES).order_by(german("name"), "-name")
    assert sorted(found.values_list("name", flat=True)[:2]) == ["apfel", "Äpfel"]
    assert list(found.values_list("name", flat=True)[2:]) == SORTED[2:]


def test_lists_of_a_site_sort_for_people(traeger_a, client_for):
    listing = list_page(traeger_a, OfferIndexPage)
    for name in ("Zebra", "Ofen", "Äpfel"):
        OfferPageFactory(parent=listing, title=name)
    text = client_for(None, traeger_a).get(listing.url).content.decode()
    assert text.index("Äpfel") < text.index("Ofen") < text.index("Zebra")
