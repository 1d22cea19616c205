"""A draft keeps what it names and the person who opens it doesn't see.

modelcluster looks, for each foreign key in a draft, whether there is still something there, and takes the key
out where there is nothing, or the whole row. What row-level security hides from a guest was taken for gone:
pictures, offices and attachments vanished with the next saving. modelcluster 6.5; not reported: upstream
hides nothing.
"""

from functools import wraps

from django.db import models
from modelcluster import models as upstream

from sites.access.readers import exists

PATCHED = {"modelcluster.models:model_from_serializable_data": "a1fc4cb19551"}


def _keys(model: type[models.Model], data: dict) -> list[models.ForeignKey]:
    """The foreign keys of `model` that `data` fills."""
    return [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, models.ForeignKey) and data.get(field.name) is not None
    ]


def apply() -> None:
    stock = upstream.model_from_serializable_data

    @wraps(stock)
    def model_from_serializable_data(model, data, check_fks=True, strict_fks=False):
        found = stock(model, data, check_fks=check_fks, strict_fks=strict_fks)
        keys = _keys(model, data) if check_fks else []
        if found is not None and all(getattr(found, field.attname) is not None for field in keys):
            return found
        whole = stock(model, data, check_fks=False)
        for field in keys:
            value = getattr(whole, field.attname)
            kept = found is not None and getattr(found, field.attname) is not None
            if kept or exists(field.related_model, value):
                continue
            if strict_fks and field.remote_field.on_delete == models.CASCADE:
                return None
            setattr(whole, field.attname, None)
        return whole

    upstream.model_from_serializable_data = model_from_serializable_data
