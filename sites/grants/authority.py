"""Who gives grants, and who gets to see which.

The head of the Träger to which an object belongs gives and ends grants on it; whoever edits it by a role sees
all of them; whoever holds a grant sees only their own. A grant is never a way to grant again.
"""

from sites.grants.kinds import Level, kind_of
from sites.models import Traeger


def may_give(user, obj) -> bool:
    """Tell whether `user` gives and ends grants on `obj`. Nobody does on what belongs to no Träger."""
    traeger = kind_of(obj).owner(obj)
    if traeger is None or not user.is_active:
        return False
    return user.is_superuser or Traeger.objects.led_by(user).filter(pk=traeger.pk).exists()


def levels_to_give(user, obj) -> list[Level]:
    """Return the levels that `user` holds by a role, because nobody gives more than they hold."""
    kind = kind_of(obj)
    return [level for level in kind.levels if kind.may_by_role(user, level.needs, obj)]


def sees_all(user, obj) -> bool:
    """Tell whether `user` sees all grants on `obj`, also those that others hold."""
    kind = kind_of(obj)
    return kind.owner(obj) is not None and kind.may_by_role(user, "change", obj)
