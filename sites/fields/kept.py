"""Columns that the database keeps by triggers."""

from django.db import models


class KeptFlag(models.BooleanField):
    """A flag that triggers keep: Django makes the column and reads it, but never writes it.

    The web role may not; an UPDATE that names the column would be refused. Give it a `db_default`.
    """

    # Django leaves such fields out of INSERT, UPDATE and validation.
    generated = True

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs | {"editable": False})

    def deconstruct(self):
        name, _path, args, kwargs = super().deconstruct()
        # Migrations make an ordinary column.
        return name, "django.db.models.BooleanField", args, kwargs
