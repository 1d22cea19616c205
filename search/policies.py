"""The index behind RLS: entries are read like their page, all else only by functions."""

from pathlib import Path

from sites.access.roles import FREIGABE, LEITUNG, REDAKTION
from sites.models import Traeger
from sites.rls.conditions import MINE, NOBODY, TablePolicies, any_of, either, may, row, sees

_KEPT = "kept by the background service"

TABLE_POLICIES = {
    "search_entry": TablePolicies(
        read=either(
            f"({{t}}.page_id IS NOT NULL AND {any_of('{t}.readers', 'reads')})",
            f"({{t}}.document_id IS NOT NULL AND {row('thinka_sites_portaldocument', 'document_id')})",
        ),
        about=_KEPT,
    ),
    "search_term": TablePolicies(
        read=NOBODY, about=f"{_KEPT}; asked by portal_search, which looks at readers"
    ),
    "search_posting": TablePolicies(
        read=NOBODY, about=f"{_KEPT}; asked by portal_search, which looks at readers"
    ),
    "search_titleword": TablePolicies(
        read=NOBODY, about=f"{_KEPT}; asked by portal_search_suggest, which looks at readers"
    ),
    "search_attachment": TablePolicies(read=row("thinka_sites_portaldocument", "document_id"), about=_KEPT),
    "search_passage": TablePolicies(
        read=NOBODY, about=f"{_KEPT}; asked by portal_search, which looks at readers"
    ),
    "search_change": TablePolicies(read=NOBODY, about="left by triggers for the background service"),
    "search_enginechange": TablePolicies(read=NOBODY, about="left by triggers for the background service"),
    "search_engineindex": TablePolicies(
        read=NOBODY, about="kept by the background service; portal_search_asks tells of it"
    ),
}
SHARED_MODELS = {
    "synonym": "words that all who search are helped by; what they do can be seen by everybody",
}
_COMMANDS, _ACTIONS = ("insert", "update", "delete"), ("add", "change", "delete")
_SEEN = sees("{t}.page_id")
TABLE_POLICIES["search_pin"] = TablePolicies(
    read=_SEEN,
    **{
        command: f"{may(f'search.{action}_pin')} AND {_SEEN}"
        for command, action in zip(_COMMANDS, _ACTIONS, strict=True)
    },
    about="seen with its page; the roles of the knowledge base keep it",
)
TABLE_POLICIES["search_savedsearch"] = TablePolicies(
    read=MINE,
    insert=f"{MINE} AND {row('wagtailcore_site', 'site_id')}",
    delete=MINE,
    about="nobody sees what somebody else looks for",
)
TABLE_POLICIES["search_askedquestion"] = TablePolicies(
    read=f"{may('search.view_askedquestion')} AND {{t}}.number >= 3",
    about="counted by portal_search_asked; shown is what was asked three times in a month",
)
TABLE_POLICIES["search_missingcontent"] = TablePolicies(
    read=may("search.view_missingcontent"),
    **{
        command: may(f"search.{action}_missingcontent")
        for command, action in zip(_COMMANDS, _ACTIONS, strict=True)
    },
    about="tasks of the roles of the knowledge base",
)
# What is saved holds at once, as with the vocabulary: a role that publishes.
_KEEPS = tuple(("search", f"{action}_{model}") for model in ("synonym", "pin") for action in _ACTIONS)
# Whoever writes sees what is looked for and what is missing.
_SEES = (
    ("search", "view_askedquestion"),
    *(("search", f"{action}_missingcontent") for action in ("view", *_ACTIONS)),
)
EXTRA_PERMISSIONS = {
    (Traeger.Kind.KNOWLEDGE, REDAKTION): _SEES,
    (Traeger.Kind.KNOWLEDGE, FREIGABE): (*_SEES, *_KEEPS),
    (Traeger.Kind.KNOWLEDGE, LEITUNG): (*_SEES, *_KEEPS),
}
CALLABLE = (
    "portal_search",
    "portal_search_asks",
    "portal_search_similar",
    "portal_search_suggest",
    "portal_search_asked",
    "portal_search_clicked",
)


def sql() -> list[str]:
    """Return the SQL of the functions and triggers of the search."""
    from search.triggers import triggers

    folder = Path(__file__).parent
    files = [folder / "search.sql", folder / "attachments" / "attachments.sql", folder / "documents.sql"]
    files.append(folder / "engine" / "engine.sql")
    return [*(file.read_text(encoding="utf-8") for file in files), triggers()]
