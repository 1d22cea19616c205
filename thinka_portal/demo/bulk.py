"""Many saves, one indexing. The reference index costs much of the time of a save."""

from contextlib import contextmanager

from django.core.management import call_command
from wagtail.signal_handlers import disable_reference_index_auto_update


@contextmanager
def indexed_at_the_end():
    """Leave the reference index alone inside the block and bring it up to date at its end."""
    with disable_reference_index_auto_update():
        yield
    call_command("rebuild_references_index", verbosity=0)
