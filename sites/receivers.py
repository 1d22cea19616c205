"""What must follow when something is saved."""

from django.db.models.signals import post_save
from django.dispatch import receiver
from wagtail.models import Page
from wagtail.signals import page_published
from wagtail.users.models import UserProfile

from sites.models import User


@receiver(post_save, sender=User, dispatch_uid="thinka_sites.language")
def use_language_in_admin(sender, instance, raw, **kwargs):
    """Wagtail reads the language of the editing area from its own profile: keep it as the person chose it."""
    if not raw:
        UserProfile.objects.update_or_create(
            user=instance, defaults={"preferred_language": instance.language}
        )


@receiver(page_published, dispatch_uid="thinka_sites.numchild")
def repair_numchild(sender, instance, **kwargs):
    """Put right the number of children after publishing.

    wagtail-localize publishes a stale copy of a translated page after its children were made and so writes
    numchild=0: the children become unreachable (wagtail-localize issue 773).
    """
    count = Page.objects.filter(depth=instance.depth + 1, path__startswith=instance.path).count()
    Page.objects.filter(pk=instance.pk).exclude(numchild=count).update(numchild=count)
