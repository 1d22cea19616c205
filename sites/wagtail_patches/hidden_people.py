"""People whom RLS hides are nobody to whoever asks for them by a row that names them.

Django raises DoesNotExist where a row names a person who can't be read, and refuses to save a row that
names one; Wagtail expects None for a deleted account. Here the fields that name a person give nobody
instead, and leave validation to the database. Django 5.2, Wagtail 8.0; not reported: upstream knows no
hidden people.
"""

from functools import partial

from django.contrib.auth import get_user_model
from django.db.models import ForeignKey
from django.db.models.fields.related_descriptors import ForwardManyToOneDescriptor
from django.utils.translation import gettext as _
from wagtail.admin.views.reports import aging_pages
from wagtail.models import audit_log

PATCHED = {
    "django.db.models.fields.related_descriptors:ForwardManyToOneDescriptor": "d9e38e169635",
    "django.db.models.fields.related:ForeignKey.validate": "224566eff423",
    "wagtail.users.utils:get_deleted_user_display_name": "c490e165826d",
}


class VisiblePerson(ForwardManyToOneDescriptor):
    """Who has an account and is not hidden; otherwise nobody, or a nameless account where there must be one.

    Administrators and people who have left have published, locked and commented on pages, too. Where Wagtail
    asks who it was, Django would raise DoesNotExist; for a deleted account Wagtail expects None.
    """

    def get_object(self, instance):
        person = self.field.remote_field.model
        try:
            return super().get_object(instance)
        except person.DoesNotExist:
            if self.field.null:
                return None
            return person(
                pk=getattr(instance, self.field.attname), last_name=_("Somebody else"), is_active=False
            )


def name_of_nobody(user_id: int) -> str:
    """Name who did something, where there is no account or RLS hides it."""
    return _("Somebody else")


def _validate(field: ForeignKey, value, instance) -> None:
    """Validate `value` without a look at whether there is such a person: the database has a constraint.

    Otherwise nobody could approve what somebody hidden has submitted.
    """
    super(ForeignKey, field).validate(value, instance)


def apply() -> None:
    for relation in get_user_model()._meta.get_fields(include_hidden=True):
        field = getattr(relation, "field", None)
        if not (relation.auto_created and isinstance(field, ForeignKey)):
            continue
        field.validate = partial(_validate, field)
        if field.many_to_one:
            setattr(field.model, field.name, VisiblePerson(field))
    # Wagtail would say that the account was deleted.
    for module in (audit_log, aging_pages):
        module.get_deleted_user_display_name = name_of_nobody
