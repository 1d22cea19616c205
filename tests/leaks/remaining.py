"""What remains in each mode, one line each, with the reason why it may.

The test wants exactly these: what leaks beside them fails it, and so does a line that is needed no longer.
"""

from tests.leaks.modes import everything, only_rls
from tests.leaks.plan import GUEST
from tests.leaks.report import TELLS

_ROWS = "the owner of a page is seen by who works on it; RLS hides rows, not columns"
_NOTE = "a note in one's own name about what was asked for; RLS shows it to nobody else"
_WAY = "the workflow of a page is seen by who works on it"
_PLACE = "a page is seen with the Träger and the site in which it is"

# By mode: (who, kind of leak, what) → reason.
REMAINING: dict[object, dict[tuple[str, str, str], str]] = {
    everything: {},
    only_rls: {
        (GUEST, "shows", "thinka_sites.User (redaktion).email"): _ROWS,
        (GUEST, "shows", "thinka_sites.User (redaktion).phone"): _ROWS,
        (GUEST, "shows", "thinka_sites.User (redaktion).role_title"): _ROWS,
        (GUEST, "changes", "INSERT wagtailcore_modellogentry (object_id)"): _NOTE,
        (GUEST, TELLS, "user"): _ROWS,
        (GUEST, TELLS, "workflow"): _WAY,
        (GUEST, TELLS, "task"): _WAY,
        (GUEST, TELLS, "traeger"): _PLACE,
        (GUEST, TELLS, "site"): _PLACE,
    },
}
