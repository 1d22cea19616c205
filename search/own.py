"""What is nearer to whoever asks: the own Träger, and the Sozialräume in which it has an office."""

from django.db.models import TextField, Value
from django.db.models.functions import Cast, Concat, Left
from wagtail.models import Page

from home.models import AnlaufstellePage
from search.facets import TRAEGER
from sites.models import Traeger


def own_facets(user) -> tuple[str, ...]:
    """Return what entries hold that are of `user`'s own Träger or Sozialraum; one query for people.

    Nothing for visitors, and for administrators, to whom all is near.
    """
    if not user.is_authenticated or user.is_superuser:
        return ()
    own = Traeger.objects.for_user(user).filter(kind=Traeger.Kind.TRAEGER).order_by()
    offices = (
        AnlaufstellePage.objects.live()
        .order_by()
        .annotate(folder=Left("path", 2 * Page.steplen))
        .filter(folder__in=own.values("folder__path"), sozialraum__isnull=False)
    )
    values = own.values_list(_held(TRAEGER, "folder__path")).union(
        offices.values_list(_held("sozialraum", "sozialraum__slug"))
    )
    return tuple(value for (value,) in values)


def _held(facet: str, field: str) -> Concat:
    return Concat(Value(f"{facet}:"), Cast(field, TextField()), output_field=TextField())
