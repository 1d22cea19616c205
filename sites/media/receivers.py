"""What must follow when somebody changes who may see files."""

from django.core.cache import cache
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.models import CollectionViewRestriction, Page, PageViewRestriction, Site
from wagtail.signals import page_published, page_unpublished, post_page_move

from sites.media.placement import purge_misplaced_soon
from sites.models import Branding, PortalDocument, PortalImage, Traeger
from sites.models.media import files_moved
from sites.models.site_address import CACHE_KEY


@receiver([page_published, page_unpublished, post_page_move], dispatch_uid="thinka_sites.media.page")
@receiver(post_delete, sender=Page, dispatch_uid="thinka_sites.media.page_deleted")
@receiver(
    [post_save, post_delete], sender=PageViewRestriction, dispatch_uid="thinka_sites.media.page_restriction"
)
@receiver([post_save, post_delete], sender=CollectionViewRestriction, dispatch_uid="thinka_sites.media")
@receiver([post_save, post_delete], sender=Branding, dispatch_uid="thinka_sites.media.branding")
def follow_readers(sender, **kwargs):
    """Other people may see pictures now: the database has marked them."""
    purge_misplaced_soon()


@receiver(post_save, sender=PortalImage, dispatch_uid="thinka_sites.media.image")
@receiver(post_save, sender=PortalDocument, dispatch_uid="thinka_sites.media.document")
def follow_file(sender, instance, created, raw, update_fields, **kwargs):
    if not created and not raw and (update_fields is None or "collection" in update_fields):
        files_moved(sender, [instance.pk])


@receiver([post_save, post_delete], sender=Site, dispatch_uid="thinka_sites.media.site")
@receiver([post_save, post_delete], sender=Traeger, dispatch_uid="thinka_sites.media.traeger")
def forget_addresses(sender, **kwargs):
    cache.delete(CACHE_KEY)
