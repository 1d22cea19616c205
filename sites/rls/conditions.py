"""Building blocks for the conditions of RLS, in SQL. `{t}` stands for the table that a condition guards.

What the database was told about the person (see principals.sql) is read in sub-selects: PostgreSQL computes
these once per query and not once per row. What they call is written in PL/pgSQL: functions in SQL take their
time in the planning of every query.
"""

from dataclasses import dataclass


def told(name: str, kind: str = "text") -> str:
    """What the database was told as `name`; null, which opens nothing, where it was told nothing."""
    return f"(SELECT portal_told('{name}')::{kind})"


NOBODY, EVERYBODY = "false", "true"
ROOT = f"{told('root')} = 'on'"
ME = told("person", "bigint")
ON_A_SITE = f"{told('area')} = 'site'"
AT_WORK = f"{told('area')} = 'admin'"
THIS_SITE = told("site", "int")
MINE = f"{{t}}.user_id = {ME}"
READING = f"{told('reads', 'jsonb')}, {told('pass_paths', 'jsonb')}"
WORKING = f"{told('work_paths', 'jsonb')}, {told('granted_pages', 'jsonb')}"


@dataclass(frozen=True)
class TablePolicies:
    """Conditions under which rows are read and written; `write` holds where nothing more special is given.

    `about` says why, where the condition does not: for the operators' overview.
    """

    read: str
    write: str = NOBODY
    insert: str = ""
    update: str = ""
    delete: str = ""
    about: str = ""

    def conditions(self, table: str) -> dict[str, str]:
        """Return the condition of each SQL command for `table`."""
        conditions = {
            "SELECT": self.read,
            "INSERT": self.insert or self.write,
            "UPDATE": self.update or self.write,
            "DELETE": self.delete or self.write,
        }
        return {command: text.replace("{t}", table) for command, text in conditions.items()}


def among(column: str, name: str) -> str:
    """The id in `column` is in the list that was told as `name`."""
    return f"{column} = ANY ({told(name, 'bigint[]')}::bigint[])"


def one_of(column: str, name: str) -> str:
    """The value of `column` is in the set that was told as `name`."""
    return f"{told(name, 'jsonb')} ? {column}::text"


def any_of(column: str, name: str) -> str:
    """A value of the array `column` is in the set that was told as `name`."""
    return f"{told(name, 'jsonb')} ?| {column}"


def below(path: str, name: str) -> str:
    """The tree path `path` is in the list that was told as `name`, or below one of these."""
    return f"{path} ^@ ANY ({told(name, 'text[]')}::text[])"


# The person has a role at a Träger, not in the knowledge base alone.
AT_A_TRAEGER = (
    "EXISTS (SELECT FROM thinka_sites_traeger o"
    f" WHERE {among('o.id', 'own_traeger')} AND o.kind <> 'knowledge')"
)


def either(*conditions: str) -> str:
    return "(" + " OR ".join(conditions) + ")"


def exists(source: str, condition: str) -> str:
    """`source` (under its own policies) has a row for which `condition` holds."""
    return f"EXISTS (SELECT FROM {source} WHERE {condition})"


# Other tables are asked about with functions (see objects.sql) and not with queries.


def sees(page: str) -> str:
    """The person reads the page with the id `page`, or finds their way through it to what they may."""
    return f"portal_sees_page({page}, {READING})"


def works_on(page: str) -> str:
    """A role or a grant of the person writes on the page with the id `page`."""
    return f"portal_works_on_page({page}, {WORKING})"


def in_role(page: str, paths: str = "edit_paths") -> str:
    """A role of the person writes on the page with the id `page`, or does what else the list `paths` says."""
    return below(f"portal_page_path({page})", paths)


def row(table: str, column: str, key: str = "id") -> str:
    """The person sees the row of `table` that `column` points to."""
    return exists(f"{table} r", f"r.{key} = {{t}}.{column}")


def content(content_type: str, otherwise: str = NOBODY, **conditions: str) -> str:
    """What `{t}.object_id` names by its content type: one per "app__model", `otherwise` for others."""
    cases = " ".join(
        f"WHEN (SELECT portal_content_type('{app}', '{model}')) THEN {condition}"
        for (app, model), condition in ((name.split("__"), text) for name, text in conditions.items())
    )
    return f"CASE {{t}}.{content_type} {cases} ELSE {otherwise} END"


