"""What must follow when a page is stored, published, withdrawn or moved.

Internal pages are restricted from their first moment, in every language, and wherever they are moved. What is
withdrawn in the source language is withdrawn in all.
"""

from django.db.models.signals import post_save
from django.dispatch import receiver
from wagtail.models import PageViewRestriction
from wagtail.signals import page_published, page_unpublished, post_page_move

from home import facts
from home.lifecycle import checking
from home.models import InternalPage
from home.models.base import PortalPage
from sites.models import Traeger


@receiver(post_save, sender=InternalPage, dispatch_uid="home.internal")
def restrict_internal_page(sender, instance, created, raw, **kwargs):
    """Restrict a new internal page to the groups of its Träger.

    A page below another internal page inherits the restriction, and a translation follows its source: whoever
    changes who reads that changes it for both. Copies made by Wagtail come this way too.
    """
    if created and not raw and facts.source_of(instance) is None:
        _restrict([instance])


@receiver(post_page_move, dispatch_uid="home.internal_moved")
def restrict_moved_pages(sender, instance, **kwargs):
    """Restrict internal pages that leave the page that kept them internal."""
    _restrict(InternalPage.objects.descendant_of(instance, inclusive=True).order_by("path"))


@receiver(page_unpublished, dispatch_uid="home.withdrawn")
def withdraw_other_languages(sender, instance, **kwargs):
    """Withdraw the translations of a page that is withdrawn, expired or deleted, also from their schedule."""
    if not isinstance(instance, PortalPage) or not facts.is_source(instance):
        return
    for version in facts.followers(instance):
        version.revisions.exclude(approved_go_live_at=None).update(approved_go_live_at=None)
        version.unpublish()


@receiver(page_published, dispatch_uid="home.named_when_published")
@receiver(page_unpublished, dispatch_uid="home.named_when_withdrawn")
def name_what_readers_find(sender, instance, **kwargs):
    """An event names its office in its own language as long as readers find it there, else the source's."""
    if isinstance(instance, PortalPage):
        facts.share_what_points_to(instance)


@receiver(page_published, dispatch_uid="home.verification_begun")
def look_after_what_is_published(sender, instance, **kwargs):
    """From its first publication on, somebody looks after an entry."""
    if isinstance(instance, PortalPage):
        checking.begin(instance)


def _restrict(pages) -> None:
    """Give those of `pages` (parents first) that nothing restricts to groups a restriction of their own."""
    # A folder that is open to everybody with an account is not narrow enough.
    narrow = PageViewRestriction.objects.filter(restriction_type=PageViewRestriction.GROUPS)
    restricted = set(narrow.values_list("page__path", flat=True))
    for page in pages:
        if any(page.path.startswith(path) for path in restricted):
            continue
        traeger = Traeger.objects.for_page(page)
        restriction = PageViewRestriction.objects.create(
            page=page, restriction_type=PageViewRestriction.GROUPS
        )
        restriction.groups.set(traeger.roles.values_list("group_id", flat=True) if traeger else [])
        restricted.add(page.path)
