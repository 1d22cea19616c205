"""Fills the demo pages with text, pictures and links and publishes them."""

import json
from collections.abc import Callable

from wagtail.models import Page

from home.models import AnlaufstellePage, EventPage, HomePage, OfferPage, TeamPage
from knowledge.models import (
    MethodAttachment,
    MethodPage,
    PartnerBranch,
    PartnerContact,
    PartnerPage,
    PartnerService,
)
from sites.models import User
from thinka_portal.demo.blocks import BodyBuilder
from thinka_portal.demo.data import pictures, read
from thinka_portal.demo.media import MediaLibrary


class PageWriter:
    """Writes the pages of one site.

    `pages` are the site's pages by key, `find` gives a page of any site for "site/key", `terms` the
    vocabulary by field and name.
    """

    def __init__(
        self,
        site: str,
        pages: dict[str, Page],
        find: Callable[[str], Page],
        terms: dict[str, dict],
        media: MediaLibrary,
        user: User,
    ):
        self.site = site
        self.pages = pages
        self.find = find
        self.terms = terms
        self.media = media
        self.user = user

    def page(self, key: str) -> Page:
        """Return a page of this site, or of another for "site/key". KeyError where there is none."""
        return self.find(key) if "/" in key else self.pages[key]

    def write(self, entry: dict) -> None:
        """Fill the page of `entry` and publish it."""
        page = self.pages[entry["key"]]
        builder = self._builder(entry)
        page.body = json.dumps(builder.build(entry.get("body", [])))
        if "picture" in entry:
            page.picture = self.media.picture(entry["picture"])
            page.picture_alt = pictures()[entry["picture"]]["alt"]
        for field in self.terms:
            if field in entry:
                setattr(page, field, [self.terms[field][name] for name in entry[field]])
        self._write_own_fields(page, entry, builder)
        # Publishing checks the page once more anyway.
        page.save_revision(user=self.user, log_action=True, clean=False).publish(user=self.user)

    def _builder(self, entry: dict) -> BodyBuilder:
        internal = entry["type"] == "internal"
        return BodyBuilder(
            name=f"{self.site}/{entry['key']}",
            page_id=lambda key: self.page(key).pk,
            picture_id=lambda key: self.media.picture(key).pk,
            document_id=lambda key: self.media.document(key, internal).pk,
            sound_id=lambda key: self.media.sound(key).pk,
            alt=lambda key: pictures()[key]["alt"],
        )

    def _write_own_fields(self, page: Page, entry: dict, builder: BodyBuilder) -> None:
        """Write what only some page types have."""
        if isinstance(page, HomePage):
            page.facts = json.dumps([builder.block("fact", sentence) for sentence in entry["facts"]])
            page.social_image = self.media.picture(read(self.site)["traeger"]["social_image"])
        elif isinstance(page, AnlaufstellePage):
            name = read("facts")["offices"][entry["address_of"]]["sozialraum"]
            page.sozialraum = self.terms["sozialraeume"][name]
            page.accessibility = json.dumps(
                [
                    builder.block("feature", {"text": text, "available": available})
                    for field, available in (("accessibility", True), ("accessibility_missing", False))
                    for text in entry[field]
                ]
            )
        elif isinstance(page, OfferPage | EventPage) and "office" in entry:
            page.anlaufstelle = self.pages[entry["office"]]
        elif isinstance(page, TeamPage):
            page.people = json.dumps(
                [
                    # Functions instead of names: nobody here is invented.
                    builder.block("person", {"name": card["role"], "function": "", "text": card["text"]})
                    for card in entry["cards"]
                ]
            )
        elif isinstance(page, PartnerPage):
            self._write_partner_rows(page, entry)
        elif isinstance(page, MethodPage):
            page.steps = json.dumps([builder.block("step", step) for step in entry.get("steps", [])])
            page.attachments = [
                MethodAttachment(document=self.media.document(key), sort_order=position)
                for position, key in enumerate(entry.get("attachments", []))
            ]

    def _write_partner_rows(self, page: PartnerPage, entry: dict) -> None:
        """Write what a partner does, where, and whom to ask; the texts name words of the vocabulary."""
        words = {"topic": "topics", "target_group": "target_groups", "sozialraum": "sozialraeume"}
        models = {"services": PartnerService, "branches": PartnerBranch, "contacts": PartnerContact}
        for rows, model in models.items():
            named = [
                {
                    name: self.terms[words[name]][value] if name in words else value
                    for name, value in row.items()
                }
                for row in entry.get(rows, [])
            ]
            setattr(page, rows, [model(**row, sort_order=place) for place, row in enumerate(named)])
