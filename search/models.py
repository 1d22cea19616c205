"""The index of the search: what published pages say, by the terms that `search.text` makes of it.

Only the background service writes it, as the owner of the database. Web processes ask the function
`portal_search` (see search.sql) and load the entries of what it found through their policy.
"""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale, Page

from sites.fields.dates import PortalDateField, PortalDateTimeField
from sites.models import PortalDocument


class Entry(models.Model):
    """A published page or a document in the index. Triggers keep `readers` and `path` right.

    Of a document: who finds it on the sites, and the folder of its Träger (see documents.sql).

    Without constraints in the database: whoever deletes a page may not write here; a trigger follows.
    """

    page = models.OneToOneField(
        Page,
        null=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="search_entry",
    )
    document = models.OneToOneField(
        PortalDocument,
        null=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="search_entry",
    )
    path = models.CharField(max_length=255)
    readers = ArrayField(models.TextField(), default=list)
    locale = models.ForeignKey(
        Locale, on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+"
    )
    # The same for a page and its translations.
    translation_key = models.UUIDField(null=True)
    # What it can be narrowed down by: "topic:schulden", see `search.facets`.
    facets = ArrayField(models.TextField(), default=list)
    # From when its text is, for the order by date.
    date = PortalDateTimeField(null=True)
    # From then on nobody looks for it any more: an event that is over.
    until = PortalDateTimeField(null=True)
    # The last day on which it counts as checked; None: nobody checks it. A trigger keeps it.
    checked_until = PortalDateField(null=True)
    # Prose for excerpts, without the title.
    text = models.TextField()
    # The terms in their order, one space around each, for phrases.
    sequence = models.TextField()
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


class TitleWord(models.Model):
    """A word of an entry's title, as the search compares words: what is suggested while somebody types."""

    word = models.CharField(max_length=100)
    entry = models.ForeignKey(Entry, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+")

    class Meta:
        indexes = [
            # For what begins with some letters, whatever the order of letters in the database's language.
            models.Index(name="search_titleword_beginning", fields=["word"], opclasses=["text_pattern_ops"]),
        ]

    def __str__(self):
        return self.word


class Passage(models.Model):
    """A piece of an entry with the vector of its meaning; see `search.meaning`. It goes with its entry.

    Without an entry: see `search.meaning.unrelated`. `number`: TITLE, WHOLE (`text` is empty, for the others
    together say it), and from FIRST on its passages.
    """

    TITLE, WHOLE, FIRST = 0, 1, 2

    entry = models.ForeignKey(
        Entry, null=True, on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+"
    )
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    # PostgreSQL compares it where its extension `vector` is there: see `search.meaning.storage`.
    vector = ArrayField(models.FloatField(), null=True)
    # Name and version of the model that made the vector; "" before.
    model = models.CharField(max_length=50, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry", "number"], name="search_passage_of_entry"),
        ]
        indexes = [models.Index(fields=["model", "id"], name="search_passage_by_model")]

    def __str__(self):
        return f"{self.entry_id} {self.number}"


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


class Synonym(models.Model):
    """Words that the search takes for each other.

    With `shown` in one direction only: who asks for `words` also finds `shown`. Kept by the roles of the
    knowledge base; the vocabulary's terms have synonyms of their own.
    """

    words = models.TextField(
        _("words with the same meaning"),
        max_length=1000,
        help_text=_(
            "Separate them by commas: Bürgergeld, Hartz IV, ALG II. Inflections and spellings need no entry."
            " This holds at once, for everybody who searches."
        ),
    )
    shown = models.TextField(
        _("only in one direction: also find"),
        max_length=1000,
        blank=True,
        help_text=_(
            "Leave this empty if all words above stand for each other. Otherwise whoever searches for one of"
            " the words above also finds these, but not the other way round."
        ),
    )
    locale = models.ForeignKey(Locale, on_delete=models.CASCADE, verbose_name=_("language"), related_name="+")

    class Meta:
        ordering = ["words"]
        verbose_name = _("synonym")
        verbose_name_plural = _("synonyms")

    def __str__(self):
        return f"{self.words} → {self.shown}" if self.shown else self.words


class Pin(models.Model):
    """A page that comes first when somebody asks one of `questions`. Kept by the roles of the knowledge base.

    Without a constraint in the database: whoever deletes a page may not write here; a trigger follows.
    """

    questions = models.TextField(
        _("questions"),
        max_length=1000,
        help_text=_(
            "What people search for, separated by commas. Order, inflections and spellings of the words don't"
            " matter."
        ),
    )
    page = models.ForeignKey(
        Page,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        verbose_name=_("page"),
        related_name="+",
        help_text=_("Whoever may read it finds it first, marked as recommended."),
    )
    sort_order = models.PositiveSmallIntegerField(
        _("position"), default=0, help_text=_("If several pages are recommended for one question.")
    )

    class Meta:
        ordering = ["questions", "sort_order"]
        verbose_name = _("recommendation")
        verbose_name_plural = _("recommendations")

    def __str__(self):
        return self.questions


# Django looks for models here.
from search.asked.models import AskedQuestion, MissingContent  # noqa: E402, F401
from search.attachments.models import Attachment  # noqa: E402, F401
from search.engine.models import EngineChange, EngineIndex  # noqa: E402, F401
from search.saved.models import SavedSearch  # noqa: E402, F401
