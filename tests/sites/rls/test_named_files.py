"""No row names a file that is not its own: half-done uploads and profile pictures, too."""

import pytest
from django.db import IntegrityError, connection, transaction
from wagtail.models import UploadedFile
from wagtail.users.models import UserProfile

from sites.access.roles import REDAKTION
from tests.web_role import web_process

BAD_UPLOADS = (
    "documents/geheim.pdf",
    "original_images/geheim.png",
    "wagtail_uploads/../documents/geheim.pdf",
    "wagtail_uploads/./geheim.pdf",
    "wagtail_uploads/",
    "/wagtail_uploads/geheim.pdf",
    "wagtail_uploads/von-anderen.pdf",
)
BAD_AVATARS = (
    "documents/geheim.pdf",
    "original_images/geheim.png",
    "avatar_images/../documents/geheim.pdf",
    "avatar_images/",
    "avatar_images/von-anderen.png",
)


@pytest.fixture
def me(person, traeger_a):
    other, me = person(REDAKTION, traeger_a), person(REDAKTION, traeger_a)
    UploadedFile.objects.create(uploaded_by_user=other, file="wagtail_uploads/von-anderen.pdf")
    UserProfile.objects.filter(user=other).update(avatar="avatar_images/von-anderen.png")
    return me


@pytest.mark.parametrize("name", BAD_UPLOADS)
def test_an_upload_names_no_other_file(name, me, traeger_a):
    with web_process(me, traeger_a):
        mine = UploadedFile.objects.create(uploaded_by_user=me, file="wagtail_uploads/mein.pdf")
        for change in (
            lambda: UploadedFile.objects.create(uploaded_by_user=me, file=name),
            lambda: UploadedFile.objects.filter(pk=mine.pk).update(file=name),
        ):
            with pytest.raises(IntegrityError), transaction.atomic():
                change()


@pytest.mark.parametrize("name", BAD_AVATARS)
def test_a_profile_names_no_other_file(name, me, traeger_a):
    with web_process(me, traeger_a), pytest.raises(IntegrityError), transaction.atomic():
        UserProfile.objects.filter(user=me).update(avatar=name)


def test_own_files_are_named(me, traeger_a):
    with web_process(me, traeger_a):
        # Wagtail empties the name of an upload that is finished, before the row goes.
        for name in ("wagtail_uploads/mein.pdf", "wagtail_uploads/2026/mein foto.JPG", "", ""):
            UploadedFile.objects.create(uploaded_by_user=me, file=name)
        for name in ("avatar_images/ich.png", ""):
            assert UserProfile.objects.filter(user=me).update(avatar=name) == 1
    # Most people have no picture: that is no name that they would share.
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM wagtailusers_userprofile WHERE avatar = ''")
        assert cursor.fetchone()[0] >= 1
