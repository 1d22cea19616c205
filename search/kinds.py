"""The kinds of pages that the search tells apart, as data."""

from dataclasses import dataclass
from functools import cache

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Kind:
    """`key` stands in addresses, `label` beside a result, `plural` in the filter."""

    key: str
    label: str
    plural: str


PAGE = Kind("page", _("Page"), _("Pages"))
KIND_BY_MODEL = {
    "home.OfferPage": Kind("offer", _("Offer"), _("Offers")),
    "home.AnlaufstellePage": Kind("office", _("Office"), _("Offices")),
    "home.EventPage": Kind("event", _("Event"), _("Events")),
    "home.NewsPage": Kind("news", _("News item"), _("News items")),
    "knowledge.MethodPage": Kind("method", _("Method"), _("Methods")),
    "knowledge.PartnerPage": Kind("partner", _("Partner"), _("Partners")),
}
# In the order of the filter; every other page type is a page.
KINDS = (*KIND_BY_MODEL.values(), PAGE)


@cache
def _models() -> dict[type, Kind]:
    return {apps.get_model(label): kind for label, kind in KIND_BY_MODEL.items()}


def kinds_by_content_type() -> dict[int, Kind]:
    """Return the kinds by the id of their content type; what is missing there is a `PAGE`."""
    # Django keeps content types in memory: no query after the first time.
    types = ContentType.objects.get_for_models(*_models())
    return {types[model].pk: kind for model, kind in _models().items()}
