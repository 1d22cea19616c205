"""Pictures lose what tells about people, and nothing else."""

from contextlib import suppress
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageOps

from sites.media.metadata import DamagedPictureError, without_metadata
from tests.factories import ImageFactory
from tests.sites.media.uploads import GPS_MARK, NAME_MARK, encoded, gif, jpeg, png, webp

SRGB = b"ICC" * 50_000  # longer than one segment
PICTURES = {
    "jpeg": (jpeg, {}),
    "progressive jpeg": (jpeg, {"progressive": True}),
    "jpeg with restarts": (jpeg, {"restart_marker_blocks": 1}),
    "jpeg with colours": (jpeg, {"icc_profile": SRGB}),
    "png": (png, {}),
    "png with colours": (png, {"icc_profile": SRGB}),
    "webp": (webp, {}),
    "lossless webp": (webp, {"lossless": True}),
    "webp with colours": (webp, {"icc_profile": SRGB}),
}
SECRETS = [GPS_MARK, NAME_MARK, b"xmpmeta"]


def cleaned(data: bytes) -> bytes:
    return without_metadata(ContentFile(data, name="bild")).read()


def pixels(data: bytes, upright: bool) -> bytes:
    with Image.open(BytesIO(data)) as picture:
        return (ImageOps.exif_transpose(picture) if upright else picture).convert("RGB").tobytes()


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("name", PICTURES)
def test_personal_data_go_and_the_picture_stays(name, orientation):
    make, options = PICTURES[name]
    before = make(orientation, **options)
    if "png" not in name:  # its texts are compressed
        assert all(secret in before for secret in SECRETS)
    after = cleaned(before + b"PK\3\4 and more")
    assert not [secret for secret in SECRETS if secret in after or b"PK\3\4" in after]
    for upright in (True, False):
        assert pixels(after, upright) == pixels(before, upright)
    with Image.open(BytesIO(after)) as picture:
        assert dict(picture.getexif()) == ({} if orientation == 1 else {0x0112: orientation})
        assert not picture.getexif().get_ifd(0x8825)
        assert not {"comment", "xmp", "XML:com.adobe.xmp", "Author"} & picture.info.keys()
        assert picture.info.get("icc_profile") == options.get("icc_profile")
    assert cleaned(after) == after


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
def test_a_picture_without_personal_data_is_left_alone(kind):
    file = ContentFile(encoded(kind), name="bild")
    assert without_metadata(file) is file


def test_a_moving_picture_keeps_moving():
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "green", "blue")]
    stream = BytesIO()
    frames[0].save(stream, "WEBP", save_all=True, append_images=frames[1:], xmp=b"<xmpmeta/>")
    with Image.open(BytesIO(cleaned(stream.getvalue()))) as picture:
        assert picture.n_frames == 3


def test_personal_data_in_a_gif_go_and_it_moves_as_before():
    frames = [Image.new("RGB", (48, 32), colour) for colour in ("red", "green")]
    before = gif(save_all=True, append_images=frames, loop=3, duration=120)
    assert all(secret in before for secret in SECRETS)
    after = cleaned(before + b"PK\3\4 and more")
    assert not [secret for secret in SECRETS if secret in after or b"PK\3\4" in after]
    with Image.open(BytesIO(after)) as new, Image.open(BytesIO(before)) as old:
        assert (new.n_frames, new.info["loop"], new.info["duration"]) == (3, 3, 120)
        for number in range(3):
            new.seek(number)
            old.seek(number)
            assert new.convert("RGB").tobytes() == old.convert("RGB").tobytes()
    # Without its end a GIF is shown all the same.
    assert cleaned(after) == cleaned(after[:-1]) == after


def test_half_a_gif_is_refused():
    data = cleaned(gif())
    # The last part of the pixels, and the end.
    with pytest.raises(DamagedPictureError):
        cleaned(data[:-20])


@pytest.mark.parametrize("make", [jpeg, png, webp])
def test_half_a_picture_is_refused(make):
    data = make()
    for length in range(20, len(data) - 3, 7):
        with pytest.raises(DamagedPictureError):
            cleaned(data[:length])


@given(
    st.sampled_from([jpeg(6), png(6), webp(6), gif()]),
    st.integers(0, 4000),
    st.binary(min_size=1, max_size=4),
)
def test_nonsense_is_refused_or_cleaned_but_never_fails(data, place, noise):
    place %= len(data)
    with suppress(DamagedPictureError):
        cleaned(data[:place] + noise + data[place + len(noise) :])


@pytest.mark.parametrize("way", ["object", "file"])
def test_pictures_are_cleaned_on_every_way(way, traeger_a):
    picture = ImageFactory(traeger=traeger_a)
    if way == "object":
        picture.file = ContentFile(jpeg(6), name="bild.jpg")
        picture.save()
    else:
        picture.file.save("bild.jpg", ContentFile(jpeg(6), name="bild.jpg"))
    stored = picture.file.storage.open(picture.file.name).read()
    assert stored == cleaned(jpeg(6))
    assert GPS_MARK not in picture.get_rendition("original").file.read()
