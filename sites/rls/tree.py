"""Keeps the tree right below a page that somebody writes who may not see what is there."""

from django.db import connection


def count_children(page) -> None:
    """Store how many pages there are right below `page`."""
    _call("portal_count_children", page)


def address_below(page) -> None:
    """Give the pages below `page` the addresses that follow from its stored one."""
    _call("portal_address_below", page)


def _call(function: str, page) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(%s)", [page.pk])
