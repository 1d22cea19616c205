"""The vocabulary is shared by all Träger, shown to everybody, and kept by the roles of the knowledge base.

Checks of entries are read with their page, and noted by the role that looks after it. What readers notice
about an entry everybody may leave who reads it; only that role reads and answers it.
"""

from pathlib import Path

from sites.access.roles import FREIGABE, LEITUNG, ROLES
from sites.models import Traeger
from sites.rls.conditions import (
    TablePolicies,
    among,
    by_me,
    either,
    exists,
    in_role,
    sees,
    told,
    works_on,
)

_TERMS = ("topic", "targetgroup", "sozialraum", "formofsupport")

SHARED_MODELS = dict.fromkeys(
    _TERMS, "words that all Träger share, shown to everybody; the roles of the knowledge base keep them"
)


def _may(*actions: str) -> tuple[tuple[str, str], ...]:
    return tuple(("home", f"{action}_{term}") for term in _TERMS for action in actions)


# A word has no draft: what is saved is in use. So the vocabulary needs a role that publishes.
EXTRA_PERMISSIONS = {
    (Traeger.Kind.KNOWLEDGE, FREIGABE): _may("add", "change"),
    (Traeger.Kind.KNOWLEDGE, LEITUNG): _may("add", "change", "delete"),
}


_RANKS = f"ARRAY[{', '.join(repr(role.key) for role in ROLES)}]"
# The role that looks after an entry, or one of the same Träger that holds its rights.
_LOOKS_AFTER = exists(
    "thinka_sites_traegerrole r",
    f"r.traeger_id = {{t}}.traeger_id AND {among('r.group_id', 'own_groups')}"
    f" AND array_position({_RANKS}, r.role::text) >= array_position({_RANKS}, {{t}}.role::text)",
)
# The same, where a page is known by its id: also pages that nobody has to check.
_ANSWERS_FOR = (
    f"portal_answers_for({{t}}.page_id, {told('own_groups', 'bigint[]')}) AND {sees('{t}.page_id')}"
)
CALLABLE = ("portal_answers_for",)
TASKS = ("home.lifecycle.notice_mails.tell_owners", "home.lifecycle.notice_mails.answer_reporter")
TABLE_POLICIES = {
    "home_verification": TablePolicies(
        read=sees("{t}.page_id"),
        insert=works_on("{t}.page_id"),
        update=either(f"{_LOOKS_AFTER} AND {sees('{t}.page_id')}", in_role("{t}.page_id")),
        delete=in_role("{t}.page_id"),
    ),
    "home_notice": TablePolicies(
        read=_ANSWERS_FOR,
        insert=(
            f"{sees('{t}.page_id')} AND {by_me('reporter_id')} AND NOT {{t}}.told"
            " AND {t}.answered_at IS NULL AND {t}.answered_by_id IS NULL AND {t}.answer = ''"
        ),
        update=f"{_ANSWERS_FOR} AND {by_me('answered_by_id')}",
        delete=in_role("{t}.page_id"),
        about="left by everybody who reads the page; read and answered by the role that looks after it",
    ),
}


def sql() -> list[str]:
    """A check stays with its page: whoever looks after one entry could else take over another one's.

    What readers have noticed stays as it is, but for the answer.
    """
    from home.merging import triggers

    folder = Path(__file__).parent
    return [
        (folder / "lifecycle/notices.sql").read_text(encoding="utf-8"),
        (folder / "vocabulary.sql").read_text(encoding="utf-8"),
        triggers(),
        "CREATE OR REPLACE TRIGGER portal_guard_place BEFORE UPDATE ON home_verification FOR EACH ROW"
        " WHEN (OLD.page_id IS DISTINCT FROM NEW.page_id) EXECUTE FUNCTION portal_guard_place();",
    ]
