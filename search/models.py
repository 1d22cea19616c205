"""The index of the search: what published pages say, by the terms that `search.text` makes of it.

Only the background service writes it, as the owner of the database. Web processes ask the function
`portal_search` (see search.sql) and load the entries of what it found through their policy.
"""

from django.contrib.contenttypes.models import ContentType
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models.functions import Now
from wagtail.models import Locale, Page

from sites.fields.dates import PortalDateTimeField


class Entry(models.Model):
    """A published page in the index. Triggers keep `readers` and `path` equal to those of the page.

    Without constraints in the database: whoever deletes a page may not write here; a trigger follows.
    """

    page = models.OneToOneField(
        Page,
        primary_key=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="search_entry",
    )
    path = models.CharField(max_length=255)
    readers = ArrayField(models.TextField(), default=list)
    locale = models.ForeignKey(
        Locale, on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+"
    )
    content_type = models.ForeignKey(
        ContentType, on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+"
    )
    # Prose for excerpts, without the title.
    text = models.TextField()
    # The terms in their order, one space around each, for phrases.
    sequence = models.TextField()
    # From then on nobody looks for it any more: an event that is over.
    until = PortalDateTimeField(null=True)
    # See `search.indexing.VERSION`.
    version = models.PositiveSmallIntegerField()

    def __str__(self):
        return str(self.pk)


class Term(models.Model):
    """Something to look up by: the stem of a word, or of a part of a compound."""

    text = models.CharField(max_length=100, unique=True)

    class Meta:
        indexes = [GinIndex(name="search_term_similar", fields=["text"], opclasses=["gin_trgm_ops"])]

    def __str__(self):
        return self.text


class Posting(models.Model):
    """That a term occurs in an entry. `weight`: how much that says, from 0 to `search.weights.HIGHEST`."""

    term = models.ForeignKey(
        Term, on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+"
    )
    entry = models.ForeignKey(Entry, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+")
    weight = models.FloatField()

    class Meta:
        constraints = [
            # All that a question needs is in this index.
            models.UniqueConstraint(
                fields=["term", "entry"], include=["weight"], name="search_posting_of_term_and_entry"
            ),
        ]

    def __str__(self):
        return f"{self.term_id} {self.entry_id}"


class Change(models.Model):
    """What changed after it was last indexed, noted in the transaction of the change.

    A page, or an object that pages name, as `model` ("app.model") and `object_id`.
    """

    model = models.CharField(max_length=100, db_default="wagtailcore.page")
    object_id = models.IntegerField()
    noted_at = PortalDateTimeField(db_default=Now())
    # Later than that where it could not be indexed.
    due_at = PortalDateTimeField(db_default=Now())

    def __str__(self):
        return f"{self.model} {self.object_id}"
