"""What a guest may write about a page that a grant opens: everything else there is a leak as elsewhere."""

from collections.abc import Callable

# Where the page is and whose it is: a grant never moves it and never gives it away.
KEPT = ("path", "depth", "owner_id", "locale_id", "translation_key", "content_type_id", "alias_of_id")
# What is written at work on a page, by table: how, and the column that names the page. For pages themselves
# see `may_be_written`.
WORK: dict[str, tuple[set[str], str]] = {
    "wagtailcore_revision": ({"INSERT", "UPDATE"}, "object_id"),
    "wagtailcore_pagelogentry": ({"INSERT"}, "page_id"),
    "wagtailcore_comment": ({"INSERT", "UPDATE", "DELETE"}, "page_id"),
    "wagtailcore_pagesubscription": ({"INSERT", "UPDATE"}, "page_id"),
    "wagtailcore_workflowstate": ({"INSERT", "UPDATE"}, "object_id"),
    "wagtailadmin_editingsession": ({"INSERT", "UPDATE", "DELETE"}, "object_id"),
    "wagtailadmin_formstate": ({"INSERT", "UPDATE", "DELETE"}, "object_id"),
    "wagtailcore_referenceindex": ({"INSERT", "UPDATE", "DELETE"}, "object_id"),
    # From the address that the page had.
    "wagtailredirects_redirect": ({"INSERT"}, "redirect_page_id"),
}


def may_be_written(entries: list[tuple], pages: frozenset[int], types: set[int]) -> list[bool]:
    """Tell of each entry of the journal whether a grant on `pages` allows to write a row like this.

    An entry: table, kind, the row as it was and as it is. `types`: the content types of pages.
    """
    known = set(map(str, pages))

    def is_about(row: dict, column: str) -> bool:
        """Tell whether the row names one of the pages, and not something else with the same number."""
        type_of_row = row.get("base_content_type_id", row.get("content_type_id"))
        return str(row[column]) in known and (column != "object_id" or type_of_row in types)

    begun = {
        new["id"]
        for table, _kind, _old, new in entries
        if table == "wagtailcore_workflowstate" and new and is_about(new, "object_id")
    }
    left_out = {
        old["to_object_id"]
        for table, kind, old, _new in entries
        if (table, kind) == ("wagtailcore_referenceindex", "DELETE") and is_about(old, "object_id")
    }
    return [bool(known) and _may_be(*entry, is_about, begun, left_out) for entry in entries]


def _may_be(
    table: str, kind: str, old: dict | None, new: dict | None, is_about: Callable, begun: set, left_out: set
) -> bool:
    rows = [row for row in (old, new) if row]
    if table == "search_entry":
        return kind == "UPDATE" and str(old["document_id"]) in left_out and _is_for_fewer(old, new)
    if table == "wagtailcore_page":
        same = kind == "UPDATE" and all(old[column] == new[column] for column in KEPT)
        return same and is_about(new, "id")
    if table == "wagtailcore_taskstate":
        return kind != "DELETE" and new["workflow_state_id"] in begun
    if "page_ptr_id" in rows[0]:
        return kind == "UPDATE" and all(is_about(row, "page_ptr_id") for row in rows)
    kinds, column = WORK.get(table, (set(), ""))
    return kind in kinds and all(is_about(row, column) for row in rows)


def _is_for_fewer(old: dict, new: dict) -> bool:
    """Tell whether fewer find a document, and nothing else has changed: as a page shows it no longer."""
    return new == old | {"readers": new["readers"]} and set(new["readers"]) < set(old["readers"])
