"""Loads the whole demo: all of it or nothing, and only into an empty portal."""

from datetime import date, timedelta

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone
from wagtail.models import Locale, Page

from home.models import Notice, Verification
from knowledge.changes.told import told
from knowledge.models import PublishedVersion
from sites.access.creation import create_traeger
from sites.models import Branding, Traeger, User
from thinka_portal.demo.bulk import indexed_at_the_end
from thinka_portal.demo.data import SITE_FILES, read, site_pages
from thinka_portal.demo.media import MediaLibrary
from thinka_portal.demo.people import load_people
from thinka_portal.demo.texts import PageWriter
from thinka_portal.demo.translation import translate_pages
from thinka_portal.demo.tree import make_tree
from thinka_portal.demo.vocabulary import load_vocabulary

# Any number that no other advisory lock of the portal uses.
_LOCK = 20_260_301


def load_demo(today: date | None = None) -> bool:
    """Load the demo content; return False, changing nothing, where the portal already has a Träger.

    `today` (default: today) is the day to which the dates of events and news are relative. Two loads at
    once wait for each other. Files written before an error are removed again.
    """
    files = []
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
            if Traeger.objects.exists():
                return False
            with indexed_at_the_end():
                _load(today or timezone.localdate(), files.append)
    except BaseException:
        for file in files:
            file.storage.delete(file.name)
        raise
    return True


def _load(today: date, saved) -> None:
    german, _created = Locale.objects.get_or_create(language_code=settings.LANGUAGE_CODE)
    english, _created = Locale.objects.get_or_create(language_code="en")
    terms = load_vocabulary(german, english)
    traeger = {name: _make_traeger(read(name)["traeger"]) for name in SITE_FILES}
    admin = load_people({each.slug: each for each in traeger.values()})

    pages = {
        name: make_tree(each.site.root_page.specific, site_pages(name), today, german)
        for name, each in traeger.items()
    }

    def find(key: str) -> Page:
        site, page = key.split("/")
        return pages[site][page]

    for name, each in traeger.items():
        colour = read(name)["traeger"].get("picture_colour", name)
        media = MediaLibrary(each, colour, admin, saved)
        writer = PageWriter(name, pages[name], find, terms, media, admin)
        for number, entry in enumerate(site_pages(name)):
            writer.write(entry)
            page = pages[name][entry["key"]]
            _date_check(page, entry.get("checked_days_ago", 7 + number * 17 % 150), today)
            _tell_before(page, entry.get("before", {}))
        _brand(each, read(name)["traeger"], media)
    _translate(find, english, admin)
    _notice(find, admin)


def _make_traeger(entry: dict) -> Traeger:
    return create_traeger(
        entry["name"],
        slug=entry["slug"],
        short_name=entry["short_name"],
        kind=entry.get("kind", Traeger.Kind.TRAEGER),
    )


def _date_check(page: Page, days: int, today: date) -> None:
    """Let an entry that somebody looks after have been checked so many days ago."""
    if page.verified_for is not None:
        day = today - timedelta(days=days)
        Verification.objects.filter(page=page.pk).update(
            verified_on=day, verified_until=day + page.verified_for
        )


def _tell_before(page: Page, before: dict[str, str]) -> None:
    """Let `page` have said `before` (by field) some weeks ago."""
    if not before:
        return
    at = timezone.now() - timedelta(days=40)
    said = [(name, before.get(name, text)) for name, text in told(type(page).objects.get(pk=page.pk))]
    PublishedVersion.objects.create(page_id=page.pk, published_at=at, said=said)
    Page.objects.filter(pk=page.pk).update(first_published_at=at)


def _brand(traeger: Traeger, entry: dict, media: MediaLibrary) -> None:
    branding = Branding.objects.get(site=traeger.site)
    branding.organisation = entry.get("organisation", entry["name"])
    branding.tagline = entry["tagline"]
    branding.accent_color = entry["accent"]
    branding.logo = media.picture(entry["logo"])
    branding.street = entry.get("street", "")
    branding.city = entry.get("city", "")
    if use := entry.get("contact"):
        contact = read("facts")[use]
        branding.phone, branding.answered_by = contact["phone"], contact["text"]
    branding.funding_notice = read("facts")["funding"]["notice"]
    branding.full_clean()
    branding.save()


def _notice(find, admin: User) -> None:
    """Let readers have said what is not true any more. Nobody is told of it by mail."""
    now = timezone.now()
    for entry in read("notices")["notices"]:
        answered = {}
        if "answer" in entry:
            at = now - timedelta(days=entry["answered_days_ago"])
            answered = {"answer": entry["answer"], "answered_by": admin, "answered_at": at}
        Notice.objects.create(
            page_id=find(entry["page"]).pk,
            reason=entry["reason"],
            text=entry.get("text", ""),
            created_at=now - timedelta(days=entry["days_ago"]),
            reporter=User.objects.get(email=entry["reporter"]) if "reporter" in entry else None,
            language=settings.LANGUAGE_CODE,
            told=True,
            **answered,
        )


def _translate(find, english: Locale, user: User) -> None:
    data = read("english")
    words = {entry["de"]: entry["en"] for entry in data["strings"]} | {same: same for same in data["same"]}
    translate_pages([find(key) for key in data["pages"]], english, words, user)
