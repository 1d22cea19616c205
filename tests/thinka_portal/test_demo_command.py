"""When the demo is not loaded: on a real installation, into a portal in use, after an error."""

import pytest
from django.core.management import CommandError, call_command

from sites.models import Traeger, User
from thinka_portal.demo import loader


def test_the_command_refuses_a_real_installation(empty_portal, settings):
    settings.PORTAL_DEMO = False

    with pytest.raises(CommandError, match="PORTAL_DEMO"):
        call_command("load_demo")
    assert not Traeger.objects.exists()


def test_a_portal_in_use_is_left_alone(world, settings, capsys):
    settings.PORTAL_DEMO = True
    before = set(Traeger.objects.values_list("slug", flat=True))

    call_command("load_demo")
    assert "nothing was changed" in capsys.readouterr().out
    assert set(Traeger.objects.values_list("slug", flat=True)) == before
    assert not User.objects.exists()


def test_an_error_leaves_nothing_behind(empty_portal, monkeypatch, settings, tmp_path):
    settings.PRIVATE_MEDIA_ROOT = tmp_path
    written = []

    def fail(traeger, entry, media):
        written.extend(path for path in tmp_path.rglob("*") if path.is_file())
        raise RuntimeError("no colours today")

    # Comes after the first site's pages and files.
    monkeypatch.setattr(loader, "_brand", fail)
    with pytest.raises(RuntimeError, match="no colours today"):
        loader.load_demo()
    assert written
    assert not Traeger.objects.exists()
    assert not User.objects.exists()
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]
