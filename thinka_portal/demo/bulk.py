"""Many saves, one indexing. Search index and reference index cost more than half the time of a save."""

from contextlib import contextmanager

from django.core.management import call_command
from django.db.models.signals import post_save
from modelsearch.backends import get_search_backends_with_name
from modelsearch.index import get_indexed_models
from modelsearch.signal_handlers import post_save_signal_handler
from wagtail.signal_handlers import disable_reference_index_auto_update


@contextmanager
def indexed_at_the_end():
    """Leave both indexes alone inside the block and bring them up to date at its end.

    The signals are switched off for the whole process: only for commands, not for requests.
    """
    disconnected = [
        model
        for model in get_indexed_models()
        if post_save.disconnect(post_save_signal_handler, sender=model)
    ]
    try:
        with disable_reference_index_auto_update():
            yield
    finally:
        for model in disconnected:
            post_save.connect(post_save_signal_handler, sender=model)
    for model in disconnected:
        objects = list(model.get_indexed_objects())
        for _name, backend in get_search_backends_with_name(with_auto_update=True):
            backend.add_bulk(model, objects)
    call_command("rebuild_references_index", verbosity=0)
