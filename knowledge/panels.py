"""Panels of the page editor for what belongs to methods and partners but is no part of the page."""

from wagtail.admin.panels import HelpPanel
from wagtail.models import Page, PageViewRestriction

from home import facts

PUBLIC, STAFF, SOME = "public", "staff", "some"


def audience_of(page: Page) -> str:
    """Say for whom `page` is once it is published: PUBLIC, STAFF (whoever has an account) or SOME of them."""
    places = [each for each in (page, facts.source_of(page)) if each]
    kinds = {
        restriction.restriction_type for place in places for restriction in place.get_view_restrictions()
    }
    if not kinds:
        return PUBLIC
    return STAFF if kinds == {PageViewRestriction.LOGIN} else SOME


class AudiencePanel(HelpPanel):
    """Says above the form who will read what is written in it."""

    def __init__(self, template="knowledge/admin/audience.html", **kwargs):
        super().__init__(template=template, **kwargs)

    class BoundPanel(HelpPanel.BoundPanel):
        def __init__(self, **kwargs):
            super().__init__(**kwargs)
            # A new page has no place yet; what holds for the one above will hold for it.
            page = self.instance if self.instance.pk else getattr(self.form, "parent_page", None)
            self.audience = page and audience_of(page)

        def is_shown(self):
            return bool(self.audience) and super().is_shown()


class StaffNotePanel(HelpPanel):
    """Leads to the note for staff, which is in no draft and on no public page."""

    def __init__(self, template="knowledge/admin/staff_note_link.html", **kwargs):
        super().__init__(template=template, **kwargs)

    class BoundPanel(HelpPanel.BoundPanel):
        def is_shown(self):
            return bool(self.instance.pk) and super().is_shown()
