"""What there is to know of the engine without asking it."""

from datetime import datetime

from django.conf import settings
from django.db import connection
from django.db.models import Min

from search.engine.models import EngineChange, EngineIndex


def configured() -> bool:
    """Whether there is an engine beside PostgreSQL."""
    return bool(settings.SEARCH_URL)


def give_up() -> None:
    """Forget what an engine had, where there is none any more; as owner."""
    if EngineIndex.objects.exists():
        EngineIndex.objects.all().delete()
        EngineChange.objects.all().delete()


def answers() -> bool:
    """Tell whether an index is whole and as this version wants it; one query, also for a web process."""
    from search.engine.mapping import fingerprint

    with connection.cursor() as cursor:
        cursor.execute("SELECT portal_search_asks('de')->>'mapping'")
        return cursor.fetchone()[0] == fingerprint()


def trouble() -> str:
    """Return why the engine does not answer, in a sentence that says what to do; "" where it does."""
    from search.engine.client import EngineError, ask

    try:
        ask(lambda client: client.info())
    except EngineError as error:
        return (
            f"Elasticsearch does not answer ({error}). PostgreSQL answers instead. Once it runs again it"
            " catches up by itself. See to it, or take SEARCH_URL away."
        )
    return ""


def oldest_change() -> datetime | None:
    """Return when the entry that waits longest for the engine was changed; as owner."""
    return EngineChange.objects.aggregate(since=Min("noted_at"))["since"]
