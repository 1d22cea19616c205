from home.models.anlaufstelle import (
    AnlaufstelleIndexPage,
    AnlaufstellePage,
    OpeningException,
    OpeningInterval,
)
from home.models.content import ContentPage, InternalPage
from home.models.event import EventExclusion, EventIndexPage, EventPage
from home.models.home import HomePage
from home.models.lifecycle import Verification
from home.models.news import NewsIndexPage, NewsPage
from home.models.notices import Notice
from home.models.offer import OfferIndexPage, OfferPage
from home.models.team import TeamPage
from home.models.vocabulary import FormOfSupport, Sozialraum, TargetGroup, Topic

__all__ = [
    "AnlaufstelleIndexPage",
    "AnlaufstellePage",
    "ContentPage",
    "EventExclusion",
    "EventIndexPage",
    "EventPage",
    "FormOfSupport",
    "HomePage",
    "InternalPage",
    "NewsIndexPage",
    "NewsPage",
    "Notice",
    "OfferIndexPage",
    "OfferPage",
    "OpeningException",
    "OpeningInterval",
    "Sozialraum",
    "TargetGroup",
    "TeamPage",
    "Topic",
    "Verification",
]
