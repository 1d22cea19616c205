"""The history of a page, as whoever asks may read it."""

from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from knowledge.changes.comparing import ADDED, LEFT_OUT, REMOVED, Part, compare
from knowledge.changes.told import label_of
from knowledge.models import PublishedVersion
from sites.access.readers import principals


@dataclass(frozen=True)
class Section:
    """What changed in one part of a page, under the name that people know."""

    label: str
    parts: tuple[Part, ...]

    @property
    def marked(self) -> SafeString:
        """The text as HTML: what was added and removed is marked, also for who hears it."""
        return format_html_join("", "{}", ((_marked(part),) for part in self.parts))


@dataclass(frozen=True)
class Step:
    """What changed at one moment."""

    at: datetime
    sections: list[Section]


def _marked(part: Part) -> SafeString | str:
    if part.what == ADDED:
        return format_html('<ins><span class="tp-sr">{} </span>{}</ins>', _("new:"), part.text)
    if part.what == REMOVED:
        return format_html('<del><span class="tp-sr">{} </span>{}</del>', _("gone:"), part.text)
    return "…\n" if part.what == LEFT_OUT else part.text


def readable_versions(page, user):
    """The versions of `page` that `user` could read when they were published, the newest first."""
    versions = PublishedVersion.objects.filter(page=page.pk)
    return versions if user.is_superuser else versions.filter(readers__overlap=list(principals(user)))


def history(page, user) -> list[Step]:
    """Return what changed between the versions of `page` that `user` may see, the newest first; one query."""
    model = type(page)
    steps = []
    for after, before in pairwise(readable_versions(page, user)):
        changes = [
            Section(label_of(model, change.name), change.parts)
            for change in compare(before.said, after.said)
            # A part that pages of this kind no longer have, has no name either.
            if change.name in model.compared_fields
        ]
        if changes:
            steps.append(Step(after.published_at, changes))
    return steps