def of_page(content_type: str) -> str:
    """A row about any object: only those about a page on which the person works."""
    return content(content_type, wagtailcore__page=works_on("{t}.object_id::int"))


def of_key(column: str) -> str:
    """The translation key in `column` is that of a page on which the person works."""
    return f"portal_works_on_key({{t}}.{column}, {WORKING})"


def site(column: str, paths: str) -> str:
    """The start page of the site in `column` is below one of the told paths `paths`."""
    return below(f"portal_site_path({{t}}.{column})", paths)


def collection(column: str, paths: str) -> str:
    return below(f"portal_collection_path({{t}}.{column})", paths)


def of_file(kind: str, file: str, paths: str = "file_paths") -> str:
    """The picture or document (`kind`) with the id `file` is in one of the told collections `paths`."""
    return below(f"portal_{kind}_path({file})", paths)


def changes_file(kind: str, file: str) -> str:
    """The person may change the picture or document (`kind`) with the id `file`: by their role or a grant."""
    return either(of_file(kind, file), one_of(file, f"changed_{kind}s"))


def by_me(column: str = "user_id") -> str:
    """What is said or done is not put into anybody else's mouth."""
    return f"({{t}}.{column} IS NULL OR {{t}}.{column} = {ME})"


# Kinds of tables


def page_type(column: str) -> TablePolicies:
    """What pages of one type say beside the rest: a grant opens it for editing, but not for deleting."""
    page = f"{{t}}.{column}"
    return TablePolicies(read=sees(page), write=works_on(page), delete=in_role(page))


def part_of_page(column: str) -> TablePolicies:
    """Rows that are part of a page: seen with it, written by who works on it."""
    return TablePolicies(
        read=sees(f"{{t}}.{column}"), write=works_on(f"{{t}}.{column}"), about="part of a page"
    )


def part_of(table: str, column: str) -> TablePolicies:
    """Rows that are part of a row of another table: seen and written by who sees that one."""
    return TablePolicies(read=row(table, column), write=row(table, column))


def approval(kind: str, column: str) -> TablePolicies:
    """A workflow or task (`kind`): seen with a page of its, but not on the sites, where nobody works."""
    return TablePolicies(read=f"{AT_WORK} AND portal_sees_{kind}({{t}}.{column}, {READING})")


def may(permission: str) -> str:
    """The person holds the permission ("app.codename") without an object."""
    return f"'{permission}' = ANY ({told('permissions', 'text[]')}::text[])"


def shared(app: str, model: str, about: str) -> TablePolicies:
    """Rows that all Träger share and everybody reads; kept by who holds Django's permissions for them."""
    return TablePolicies(
        read=EVERYBODY,
        insert=may(f"{app}.add_{model}"),
        update=may(f"{app}.change_{model}"),
        delete=may(f"{app}.delete_{model}"),
        about=about,
    )


def files(kind: str, *also: str) -> TablePolicies:
    """Pictures or documents: collections, pages that show them, grants on single ones, what else is given."""
    inside = collection("collection_id", "file_paths")
    return TablePolicies(
        read=either(
            f"portal_sees_file('{kind}', {{t}}.id, {{t}}.collection_id, {told('reads', 'jsonb')})",
            one_of("{t}.id", f"seen_{kind}s"),
            *also,
        ),
        write=inside,
        update=either(inside, one_of("{t}.id", f"changed_{kind}s")),
    )


def grants(kind: str, holder: str) -> TablePolicies:
    """Grants: seen by who holds them or writes there; given and ended by the head of the Träger."""
    where = f"portal_{kind}_path({{t}}.content_object_id)"
    there, head = (
        (below(where, "edit_paths"), below(where, "head_paths"))
        if kind == "page"
        else (below(where, "file_paths"), below(where, "head_file_paths"))
    )
    own = MINE if holder == "user" else among("{t}.group_id", "own_groups")
    return TablePolicies(read=either(own, there), write=head, insert=f"{head} AND {{t}}.granted_by_id = {ME}")
