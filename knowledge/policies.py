"""Row-level security of what belongs to methods and partners but is no part of a page."""

from pathlib import Path

from sites.rls.conditions import AT_A_TRAEGER, NOBODY, TablePolicies, any_of, either, in_role, sees, works_on

TABLE_POLICIES = {
    "knowledge_staffnote": TablePolicies(
        # Who has a role in the knowledge base alone reads none: the city administration has one.
        read=either(f"{AT_A_TRAEGER} AND {sees('{t}.page_id')}", works_on("{t}.page_id")),
        write=in_role("{t}.page_id"),
        about="of a page, also of a public one, for staff of the Träger",
    ),
    "knowledge_publishedversion": TablePolicies(
        # Who may read the page now, but could not when it said this, does not learn of it.
        read=either(f"{sees('{t}.page_id')} AND {any_of('{t}.readers', 'reads')}", works_on("{t}.page_id")),
        # Who could not publish it says nothing that it never said.
        insert=f"{works_on('{t}.page_id')} AND NOT portal_needs_publisher({{t}}.page_id)",
        update=NOBODY,
        delete=in_role("{t}.page_id", "publish_paths"),
        about="what a page said when it was published, for who could read it then and still can",
    ),
}


def sql() -> list[str]:
    """The database says who could read a version."""
    return [(Path(__file__).parent / "changes/versions.sql").read_text(encoding="utf-8")]
