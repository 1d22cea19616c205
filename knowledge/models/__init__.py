from knowledge.models.method import MethodAttachment, MethodIndexPage, MethodPage
from knowledge.models.notes import StaffNote
from knowledge.models.partner import (
    PartnerBranch,
    PartnerContact,
    PartnerException,
    PartnerIndexPage,
    PartnerInterval,
    PartnerPage,
    PartnerService,
)
from knowledge.models.versions import PublishedVersion

__all__ = [
    "MethodAttachment",
    "MethodIndexPage",
    "MethodPage",
    "PartnerBranch",
    "PartnerContact",
    "PartnerException",
    "PartnerIndexPage",
    "PartnerInterval",
    "PartnerPage",
    "PartnerService",
    "PublishedVersion",
    "StaffNote",
]
