"""What something else can't be without is not deleted, and whoever tries is told why."""

from django.urls import reverse
from wagtail.models import Site

from tests.factories import UserFactory


def test_the_site_of_a_traeger(traeger_a, client_for):
    client = client_for(UserFactory(admin=True), traeger_a)
    address = reverse("wagtailsites:delete", args=[traeger_a.site_id])
    answer = client.post(address, follow=True)
    assert answer.redirect_chain == [(address, 302)]
    expected = f"Das lässt sich nicht löschen, es wird noch gebraucht: Träger {traeger_a}."
    assert expected in answer.content.decode()
    assert Site.objects.filter(pk=traeger_a.site_id).exists()
