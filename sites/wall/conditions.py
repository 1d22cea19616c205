"""Building blocks for the conditions of the wall, in SQL. `{t}` stands for the table that a condition guards.

What the database was told about the person (see principals.sql) is read in sub-selects: PostgreSQL computes
these once per query and not once per row.
"""

from dataclasses import dataclass

NOBODY, EVERYBODY = "false", "true"
ME = "(SELECT portal_person())"
ON_A_SITE = "(SELECT portal_told('area')) = 'site'"
AT_WORK = "(SELECT portal_told('area')) = 'admin'"
THIS_SITE = "(SELECT portal_told('site'))::int"
MINE = f"{{t}}.user_id = {ME}"


@dataclass(frozen=True)
class Wall:
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


def texts(name: str) -> str:
    return f"(SELECT portal_texts('{name}'))::text[]"


def among(column: str, name: str) -> str:
    """The id in `column` is among those that the database was told as `name`."""
    return f"{column} = ANY ((SELECT portal_ids('{name}'))::bigint[])"


def one_of(column: str, name: str) -> str:
    """The text in `column` is one of those told as `name`: hashed, for there may be thousands."""
    return f"{column} IN (SELECT unnest(portal_texts('{name}')))"


def below(column: str, name: str) -> str:
    """The tree path in `column` is one of those that the database was told as `name`, or below it."""
    return f"{column} ^@ ANY ({texts(name)})"


def either(*conditions: str) -> str:
    return "(" + " OR ".join(conditions) + ")"


def exists(source: str, condition: str) -> str:
    """`source` (under its own wall) has a row for which `condition` holds."""
    return f"EXISTS (SELECT FROM {source} WHERE {condition})"


def role(page: str) -> str:
    """A role of the person writes on `page`, the name of a row of the page table."""
    return below(f"{page}.path", "edit_paths")


def work(page: str) -> str:
    """A role or a grant of the person writes on `page`."""
    return either(role(page), among(f"{page}.id", "granted_pages"), below(f"{page}.path", "granted_paths"))


def page(column: str, condition: str = EVERYBODY) -> str:
    """The person sees the page whose id is in `column`, and `condition` holds for it (as `p`)."""
    return exists("wagtailcore_page p", f"p.id = {{t}}.{column} AND {condition}")


def works_on(column: str) -> str:
    return page(column, work("p"))


def row(table: str, column: str, key: str = "id") -> str:
    """The person sees the row of `table` that `column` points to."""
    return exists(f"{table} r", f"r.{key} = {{t}}.{column}")


def content(content_type: str, **conditions: str) -> str:
    """What `{t}.object_id` names by its content type: one condition per "app__model", false for others."""
    cases = " ".join(
        f"WHEN (SELECT portal_content_type('{app}', '{model}')) THEN {condition}"
        for (app, model), condition in ((name.split("__"), text) for name, text in conditions.items())
    )
    return f"CASE {{t}}.{content_type} {cases} ELSE false END"


# The text in `object_id` is the id of a page on which the person works.
OBJECT_WORK = page("object_id::int", work("p"))


def of_page(content_type: str) -> str:
    """A row about any object: only those about a page on which the person works."""
    return content(content_type, wagtailcore__page=OBJECT_WORK)


def of_key(column: str) -> str:
    """The translation key in `column` is that of a page on which the person works."""
    return exists("wagtailcore_page p", f"p.translation_key = {{t}}.{column} AND {work('p')}")


def site(column: str, paths: str) -> str:
    """The start page of the site in `column` is below one of the told paths `paths`."""
    return exists(
        "wagtailcore_site s JOIN wagtailcore_page p ON p.id = s.root_page_id",
        f"s.id = {{t}}.{column} AND {below('p.path', paths)}",
    )


def collection(column: str, paths: str) -> str:
    return exists("wagtailcore_collection c", f"c.id = {{t}}.{column} AND {below('c.path', paths)}")


def of_file(kind: str, column: str, paths: str = "file_paths") -> str:
    """The picture or document (`kind`) in `column` is in one of the told collections `paths`."""
    source = f"thinka_sites_portal{kind} f JOIN wagtailcore_collection c ON c.id = f.collection_id"
    return exists(source, f"f.id = {{t}}.{column} AND {below('c.path', paths)}")


# Kinds of tables


def part_of_page(column: str) -> Wall:
    """Rows that are part of a page: seen with it, written by who works on it."""
    return Wall(read=page(column), write=works_on(column))


def part_of(table: str, column: str) -> Wall:
    """Rows that are part of a row of another table: seen and written by who sees that one."""
    return Wall(read=row(table, column), write=row(table, column))


def may(permission: str) -> str:
    """The person holds the permission ("app.codename") without an object."""
    return f"'{permission}' = ANY ({texts('permissions')})"


def word(name: str) -> Wall:
    """A term of the vocabulary."""
    return Wall(
        read=EVERYBODY,
        insert=may(f"home.add_{name}"),
        update=may(f"home.change_{name}"),
        delete=may(f"home.delete_{name}"),
        about="words that all Träger share, shown to everybody; the roles of the knowledge base keep them",
    )


def files(kind: str, *also: str) -> Wall:
    """Pictures or documents: the collection decides, grants on single ones, and what else is given."""
    inside = collection("collection_id", "file_paths")
    return Wall(
        read=either(
            exists(
                "wagtailcore_collection c", f"c.id = {{t}}.collection_id AND c.readers && {texts('reads')}"
            ),
            among("{t}.id", f"seen_{kind}s"),
            *also,
        ),
        write=inside,
        update=either(inside, among("{t}.id", f"changed_{kind}s")),
    )


def grants(kind: str, holder: str) -> Wall:
    """Grants: seen by who holds them or writes there; given and ended by the head of the Träger."""
    if kind == "page":
        there, head = (
            page("content_object_id", below("p.path", paths)) for paths in ("edit_paths", "head_paths")
        )
    else:
        there, head = (
            of_file(kind, "content_object_id", paths) for paths in ("file_paths", "head_file_paths")
        )
    own = MINE if holder == "user" else among("{t}.group_id", "own_groups")
    return Wall(read=either(own, there), write=head, insert=f"{head} AND {{t}}.granted_by_id = {ME}")
