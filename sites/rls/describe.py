"""The conditions of RLS, short enough to read: their SQL without what is the same everywhere.

What the database was told is called as in principals.sql: `path below edit_paths`, `group_id in own_groups`.
Functions of objects.sql are named without what they are told of it.
"""

import re

_NAME = "([a-z_]+)"
_TYPE = r"::[a-z]+(?:\[\])?"
# One pair of brackets may be inside.
_INSIDE = r"((?:[^()]|\([^()]*\))*)"
# One after the other: what is replaced, and by what.
_STEPS = (
    (rf"\(SELECT portal_told\('{_NAME}'\){_TYPE}\)", r"\1"),
    (_TYPE, ""),
    (r", (?:reads, pass_paths|work_paths, granted_pages|reads|edit_paths, file_paths|near_groups)\)", ")"),
    (rf"\(SELECT portal_content_type\('[a-z_]+', '{_NAME}'\)\)", r"\1"),
    (rf"EXISTS \(SELECT FROM {_NAME} [a-z] WHERE {_INSIDE}\)", r"sees \1 (\2)"),
    (rf"{_NAME} \?\| {_NAME}", r"\2 overlap \1"),
    (rf"{_NAME} \? {_NAME}", r"\2 in \1"),
    (rf"= ANY \({_NAME}\)", r"in \1"),
    (rf"= ANY \(\(SELECT {_INSIDE}\)\)", r"in \1"),
    (rf"\^@ ANY \({_NAME}\)", r"below \1"),
    (" ELSE true END", " WHEN others THEN everybody ELSE false END"),
    (rf"CASE {_NAME} WHEN (.*?) ELSE false END", r"by \1: \2"),
    (" WHEN ", ", "),
    (" THEN ", ": "),
    (" OR ", " or "),
    (" AND ", " and "),
    (r"\bportal_", ""),
    (r"\b[a-z]\.", ""),
    # Around the whole.
    (rf"^\({_INSIDE}\)$", r"\1"),
)


def in_words(condition: str, table: str) -> str:
    """Return the SQL `condition` of `table` as a short text."""
    if condition in ("true", "false"):
        return {"true": "everybody", "false": "nobody"}[condition]
    text = condition.replace(f"{table}.", "")
    for pattern, short in _STEPS:
        text = re.sub(pattern, short, text)
    return text
