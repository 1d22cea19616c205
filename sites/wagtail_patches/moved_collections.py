"""What must follow when a collection is moved below another one.

Other people may see its files then, and they belong to another Träger. treebeard moves with raw SQL, and
Wagtail has no signal for it. Wagtail 8.0; not reported.
"""

from functools import wraps

from django.core.cache import cache
from wagtail.models import Collection

from sites.models import PortalDocument, PortalImage
from sites.models.media import files_moved
from sites.models.site_address import CACHE_KEY

PATCHED = {"treebeard.mp_tree:MP_Node.move": "3808f525d201"}


def apply() -> None:
    stock = Collection.move

    @wraps(stock)
    def move(self, *args, **kwargs):
        result = stock(self, *args, **kwargs)
        cache.delete(CACHE_KEY)
        for model in (PortalImage, PortalDocument):
            inside = model.objects.filter(
                collection__in=Collection.objects.get(pk=self.pk).get_descendants(True)
            )
            files_moved(model, list(inside.values_list("pk", flat=True)))
        return result

    Collection.move = move
