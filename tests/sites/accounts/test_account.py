"""What people set for themselves on the page „Benutzerkonto“."""

from django.urls import reverse


def test_nobody_chooses_another_clock(client_for, person, traeger_a):
    account = client_for(person("redaktion", traeger_a), traeger_a).get(reverse("wagtailadmin_account"))
    assert account.status_code == 200
    assert "current_time_zone" not in account.content.decode()
