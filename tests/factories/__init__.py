"""Makes what tests need. Import from here: `from tests.factories import EventPageFactory, UserFactory`."""

from tests.factories.media import DocumentFactory, ImageFactory
from tests.factories.pages import (
    AnlaufstelleIndexPageFactory,
    AnlaufstellePageFactory,
    ContentPageFactory,
    EventIndexPageFactory,
    EventPageFactory,
    InternalPageFactory,
    MethodIndexPageFactory,
    MethodPageFactory,
    NewsIndexPageFactory,
    NewsPageFactory,
    OfferIndexPageFactory,
    OfferPageFactory,
    PartnerIndexPageFactory,
    PartnerPageFactory,
    TeamPageFactory,
    page_factory,
)
from tests.factories.people import UserFactory
from tests.factories.search import PinFactory, SynonymFactory
from tests.factories.traeger import TraegerFactory
from tests.factories.vocabulary import (
    FormOfSupportFactory,
    SozialraumFactory,
    TargetGroupFactory,
    TopicFactory,
)

__all__ = [
    "AnlaufstelleIndexPageFactory",
    "AnlaufstellePageFactory",
    "ContentPageFactory",
    "DocumentFactory",
    "EventIndexPageFactory",
    "EventPageFactory",
    "FormOfSupportFactory",
    "ImageFactory",
    "InternalPageFactory",
    "MethodIndexPageFactory",
    "MethodPageFactory",
    "NewsIndexPageFactory",
    "NewsPageFactory",
    "OfferIndexPageFactory",
    "OfferPageFactory",
    "PartnerIndexPageFactory",
    "PartnerPageFactory",
    "PinFactory",
    "SozialraumFactory",
    "SynonymFactory",
    "TargetGroupFactory",
    "TeamPageFactory",
    "TopicFactory",
    "TraegerFactory",
    "UserFactory",
    "page_factory",
]
