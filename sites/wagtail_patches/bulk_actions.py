"""Bulk actions name only what is within a person's reach.

"All of this list" means the pages of everybody to Wagtail, which then names those that it refuses. Here it
names of these only what the person knows of. Wagtail 8.0; not reported: it has no setting for that.
"""

from wagtail.admin.views.bulk_action import BulkAction

from sites.admin.addresses import BULK_MODELS

PATCHED = {
    "wagtail.admin.views.bulk_action.base_bulk_action:BulkAction.get_actionable_objects": "e53e303ee01c"
}


def _only_in_scope(stock):
    def get_actionable_objects(self):
        objects, refused = stock(self)
        if within := BULK_MODELS.get(self.model._meta.model_name):
            found = refused["items_with_no_access"]
            known = within(self.request.user).filter(pk__in=[each.pk for each in found])
            known = set(known.values_list("pk", flat=True))
            refused["items_with_no_access"] = [each for each in found if each.pk in known]
        return objects, refused

    return get_actionable_objects


def apply() -> None:
    BulkAction.get_actionable_objects = _only_in_scope(BulkAction.get_actionable_objects)
