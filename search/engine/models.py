"""What the engine has, and what it has still to learn."""

from django.db import models
from django.db.models.functions import Now

from sites.fields.dates import PortalDateTimeField


class EngineIndex(models.Model):
    """An index in the engine. As long as there is any, triggers note what changes.

    `mapping`: its fingerprint. `reached`: the entries up to this id are in it; None: all. `cluster`: which
    engine it is in. `began`: the transaction in which it was noted.
    """

    name = models.CharField(max_length=200, unique=True)
    mapping = models.CharField(max_length=20)
    cluster = models.CharField(max_length=100)
    reached = models.BigIntegerField(null=True)
    began = models.BigIntegerField()
    made_at = PortalDateTimeField(db_default=Now())

    def __str__(self):
        return self.name


class EngineChange(models.Model):
    """An entry that changed after it was last sent, noted in the transaction of the change.

    `entry_id` 0: the texts that belong to no entry. `withdrawn`: it may have been taken away from readers;
    until the engine knows, PostgreSQL answers.
    """

    entry_id = models.BigIntegerField()
    withdrawn = models.BooleanField()
    noted_at = PortalDateTimeField(db_default=Now())

    class Meta:
        indexes = [
            models.Index(
                name="search_engine_withdrawn", fields=["withdrawn"], condition=models.Q(withdrawn=True)
            ),
        ]

    def __str__(self):
        return str(self.entry_id)
