"""The models of who and what: Träger, people and sessions, teams, grants, files and tags, jobs and mails.

Rows and questions about them belong here; what is done with them to their subject's package, policies to
`sites.rls`. Front door: this package, which gives all models by their names.
"""

from sites.models.accounts import AttemptCount, PasswordRequest
from sites.models.branding import Branding
from sites.models.grants import (
    DocumentGroupGrant,
    DocumentUserGrant,
    ImageGroupGrant,
    ImageUserGrant,
    PageGroupGrant,
    PageUserGrant,
)
from sites.models.job import Job
from sites.models.mail import OutgoingMail
from sites.models.media import PortalDocument, PortalImage, PortalRendition
from sites.models.session import Session
from sites.models.sign_of_life import SignOfLife
from sites.models.tags import DocumentTag, ImageTag, MediaTag
from sites.models.team import Invitation, TeamRecord
from sites.models.traeger import Traeger, TraegerFolder, TraegerRole
from sites.models.user import User

__all__ = [
    "AttemptCount",
    "Branding",
    "DocumentGroupGrant",
    "DocumentTag",
    "DocumentUserGrant",
    "ImageGroupGrant",
    "ImageTag",
    "ImageUserGrant",
    "Invitation",
    "Job",
    "MediaTag",
    "OutgoingMail",
    "PageGroupGrant",
    "PageUserGrant",
    "PasswordRequest",
    "PortalDocument",
    "PortalImage",
    "PortalRendition",
    "Session",
    "SignOfLife",
    "TeamRecord",
    "Traeger",
    "TraegerFolder",
    "TraegerRole",
    "User",
]
