"""The index behind RLS: entries are read like their page, all else only by functions."""

from pathlib import Path

from sites.rls.conditions import NOBODY, TablePolicies, any_of

_KEPT = "kept by the background service"

TABLE_POLICIES = {
    "search_entry": TablePolicies(read=any_of("{t}.readers", "reads"), about=_KEPT),
    "search_term": TablePolicies(
        read=NOBODY, about=f"{_KEPT}; asked by portal_search, which looks at readers"
    ),
    "search_posting": TablePolicies(
        read=NOBODY, about=f"{_KEPT}; asked by portal_search, which looks at readers"
    ),
    "search_change": TablePolicies(read=NOBODY, about="left by triggers for the background service"),
}
CALLABLE = ("portal_search", "portal_search_similar")


def sql() -> list[str]:
    """Return the SQL of the functions and triggers of the search."""
    from search.triggers import triggers

    return [(Path(__file__).parent / "search.sql").read_text(encoding="utf-8"), triggers()]
