"""How files are handed out: to whom, on which site, in which parts, with which headers."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.test import RequestFactory
from django.utils.http import http_date
from wagtail.models import Collection, Site
from wagtail.users.models import UserProfile

from knowledge.models import MethodIndexPage
from sites.access.creation import INTERNAL_COLLECTION
from sites.media.ranges import NotSatisfiableError, Part, asked_part
from sites.media.serving import serve_file
from sites.media.types import FILE_TYPES
from sites.models import Branding, ImageUserGrant, PortalDocument, PortalImage
from sites.rls.identity import SITE
from tests.factories import DocumentFactory, ImageFactory, UserFactory
from tests.sites.grants.granting import grant
from tests.web_role import web_process
from tests.world import list_page

DATA = b"0123456789"
PUBLIC_CACHE, PRIVATE_CACHE = "no-cache", "private, no-store"


def internal(traeger) -> Collection:
    return traeger.collection.get_children().get(name=INTERNAL_COLLECTION)


def body(answer) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


# Ranges

PARTS = {
    "bytes=0-3": Part(0, 3),
    "bytes=4-": Part(4, 9),
    "bytes=-3": Part(7, 9),
    "bytes=-99": Part(0, 9),
    "bytes=9-9": Part(9, 9),
    "bytes=5-99": Part(5, 9),
    " bytes=0-0 ": Part(0, 0),
    # The whole file: malformed, other units, several parts.
    "bytes=-": None,
    "bytes=5-2": None,
    "bytes=a-b": None,
    "bytes=0-1,4-5": None,
    "lines=0-1": None,
    "bytes 0-1": None,
    "bytes=٣-٤": None,
    "bytes=" + "9" * 5000 + "-": None,
    "": None,
}
NONE_OF_IT = ["bytes=10-", "bytes=10-20", "bytes=-0", "bytes=999999999999999999-"]


@pytest.mark.parametrize("header", PARTS)
def test_the_part_that_is_asked_for(header):
    assert asked_part(header, 10) == PARTS[header]


@pytest.mark.parametrize("header", NONE_OF_IT)
def test_a_part_that_does_not_exist(header):
    with pytest.raises(NotSatisfiableError):
        asked_part(header, 10)


def test_an_empty_file_has_no_last_bytes():
    with pytest.raises(NotSatisfiableError):
        asked_part("bytes=-1", 0)


@pytest.fixture
def sound(traeger_a):
    return DocumentFactory(traeger=traeger_a, shown=True, file__filename="ton.mp3", file__data=DATA)


def conditions(etag: str, modified: str) -> list[tuple]:
    """Return (request headers, status, body, Content-Range)."""
    old, later = http_date(1_000_000_000), http_date(time.time() + 60)
    part = (206, b"23", "bytes 2-3/10")
    asks = {"range": "bytes=2-3"}
    return [
        ({}, 200, DATA, None),
        (asks, *part),
        ({"range": "bytes=-2"}, 206, b"89", "bytes 8-9/10"),
        ({"range": "bytes=10-"}, 416, b"", "bytes */10"),
        ({"range": "bytes=0-1,3-4"}, 200, DATA, None),
        ({**asks, "if-range": etag}, *part),
        ({**asks, "if-range": modified}, *part),
        ({**asks, "if-range": f"W/{etag}"}, 200, DATA, None),
        ({**asks, "if-range": '"another"'}, 200, DATA, None),
        ({**asks, "if-range": old}, 200, DATA, None),
        ({**asks, "if-range": "nonsense"}, 200, DATA, None),
        ({"if-none-match": etag}, 304, b"", None),
        ({"if-none-match": f'"another", {etag}'}, 304, b"", None),
        ({**asks, "if-none-match": etag}, 304, b"", None),
        ({"if-none-match": '"another"'}, 200, DATA, None),
        ({"if-modified-since": modified}, 304, b"", None),
        ({"if-modified-since": later}, 304, b"", None),
        ({"if-modified-since": old}, 200, DATA, None),
        ({"if-match": '"another"'}, 412, b"", None),
        ({**asks, "if-match": etag}, *part),
        ({**asks, "if-unmodified-since": old}, 412, b"", None),
    ]


def test_parts_and_conditions(sound, traeger_a, client_for):
    client = client_for(None, traeger_a)
    first = client.get(sound.url)
    table = conditions(first["ETag"], first["Last-Modified"])
    for headers, status, expected, content_range in table:
        answer = client.get(sound.url, headers=headers)
        found = (answer.status_code, body(answer), answer.get("Content-Range"))
        assert found == (status, expected, content_range), headers
        assert answer["X-Content-Type-Options"] == "nosniff"
        if status in (200, 206):
            assert answer["Content-Length"] == str(len(expected))
            assert answer["Accept-Ranges"] == "bytes"
            assert answer["ETag"] == first["ETag"]


def test_head_tells_the_size_without_the_file(sound, traeger_a, client_for):
    answer = client_for(None, traeger_a).head(sound.url, headers={"range": "bytes=0-1"})
    assert (answer.status_code, answer["Content-Length"], body(answer)) == (200, "10", b"")


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_files_are_only_read(method, sound, traeger_a, client_for):
    assert getattr(client_for(None, traeger_a), method)(sound.url).status_code == 405


def test_the_file_is_closed(sound, traeger_a, client_for):
    answer = client_for(None, traeger_a).get(sound.url)
    stream = answer.streaming_content
    next(iter(stream))
    (closer,) = [c for c in answer._resource_closers if "_FilePart" in repr(c)]
    answer.close()
    assert closer.__self__.file.closed


def test_a_missing_file_is_a_404(sound, traeger_a, client_for):
    Path(sound.file.path).unlink()
    assert client_for(None, traeger_a).get(sound.url).status_code == 404


def test_an_empty_file_is_served(traeger_a, client_for):
    document = DocumentFactory(traeger=traeger_a, shown=True, file__filename="leer.txt", file__data=b"")
    answer = client_for(None, traeger_a).get(document.url)
    assert (answer.status_code, answer["Content-Length"], body(answer)) == (200, "0", b"")


# Headers

INLINE = {"pdf", "mp3", "oga", "ogg", "wav", "mp4", "webm", "gif", "jpg", "jpeg", "png", "webp"}


@pytest.mark.parametrize("extension", [*FILE_TYPES, "html", "svg", "js", "HTML", "xml", ""])
def test_only_harmless_types_are_shown_by_the_browser(extension, traeger_a, client_for):
    name = f"datei.{extension}" if extension else "datei"
    document = DocumentFactory(
        traeger=traeger_a, shown=True, file__filename=name, file__data=b"<script>alert(1)</script>"
    )
    answer = client_for(None, traeger_a).get(document.url)
    shown = extension.lower() in INLINE
    assert answer["Content-Disposition"].split(";")[0] == ("inline" if shown else "attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert ("sandbox" in policy) == (extension != "pdf")
    if extension.lower() not in FILE_TYPES:
        assert answer["Content-Type"] == "application/octet-stream"


def test_a_file_name_does_not_break_the_header(traeger_a, client_for):
    document = DocumentFactory(traeger=traeger_a, shown=True, file__filename="Blätter für „Zuhause“.txt")
    answer = client_for(None, traeger_a).get(document.url)
    assert answer.status_code == 200
    assert "filename*=utf-8''Bl%C3%A4tter" in answer["Content-Disposition"]


def test_what_is_not_public_is_kept_by_nobody(traeger_a, person, client_for):
    client = client_for(person("lesen", traeger_a), traeger_a)
    documents = (
        DocumentFactory(traeger=traeger_a, shown=True),
        DocumentFactory(collection=internal(traeger_a)),
    )
    rendition = ImageFactory(collection=internal(traeger_a)).get_rendition("max-10x10")
    found = [client.get(address)["Cache-Control"] for address in [*(d.url for d in documents), rendition.url]]
    assert found == [PUBLIC_CACHE, PRIVATE_CACHE, PRIVATE_CACHE]


HANDED_OVER = {"nginx": ("X-Accel-Redirect", "/geschuetzt/{name}"), "apache": ("X-Sendfile", "{path}")}


@pytest.mark.parametrize("server", HANDED_OVER)
def test_a_web_server_sends_the_file(server, settings, traeger_a, client_for):
    settings.PORTAL_SENDFILE = server
    document = DocumentFactory(collection=internal(traeger_a), file__filename="Bläh.pdf")
    # As it was stored before names were random.
    name = "documents/Bläh.pdf"
    os.rename(document.file.path, document.file.storage.path(name))
    PortalDocument.objects.filter(pk=document.pk).update(file=name)
    document.refresh_from_db()
    client = client_for(None, traeger_a)
    assert client.get(document.url).status_code == 404
    answer = client_for(UserFactory(admin=True), traeger_a).get(document.url)
    header, expected = HANDED_OVER[server]
    path = document.file.path.replace("ä", "%C3%A4")
    assert answer[header] == expected.format(name="documents/Bl%C3%A4h.pdf", path=path)
    assert answer.content == b""
    assert answer["Content-Type"] == "application/pdf"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == PRIVATE_CACHE


def test_a_web_server_is_not_sent_to_a_missing_file(settings, sound):
    settings.PORTAL_SENDFILE = "nginx"
    Path(sound.file.path).unlink()
    from django.http import Http404

    with pytest.raises(Http404):
        serve_file(RequestFactory().get("/"), sound.file, "ton.mp3", public=True)


# Sites


def test_a_document_is_served_on_the_site_of_its_traeger_only(world, client_for):
    admin = UserFactory(admin=True)
    traegers = list(vars(world).values())
    for owner in traegers:
        document = DocumentFactory(traeger=owner)
        assert document.url == f"{owner.site.root_url}/dokumente/{document.pk}/{document.filename}"
        found = {t.slug: client_for(admin, t).get(document.url).status_code for t in traegers}
        assert found == {t.slug: 200 if t == owner else 404 for t in traegers}


def test_the_address_follows_the_site_and_the_collection(world):
    document = DocumentFactory(traeger=world.traeger_a)
    assert document.url.startswith("http://beispiel-nord.localhost:8000/")
    site = Site.objects.get(pk=world.traeger_a.site.pk)
    site.hostname = "nord.beispiel.test"
    site.save()
    assert document.url.startswith("http://nord.beispiel.test:8000/")
    document.collection = internal(world.traeger_b)
    assert document.url.startswith("http://beispiel-sued.localhost:8000/")
    sub = internal(world.traeger_b)
    sub.move(world.traeger_a.collection, "sorted-child")
    assert document.url.startswith("http://nord.beispiel.test:8000/")


def test_a_document_of_nobody_is_served_everywhere(world, client_for):
    document = DocumentFactory(collection=Collection.get_first_root_node(), shown=True)
    assert document.url == f"/dokumente/{document.pk}/{document.filename}"
    for traeger in vars(world).values():
        assert client_for(None, traeger).get(document.url).status_code == 200


def test_a_list_of_documents_asks_once_for_their_site(traeger_a, django_assert_num_queries):
    documents = [DocumentFactory(traeger=traeger_a) for _number in range(5)]
    with django_assert_num_queries(1):
        assert len({document.url for document in documents}) == 5


@pytest.mark.parametrize("name", ["anderer.pdf", "", "x/y.pdf"])
def test_the_name_belongs_to_the_address(name, sound, traeger_a, client_for):
    client = client_for(UserFactory(admin=True), traeger_a)
    assert client.get(f"/dokumente/{sound.pk}/{name}").status_code == 404


# Pictures and portraits

PICTURES = {
    # who: (public, internal of A, on the list of methods)
    "visitor": (200, 404, 404),
    "staff": (200, 404, 200),
    "lesen a": (200, 200, 200),
    "redaktion a": (200, 200, 200),
    "leitung b": (200, 404, 200),
    "coordination": (200, 404, 200),
    "granted": (200, 200, 200),
    "admin": (200, 200, 200),
}


@pytest.mark.parametrize("who", PICTURES)
def test_who_may_see_which_picture(who, world, person, client_for):
    collections = world.traeger_a.collection, internal(world.traeger_a), world.knowledge.collection
    pages = True, True, list_page(world.knowledge, MethodIndexPage)
    pictures = [
        ImageFactory(collection=collection, shown=page)
        for collection, page in zip(collections, pages, strict=True)
    ]
    makers = {
        "visitor": lambda: None,
        "staff": UserFactory,
        "lesen a": lambda: person("lesen", world.traeger_a),
        "redaktion a": lambda: person("redaktion", world.traeger_a),
        "leitung b": lambda: person("leitung", world.traeger_b),
        "coordination": lambda: person("leitung", world.coordination),
        "granted": UserFactory,
        "admin": lambda: UserFactory(admin=True),
    }
    user = makers[who]()
    if who == "granted":
        from guardian.shortcuts import assign_perm

        assign_perm("view_portalimage", user, pictures[1])
        assert ImageUserGrant.grants.count() == 1
    # Originals are private all of them, so that they all go through the check.
    for host in vars(world).values():
        client = client_for(user, host)
        assert tuple(client.get(picture.file.url).status_code for picture in pictures) == PICTURES[who]
    sizes = [picture.get_rendition("max-10x10").url for picture in pictures[1:]]
    assert tuple(client.get(address).status_code for address in sizes) == PICTURES[who][1:]


def test_everybody_sees_a_logo(world, client_for):
    logo = ImageFactory(traeger=world.knowledge)
    address = logo.get_rendition("max-240x96").url
    client = client_for(None, world.knowledge)
    assert client.get(address).status_code == 404
    Branding.objects.filter(site=world.knowledge.site).update(logo=logo)
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("at", ["traeger_b", "coordination"])
def test_a_logo_of_others_opens_nothing(at, world, person, client_for):
    """Also while a grant lets the head of the site use the picture."""
    site, picture = getattr(world, at), ImageFactory(collection=internal(world.traeger_a))
    addresses = [picture.file.url, picture.get_rendition("max-240x96").url]
    head, reader = person("leitung", site), person("lesen", site)
    grant(head, picture, "view")
    Branding.objects.filter(site=site.site).update(logo=picture)
    for user, status in ((None, 404), (reader, 404), (head, 200)):
        for host in (site, world.traeger_a, world.coordination):
            client = client_for(user, host)
            assert [client.get(address).status_code for address in addresses] == [status] * 2
    assert addresses[1] not in client_for(None, site).get("/").content.decode()
    with web_process(None, site, SITE):
        assert not PortalImage.objects.filter(pk=picture.pk).exists()


def test_editors_see_the_thumbnails_of_internal_pictures(world, person, client_for):
    picture = ImageFactory(collection=internal(world.traeger_a))
    client = client_for(person("redaktion", world.traeger_a), world.coordination)
    listing = client.get("/admin/images/").content.decode()
    address = picture.renditions.get().url
    assert address in listing
    assert client.get(address).status_code == 200


def test_who_may_see_a_portrait(world, person, client_for):
    owner = person("redaktion", world.traeger_a)
    profile, _created = UserProfile.objects.get_or_create(user=owner)
    profile.avatar.save("ich.png", ImageFactory(traeger=world.traeger_a).file)
    expected = {
        "visitor": (None, 404),
        "self": (owner, 200),
        "colleague": (person("lesen", world.traeger_a), 200),
        "other": (person("leitung", world.traeger_b), 404),
        "staff": (UserFactory(), 404),
        "admin": (UserFactory(admin=True), 200),
    }
    for who, (user, status) in expected.items():
        assert client_for(user, world.traeger_a).get(profile.avatar.url).status_code == status, who


NONSENSE = [
    *(
        "documents/beispiel.pdf",
        "renditions/1",
        "renditions/x/y.jpg",
        "renditions/²/y.jpg",
        "renditions/1/y.jpg",
    ),
    *("../db.sqlite3", "original_images/../../postgres.log", "wagtail_uploads/x.jpg", "images/x.jpg", "x"),
    *("renditions", "original_images/", "renditions/99999999999999999999/x.jpg"),
]


@pytest.mark.parametrize("name", NONSENSE)
def test_other_names_do_not_exist(name, traeger_a, client_for):
    client = client_for(UserFactory(admin=True), traeger_a)
    assert client.get(f"/interne-dateien/{name}").status_code == 404


@pytest.mark.parametrize(
    ("server", "starts"), [("nginx", True), ("apache", True), ("", True), ("lighttpd", False)]
)
def test_an_unknown_web_server_is_said_at_start(server, starts):
    needed = {"SECRET_KEY": "x" * 50, "PORTAL_DOMAIN": "beispiel.test", "DATABASE_URL": "postgres://a@b/c"}
    done = subprocess.run(
        [sys.executable, "-c", "import thinka_portal.settings.production"],
        env={**os.environ, **needed, "PORTAL_SENDFILE": server},
        capture_output=True,
        text=True,
    )
    assert (done.returncode == 0) == starts, done.stderr
    assert starts or "PORTAL_SENDFILE must be" in done.stderr
