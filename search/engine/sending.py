"""The background service brings what was noted into the engine."""

import logging
from collections.abc import Iterable
from contextlib import contextmanager

from django.db import connection, transaction
from elasticsearch import Elasticsearch, TransportError
from elasticsearch.helpers import bulk

from search.engine import building
from search.engine.client import SENDING, EngineError, ask
from search.engine.documents import AT_ONCE, UNRELATED, documents
from search.engine.models import EngineChange, EngineIndex
from search.meaning.unrelated import BABBLE, FIRST_BABBLE, OTHERWISE

log = logging.getLogger(__name__)

# Notes that are read at once.
NOTES = 1000
# Of whoever sends, one sends: what was read later is sent later.
_LOCK = 7_250_025


def send() -> None:
    """Bring into all indexes what was noted, and build the one that is wanted; as owner.

    Where the engine does not answer everything stays noted.
    """
    try:
        building.look()
        while _send_some():
            pass
        building.go_on()
    except EngineError:
        return


@contextmanager
def only_one():
    """Be the only one who sends, until the block ends."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        yield


def _send_some() -> bool:
    """Send some of what was noted. Returns whether there was anything."""
    names = list(EngineIndex.objects.values_list("name", flat=True))
    with only_one():
        # First what holds answers up.
        notes = list(EngineChange.objects.order_by("-withdrawn", "pk")[:NOTES])
        if not notes or not names:
            return False
        entries = sorted({note.entry_id for note in notes})
        for start in range(0, len(entries), AT_ONCE):
            put(names, entries[start : start + AT_ONCE])
        ask(lambda client: client.indices.refresh(index=names), SENDING)
        EngineChange.objects.filter(pk__in=[note.pk for note in notes]).delete()
    return True


def put(names: Iterable[str], entries: list[int]) -> None:
    """Let the indexes `names` have these entries as they are now, without those that are gone.

    In `only_one`. Raises EngineError.
    """
    found = dict(documents(entries))
    gone = {str(entry) for entry in entries if entry != UNRELATED}
    if UNRELATED in entries:
        gone |= {f"unrelated-{number}" for number in range(len(OTHERWISE))}
        gone |= {f"unrelated-{FIRST_BABBLE + number}" for number in range(len(BABBLE))}
    actions: list[dict] = []
    for name in names:
        actions += [
            {"_op_type": "index", "_index": name, "_id": pk, "_source": each} for pk, each in found.items()
        ]
        actions += [{"_op_type": "delete", "_index": name, "_id": pk} for pk in sorted(gone - set(found))]
    ask(lambda client: _bulk(client, actions), SENDING)


def _bulk(client: Elasticsearch, actions: list[dict]) -> None:
    _done, errors = bulk(client, actions, raise_on_error=False, max_chunk_bytes=10_000_000)
    assert isinstance(errors, list)  # noqa: S101 - it is a number where only numbers are asked for
    for error in errors:
        [(action, told)] = error.items()
        if action == "delete" and told["status"] == 404:
            continue
        if told["status"] != 400:
            raise TransportError(str(error)[:1000])
        # It holds nothing else up; `search_verify` names it.
        log.error("Elasticsearch refuses an entry: %s", str(error)[:1000])
