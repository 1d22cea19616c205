"""What points to rows of guarded tables, and what becomes of it when these are deleted."""

from django.db.models import CASCADE, SET_NULL, ForeignKey

from sites.rls.derived import table_policies, tables

# By what a model says should become of its rows: what the database does with them.
DONE = {CASCADE: "delete", SET_NULL: "empty"}


def _is_constraint(field: ForeignKey) -> bool:
    """Tell whether the database knows of the foreign key, and not Django alone."""
    return bool(vars(field)["db_constraint"])


def foreign_keys() -> dict[str, list[ForeignKey]]:
    """Return the foreign keys to each guarded table that something points to, by table.

    Left out are the parts of what is stored in several tables, like the types of pages: they have RLS of
    the whole, so whoever deletes it reaches them.
    """
    found: dict[str, list[ForeignKey]] = {}
    for model in tables().values():
        for field in model._meta.local_fields:
            if (
                not isinstance(field, ForeignKey)
                or field.remote_field.parent_link
                or not _is_constraint(field)
            ):
                continue
            target = field.remote_field.model._meta.db_table
            if target in table_policies():
                found.setdefault(target, []).append(field)
    return found


def leftover_triggers() -> str:
    """Return the SQL of the triggers that look after what points to deleted rows (see guards.sql)."""
    statements = []
    for table, fields in sorted(foreign_keys().items()):
        arguments = sorted(
            (field.target_field.column, field.model._meta.db_table, field.column, DONE[on_delete])
            for field in fields
            if (on_delete := field.remote_field.on_delete) in DONE
        )
        if arguments:
            listed = ", ".join(f"'{word}'" for words in arguments for word in words)
            statements.append(
                f"CREATE OR REPLACE TRIGGER portal_leftovers AFTER DELETE ON {table}"
                " REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT"
                f" EXECUTE FUNCTION portal_leftovers({listed});"
            )
    return "\n".join(statements)
