from sites.models.branding import Branding
from sites.models.media import PortalDocument, PortalImage, PortalRendition
from sites.models.traeger import Traeger, TraegerFolder, TraegerRole
from sites.models.user import User

__all__ = [
    "Branding",
    "PortalDocument",
    "PortalImage",
    "PortalRendition",
    "Traeger",
    "TraegerFolder",
    "TraegerRole",
    "User",
]
