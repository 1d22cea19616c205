"""A search reads the entries of the pages that are asked for, and not those of everybody.

modelsearch writes the id of a page as text, which PostgreSQL does not take for leakproof: with RLS all
entries were read and matched for every search. Here the text stands beside the id. modelsearch 1.3; not
reported: it is so only behind policies.
"""

from django.db.models.functions import Cast
from modelsearch.abstract_models import TextIDGenericRelation

from sites.rls.lookups import SearchKey

PATCHED = {"modelsearch.abstract_models:TextIDGenericRelation": "0c6adbeac572"}


def entry_of_page(relation, alias, remote_alias):
    """Say which search entry is about an object."""
    entry = relation.remote_field.model._meta.get_field(relation.object_id_field_name)
    key = relation.model._meta.pk
    named = key.get_col(alias)
    text = SearchKey(named) if key.model._meta.label == "wagtailcore.Page" else Cast(named, entry)
    return entry.get_lookup("exact")(entry.get_col(remote_alias), text)


def apply() -> None:
    TextIDGenericRelation.get_object_id_lookup = entry_of_page
