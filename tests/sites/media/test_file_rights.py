"""Who on the machine reads what is uploaded: the portal's account and the web server's group, nobody else."""

import os
import stat

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

# In a folder of its own, below another one, and in the public folder.
NAMES = ["documents/bericht.pdf", "avatar_images/a/b.png", "images/gross.png"]


@pytest.fixture(autouse=True)
def _folders(settings, tmp_path):
    settings.MEDIA_ROOT, settings.PRIVATE_MEDIA_ROOT = tmp_path / "media", tmp_path / "private"
    mask = os.umask(0)
    yield
    os.umask(mask)


@pytest.mark.django_db
@pytest.mark.parametrize("umask", [0o000, 0o077])
@pytest.mark.parametrize("name", NAMES)
def test_files_and_folders_are_closed_to_others(tmp_path, name, umask):
    os.umask(umask)
    default_storage.save(name, ContentFile(b"x"))
    (root,) = [folder for folder in (tmp_path / "media", tmp_path / "private") if folder.exists()]
    found = {path.relative_to(root): stat.S_IMODE(path.stat().st_mode) for path in root.rglob("*")}
    files = {path for path in found if (root / path).is_file()}
    assert {found[path] for path in files} == {0o640}
    assert {mode for path, mode in found.items() if path not in files} == {0o750}
