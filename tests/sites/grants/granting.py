"""Gives grants in tests, and lets the time pass until they end."""

import time
from datetime import datetime

from django.contrib.auth.models import Group, Permission
from django.utils import timezone

from sites.grants.content_type import permission_content_type
from sites.models import grants

MODELS = {
    "page": (grants.PageUserGrant, grants.PageGroupGrant),
    "portaldocument": (grants.DocumentUserGrant, grants.DocumentGroupGrant),
    "portalimage": (grants.ImageUserGrant, grants.ImageGroupGrant),
}


def grant(holder, obj, action: str, **fields):
    """Let `holder` (a person or a group) do `action` (view, change, publish) with `obj`; return the grant."""
    content_type = permission_content_type(obj)
    to_person, to_group = MODELS[content_type.model]
    model, name = (to_group, "group") if isinstance(holder, Group) else (to_person, "user")
    permission = Permission.objects.get(content_type=content_type, codename=f"{action}_{content_type.model}")
    return model.objects.create(**{name: holder}, content_object=obj, permission=permission, **fields)


def wait_for(moment: datetime) -> None:
    """Let the time pass, and a little more: `moment` is over for every clock of this machine."""
    time.sleep(max(0, (moment - timezone.now()).total_seconds()) + 0.05)
