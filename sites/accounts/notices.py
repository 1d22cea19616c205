"""People hear by mail what happens to their account."""

from django.conf import settings
from django.core.mail import send_mail
from django.db.models.signals import post_save
from django.dispatch import receiver
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from sites.accounts.log import log, who
from sites.models import User


@receiver(post_save, sender=User, dispatch_uid="thinka_sites.password_changed")
def tell_about_new_password(sender, instance, created, raw, update_fields, **kwargs):
    """Whoever changed it, and however: Django keeps the new password on the account until it is stored.

    Not where the digest alone is made anew at a sign-in, nor for a new account, whose owner waits for it.
    """
    stored = update_fields is None or "password" in update_fields
    if created or raw or not stored or instance._password is None:
        return
    log.info("New password: %s", who(instance.pk))
    with translation.override(instance.language):
        context = {
            "person": instance,
            "time": timezone.now(),
            "reset": settings.WAGTAILADMIN_BASE_URL + reverse("wagtailadmin_password_reset"),
            "site_name": settings.WAGTAIL_SITE_NAME,
        }
        send_mail(
            _("Your password was changed"),
            render_to_string("account/password_changed.txt", context),
            None,
            [instance.email],
        )
