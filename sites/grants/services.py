"""Giving and ending grants. Who may is asked before, see `sites.grants.authority`."""

from django.db import transaction
from django.utils import timezone

from sites.grants.kinds import Level, holder_field, kind_of
from sites.grants.log import log_ended, log_given


@transaction.atomic
def give(obj, holder, level: Level, *, until=None, subtree=False, reason="", by) -> bool:
    """Give the person or group `holder` a grant on `obj`, in the place of an earlier one on the same object.

    Returns False where nothing changes, as when a form is sent twice.
    """
    kind = kind_of(obj)
    field = holder_field(holder)
    model = kind.holders()[field]
    earlier = model.grants.filter(content_object_id=obj.pk, **{field: holder})
    permission = kind.permission(level)
    values = {"subtree": subtree, "expires_at": until, "reason": reason}
    if earlier.in_force().filter(permission=permission, **values).exists():
        return False
    now = timezone.now()
    earlier.in_force(now).exclude(permission=permission).update(expires_at=now)
    grant, _created = model.grants.update_or_create(
        content_object_id=obj.pk,
        permission=permission,
        **{field: holder},
        defaults={**values, "granted_by": by, "granted_at": now},
    )
    log_given(obj, grant, holder, by)
    return True


@transaction.atomic
def end(obj, grant, holder_name: str, *, by) -> bool:
    """End a grant on `obj` now. Returns False where it has ended already."""
    running = type(grant).grants.in_force().filter(pk=grant.pk)
    if not running.update(expires_at=timezone.now()):
        return False
    log_ended(obj, grant, holder_name, by)
    return True
