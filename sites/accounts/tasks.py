"""What the background service does about accounts."""

from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django_tasks import task
from wagtail.admin.views.account import PasswordResetView, get_password_reset_form

from sites.models import AttemptCount, PasswordRequest

# Whoever has waited longer has asked again, or given up.
KEPT = timedelta(days=1)


@task(backend="background")
def send_reset_link(request_id: str) -> None:
    """Send the link that was asked for, in the person's language; nothing where there is no such account."""
    with transaction.atomic():
        asked = PasswordRequest.objects.filter(pk=request_id).first()
        if asked is None:
            return
        asked.delete()
        form = get_password_reset_form()({"email": asked.email})
        person = next(iter(form.get_users(asked.email)), None)
        if person is None or not form.is_valid() or asked.created_at < timezone.now() - KEPT:
            return
        address = urlsplit(settings.WAGTAILADMIN_BASE_URL)
        with translation.override(person.language):
            form.save(
                domain_override=address.netloc,
                use_https=address.scheme == "https",
                email_template_name=PasswordResetView.email_template_name,
                subject_template_name=PasswordResetView.subject_template_name,
            )


def tidy() -> None:
    """Forget what was not done, and counts that have ended."""
    PasswordRequest.objects.filter(created_at__lt=timezone.now() - KEPT).delete()
    AttemptCount.objects.filter(ends_at__lt=timezone.now()).delete()
