"""Films lose what tells about people, and nothing else."""

import struct

import pytest
from django.core.files.base import ContentFile
from hypothesis import given
from hypothesis import strategies as st

from sites.media import films
from tests.factories import DocumentFactory
from tests.sites.media.uploads import GPS_MARK, NAME_MARK

MADE = struct.pack(">I", 3_800_000_000)
PIXELS = b"udta: so look the pictures" * 9


def box(name: bytes, *content: bytes, large: bool = False) -> bytes:
    data = b"".join(content)
    if large:
        return struct.pack(">I4sQ", 1, name, len(data) + 16) + data
    return struct.pack(">I4s", len(data) + 8, name) + data


def dated(name: bytes, version: int = 0) -> bytes:
    """A box that says when the film was made and changed, and how long something takes."""
    width = 4 if version else 0
    moments = (b"\0" * width + MADE) * 2
    return box(name, bytes([version, 0, 0, 7]), moments, b"\0\0\3\xe8how long")


def film(version: int = 0, large: bool = False) -> bytes:
    place = box(b"udta", box(b"\xa9xyz", b"\0\x12\x15\xc7+" + GPS_MARK + b"+011.032/"), large=large)
    apple = box(b"meta", box(b"keys", b"location.ISO6709"), box(b"ilst", GPS_MARK, NAME_MARK))
    track = box(
        b"trak",
        dated(b"tkhd", version),
        box(b"mdia", dated(b"mdhd", version), box(b"minf", b"where the samples are")),
        place,
        apple,
    )
    return b"".join(
        (
            box(b"ftyp", b"mp42\0\0\0\0mp42isom"),
            box(b"moov", dated(b"mvhd", version), track, place, apple, box(b"uuid", NAME_MARK), large=large),
            box(b"uuid", b"\xbe\x7a\xcf\xcb" * 4, NAME_MARK),
            box(b"mdat", PIXELS, large=large),
        )
    )


def cleaned(data: bytes) -> bytes:
    return films.without_metadata(ContentFile(data, name="film.mp4")).read()


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("version", [0, 1])
def test_personal_data_go_and_the_film_stays(version, large):
    before = film(version, large)
    after = cleaned(before)
    for secret in (GPS_MARK, NAME_MARK, MADE):
        assert secret in before
        assert secret not in after
    # Everything else is where it was.
    assert len(after) == len(before)
    for kept in (PIXELS, b"where the samples are", b"how long", b"mp42isom"):
        assert [i for i in range(len(before)) if after.startswith(kept, i)] == [
            i for i in range(len(before)) if before.startswith(kept, i)
        ]
    assert after.count(b"free") == 6
    again = ContentFile(after, name="film.mp4")
    assert films.without_metadata(again) is again


def test_a_film_without_personal_data_is_left_alone():
    data = box(b"ftyp", b"mp42") + box(b"moov", box(b"trak", b"")) + box(b"mdat", PIXELS)
    file = ContentFile(data, name="film.mp4")
    assert films.without_metadata(file) is file
    assert file.read() == data


def test_other_types_are_left_alone():
    file = ContentFile(b"%PDF-1.7 " + film(), name="a.pdf")
    assert films.without_metadata(file) is file


def test_a_film_that_breaks_off_is_cleaned_as_far_as_it_goes():
    data = film()
    assert GPS_MARK not in cleaned(data[:-20])
    # The last box may leave out how long it is.
    assert cleaned(data[: -len(PIXELS) - 8] + b"\0\0\0\0mdat" + PIXELS).endswith(PIXELS)


@given(st.integers(0, 4000), st.binary(min_size=1, max_size=8))
def test_nonsense_never_fails(place, noise):
    data = film()
    place %= len(data)
    changed = data[:place] + noise + data[place + len(noise) :]
    assert len(cleaned(changed)) == len(changed)


def test_very_many_boxes_take_an_end():
    data = box(b"ftyp", b"mp42") + box(b"free") * (films._MOST_BOXES + 5)
    assert cleaned(data) == data


@pytest.mark.parametrize("way", ["object", "file"])
def test_films_are_cleaned_on_every_way(way, traeger_a):
    document = DocumentFactory(traeger=traeger_a)
    uploaded = ContentFile(film(), name="film.mp4")
    if way == "object":
        document.file = uploaded
        document.save()
    else:
        document.file.save("film.mp4", uploaded)
    stored = document.file.storage.open(document.file.name).read()
    assert stored == cleaned(film())
    assert GPS_MARK not in stored
