"""Sorting for people: Äpfel next to apfel, not after Zebra.

The embedded PostgreSQL has no ICU and so no German collation. `german("title")` sorts like DIN 5007-1
(ä as a, ß as ss, capitals as small letters) on every server. It takes no index, so it is for the lists that
people read, which are narrowed to one section first.
"""

from django.db.models import F, Func, TextField
from django.db.models.functions import Lower


class Unaccent(Func):
    """PostgreSQL's unaccent(): letters without their marks, ß as ss. Needs the extension of that name."""

    function = "unaccent"
    arity = 1
    output_field = TextField()


def german(field: str) -> Lower:
    """Return an expression for order_by(): the text field `field` (also across relations), for people."""
    return Lower(Unaccent(F(field)))
