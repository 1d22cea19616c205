"""Internal pages are restricted from their first moment, in every language."""

from django.db.models.signals import post_save
from django.dispatch import receiver
from wagtail.models import PageViewRestriction

from home.models import InternalPage
from sites.tenancy import traeger_of


@receiver(post_save, sender=InternalPage, dispatch_uid="home.internal")
def restrict_internal_page(sender, instance, created, raw, **kwargs):
    """Restrict a new internal page to the groups of its Träger.

    A page below another internal page inherits the restriction; translations are made in another subtree,
    so they get one of their own here. Copies made by Wagtail come this way too.
    """
    if raw or not created:
        return
    # A folder that is open to everybody with an account is not narrow enough.
    narrow = PageViewRestriction.objects.filter(
        restriction_type=PageViewRestriction.GROUPS, page__depth__lt=instance.depth
    )
    if any(instance.path.startswith(path) for path in narrow.values_list("page__path", flat=True)):
        return
    traeger = traeger_of(instance)
    restriction = PageViewRestriction.objects.create(
        page=instance, restriction_type=PageViewRestriction.GROUPS
    )
    restriction.groups.set(traeger.roles.values_list("group_id", flat=True) if traeger else [])
