"""Entries of the knowledge base, which are no Träger's: what of it is for whom."""

from wagtail.models import Page, PageViewRestriction

from knowledge.models import MethodIndexPage, MethodPage, PartnerIndexPage, PartnerPage, StaffNote
from sites.access.roles import GROUP_NAMES
from sites.models import Traeger
from tests.leaks.marking import TOPIC, Filler, Marks
from tests.world import list_page

# What their marks are about, and so who may know them.
FOR_STAFF, FOR_SOME, NOTE = "entry for staff", "entry for some", "note on a public partner"


def plant_entries(marks: Marks, knowledge: Traeger) -> list[Page]:
    """Make a public partner with a note for staff, a method, and a partner for the knowledge base alone."""
    methods, partners = list_page(knowledge, MethodIndexPage), list_page(knowledge, PartnerIndexPage)
    filler = Filler(marks, {})
    public = PartnerPage(title="Beispiel-Beratung", slug="beispiel-beratung")
    # Without files, which would be further objects.
    body = [("heading", "Gut zu wissen")]
    method = filler.fill(MethodPage(body=body), label=FOR_STAFF)
    method.attachments = []
    closed = filler.fill(PartnerPage(body=body), label=FOR_SOME)
    for parent, page in ((partners, public), (methods, method), (partners, closed)):
        page.locale = parent.locale
        parent.add_child(instance=page)
        parent.refresh_from_db()
    restriction = PageViewRestriction.objects.create(page=closed, restriction_type=PageViewRestriction.GROUPS)
    restriction.groups.set([knowledge.group(role) for role in GROUP_NAMES])
    for page in (public, method, closed):
        page.save_revision().publish()
    StaffNote.objects.create(page=public, text=f"{TOPIC} {marks.word(NOTE)}")
    return [methods, partners, public, method, closed]
