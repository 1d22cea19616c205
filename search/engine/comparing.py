"""Whether the engine has what PostgreSQL has, and putting that right; as the owner of the database."""

from elasticsearch import Elasticsearch
from elasticsearch.helpers import scan

from search.engine.client import SENDING, ask
from search.engine.documents import AT_ONCE, UNRELATED, documents
from search.engine.mapping import alias, fingerprint
from search.engine.models import EngineChange, EngineIndex
from search.engine.sending import only_one, put
from search.models import Entry


def answering() -> str:
    """Return the name of the index that answers, "" while there is none."""
    index = EngineIndex.objects.filter(reached=None, mapping=fingerprint()).last()
    return index.name if index else ""


def differing() -> list[int]:
    """Return the ids of the entries that the engine has otherwise, or only one of both has.

    What waits to be sent is not looked at. Raises EngineError.
    """
    with only_one():
        waiting = set(EngineChange.objects.values_list("entry_id", flat=True))
        there = ask(_digests, SENDING)
        ids = [UNRELATED, *Entry.objects.order_by("pk").values_list("pk", flat=True)]
        wanted: dict[str, str] = {}
        for start in range(0, len(ids), AT_ONCE):
            wanted |= {pk: each["digest"] for pk, each in documents(ids[start : start + AT_ONCE])}
    wrong = {pk for pk in there.keys() | wanted.keys() if there.get(pk) != wanted.get(pk)}
    found = {int(pk) if pk.isdigit() else UNRELATED for pk in wrong}
    return sorted(found - waiting)


def _digests(client: Elasticsearch) -> dict[str, str]:
    client.indices.refresh(index=alias())
    told = {"_source": False, "docvalue_fields": ["digest"], "query": {"match_all": {}}}
    return {
        hit["_id"]: hit["fields"]["digest"][0]
        for hit in scan(client, index=alias(), query=told, size=5000, preserve_order=False)
    }


def repair(entries: list[int]) -> None:
    """Let the engine have these entries as they are. Raises EngineError."""
    with only_one():
        names = list(EngineIndex.objects.values_list("name", flat=True))
        for start in range(0, len(entries), AT_ONCE):
            put(names, entries[start : start + AT_ONCE])
        ask(lambda client: client.indices.refresh(index=names), SENDING)
