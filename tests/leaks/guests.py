"""What a guest may write about a page that a grant opens: everything else there is a leak as elsewhere."""

# Where the page is and whose it is: a grant never moves it and never gives it away.
KEPT = ("path", "depth", "owner_id", "locale_id", "translation_key", "content_type_id", "alias_of_id")
# What is written at work on a page, by table: how, and the column that names the page. Pages, and what they are
# made of, are in `may_be_written`.
WORK: dict[str, tuple[set[str], str]] = {
    "wagtailcore_revision": ({"INSERT", "UPDATE"}, "object_id"),
    "wagtailcore_pagelogentry": ({"INSERT"}, "page_id"),
    "wagtailcore_comment": ({"INSERT", "UPDATE", "DELETE"}, "page_id"),
    "wagtailcore_pagesubscription": ({"INSERT", "UPDATE"}, "page_id"),
    "wagtailcore_workflowstate": ({"INSERT", "UPDATE"}, "object_id"),
    "wagtailadmin_editingsession": ({"INSERT", "UPDATE", "DELETE"}, "object_id"),
    "wagtailadmin_formstate": ({"INSERT", "UPDATE", "DELETE"}, "object_id"),
    "wagtailcore_referenceindex": ({"INSERT", "UPDATE", "DELETE"}, "object_id"),
    "wagtailsearch_indexentry": ({"UPDATE"}, "object_id"),
}


def may_be_written(table: str, kind: str, old: dict | None, new: dict | None, pages: frozenset[int]) -> bool:
    """Tell whether a grant on `pages` allows to write a row like this."""
    if not pages:
        return False
    known = set(map(str, pages))
    rows = [row for row in (old, new) if row]
    if table == "wagtailcore_page":
        same = kind == "UPDATE" and all(old[column] == new[column] for column in KEPT)
        return same and str(new["id"]) in known
    if "page_ptr_id" in rows[0]:
        return kind == "UPDATE" and all(str(row["page_ptr_id"]) in known for row in rows)
    kinds, column = WORK.get(table, (set(), ""))
    return kind in kinds and all(str(row[column]) in known for row in rows)
