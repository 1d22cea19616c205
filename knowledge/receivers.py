"""What must follow when a page of the knowledge base is stored."""

from django.db.models.signals import post_save
from django.dispatch import receiver
from wagtail.signals import page_published, post_page_move

from home.models.base import PortalPage
from knowledge.audience import begin_internal
from knowledge.changes.keeping import keep_version
from knowledge.models.base import KnowledgePage


@receiver(post_save, dispatch_uid="knowledge.begins_internal")
def restrict_what_is_new(sender, instance, created, raw=False, **kwargs):
    """A new page of the knowledge base is for staff, until somebody decides otherwise."""
    if created and not raw and isinstance(instance, PortalPage):
        begin_internal(instance)


@receiver(post_page_move, dispatch_uid="knowledge.comes_up_internal")
def restrict_what_comes_up(sender, instance, parent_page_before, parent_page_after, **kwargs):
    """A page that leaves a restricted one for the start page stays for staff, too."""
    page = instance.specific
    if parent_page_before.pk != parent_page_after.pk and isinstance(page, PortalPage):
        begin_internal(page)


@receiver(page_published, dispatch_uid="knowledge.version")
def keep_what_is_published(sender, instance, **kwargs):
    """Readers are told later what has changed since."""
    if isinstance(instance, KnowledgePage):
        keep_version(instance)
