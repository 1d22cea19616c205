"""Which index there is, and how the next one is built while this one answers."""

import logging
import re
import time

from django.db import connection, transaction
from elasticsearch import Elasticsearch

from search.engine import sending
from search.engine.client import SENDING, ask
from search.engine.documents import AT_ONCE, UNRELATED
from search.engine.mapping import MAPPING, SETTINGS, alias, fingerprint
from search.engine.models import EngineIndex
from search.models import Entry

log = logging.getLogger(__name__)

# For how long the background service builds at a stretch, in seconds.
TURN = 1.0
# How often it looks whether the engine still has its index, in seconds.
EVERY = 10.0
_looked_at = 0.0


def look(at_once: bool = False) -> None:
    """Begin an index where none is as it should be: at first, after another version, in another engine."""
    global _looked_at
    if not at_once and time.monotonic() - _looked_at < EVERY:
        return
    there = ask(_there)
    for index in EngineIndex.objects.all():
        if (index.cluster, index.name) not in there or there[index.cluster, index.name] != index.mapping:
            log.warning("The index %s is not in Elasticsearch any more; it is built anew.", index)
            index.delete()
    if not EngineIndex.objects.filter(mapping=fingerprint()).exists():
        begin()
    _looked_at = time.monotonic()


def _there(client: Elasticsearch) -> dict[tuple[str, str], str]:
    """Return the fingerprints of the indexes that are ours, by cluster and name."""
    cluster = client.info()["cluster_uuid"]
    return {
        (cluster, name): each["mappings"].get("_meta", {}).get("mapping", "")
        for name, each in client.indices.get_mapping(index=f"{alias()}-*").items()
    }


def begin() -> EngineIndex:
    """Make an empty index, which is filled from now on. What was begun before is given up."""
    name = f"{alias()}-{fingerprint()}-{time.time_ns() // 1_000_000}"
    mappings = MAPPING | {"_meta": {"mapping": fingerprint()}}

    def make(client: Elasticsearch) -> str:
        client.indices.create(index=name, settings=SETTINGS, mappings=mappings)
        return client.info()["cluster_uuid"]

    cluster = ask(make, SENDING)
    with transaction.atomic(), connection.cursor() as cursor:
        EngineIndex.objects.filter(reached__isnull=False).delete()
        cursor.execute("SELECT pg_current_xact_id()::text::bigint")
        [began] = cursor.fetchone()
        return EngineIndex.objects.create(
            name=name, mapping=fingerprint(), cluster=cluster, reached=-1, began=began
        )


def go_on(seconds: float = TURN) -> None:
    """Bring entries into the index that is being built; then let it be the one that answers."""
    end = time.monotonic() + seconds
    index = EngineIndex.objects.filter(reached__isnull=False).first()
    if index is None or not _settled(index):
        return
    while time.monotonic() < end:
        with sending.only_one():
            reached = index.reached or 0
            after = Entry.objects.filter(pk__gt=reached).order_by("pk")
            entries = list(after.values_list("pk", flat=True)[:AT_ONCE])
            if reached < 0:
                entries = [UNRELATED, *entries]
            if not entries:
                finish(index)
                return
            sending.put([index.name], entries)
            index.reached = entries[-1]
            index.save(update_fields=["reached"])


def _settled(index: EngineIndex) -> bool:
    """Whether all transactions are over that began before changes were noted for it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint >= %s", [index.began])
        return cursor.fetchone()[0]


def finish(index: EngineIndex) -> None:
    """Let questions go to `index`, in one step, and delete those before it."""
    older = EngineIndex.objects.exclude(pk=index.pk)
    index.reached = None
    index.save(update_fields=["reached"])
    older.delete()
    ask(lambda client: _switch(client, index.name), SENDING)


def _switch(client: Elasticsearch, name: str) -> None:
    client.indices.refresh(index=name)
    ours = re.compile(rf"{re.escape(alias())}-[0-9a-f]{{12}}-[0-9]+")
    there = client.indices.get(index=f"{alias()}-*")
    others = [each for each in there if each != name and ours.fullmatch(each)]
    actions: list[dict] = [{"add": {"index": name, "alias": alias()}}]
    actions += [{"remove_index": {"index": other}} for other in others]
    client.indices.update_aliases(actions=actions)
