"""What must follow when something is saved."""

from django.db.models.signals import post_save, pre_delete
from django.dispatch import receiver
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_published, post_page_move, pre_page_move
from wagtail.users.models import UserProfile

from sites.access.privacy import hand_over_restrictions, keep_closed
from sites.grants.transfer import log_left_behind
from sites.models import Traeger, User
from sites.rls.tree import count_children


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
    numchild=0: the children become unreachable (wagtail-localize issue 773). The database counts: a guest
    publishes pages without seeing those below.
    """
    count_children(instance)


@receiver(post_save, sender=PageViewRestriction, dispatch_uid="thinka_sites.one_restriction")
def keep_one_restriction(sender, instance, created, raw, **kwargs):
    """A page has one restriction of its own: the newest.

    A page that is restricted from its first moment gets a second one when it is copied; the dialogue of the
    editing area would change only one of them.
    """
    if created and not raw:
        PageViewRestriction.objects.filter(page=instance.page).exclude(pk=instance.pk).delete()


@receiver(pre_delete, sender=Page, dispatch_uid="thinka_sites.keep_closed")
def keep_followers_closed(sender, instance, **kwargs):
    """What follows a page that is deleted would be open to everybody: its restrictions go with it."""
    keep_closed(instance.pk)


@receiver(pre_page_move, dispatch_uid="thinka_sites.leaving")
def write_down_which_grants_end(sender, instance, parent_page_after, **kwargs):
    log_left_behind(instance, parent_page_after)


@receiver(post_page_move, dispatch_uid="thinka_sites.hand_over")
def restrict_for_the_new_traeger(sender, instance, parent_page_before, **kwargs):
    hand_over_restrictions(instance, Traeger.objects.for_page(parent_page_before))
