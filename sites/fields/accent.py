"""The field for a Träger's own colour."""

from django.db import models

from sites.fields.colour import validate_accent


class AccentField(models.CharField):
    """A colour "#rrggbb", dark enough to read. Migrations write it as text, which it is to the database."""

    default_validators = [validate_accent]

    def deconstruct(self):
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs
