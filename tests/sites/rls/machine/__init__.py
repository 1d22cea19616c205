"""Does to the tree what people and programs do, and compares the readers with the oracle after every step."""

from tests.sites.rls.machine.access import AccessRules
from tests.sites.rls.machine.pages import PageRules
from tests.sites.rls.machine.rules import MAX_DEPTH, RULES
from tests.sites.rls.machine.sites import SiteRules

__all__ = ["MAX_DEPTH", "RULES", "ReadersMachine"]


class ReadersMachine(PageRules, SiteRules, AccessRules):
    """All that is done to the tree, in any order."""
