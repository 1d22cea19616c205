"""On which site a file is to be had."""

from django.core.cache import cache

from sites.models.traeger import Traeger

CACHE_KEY = "thinka_sites.media.addresses"
CACHE_SECONDS = 300


def site_address(collection_id: int) -> str:
    """Return the address (`https://host`) of the site to which the files of this collection belong.

    Empty where they belong to no Träger. Kept for some minutes, because lists of files ask for each file.
    """
    known = cache.get(CACHE_KEY, {})
    if collection_id not in known:
        traeger = Traeger.objects.for_collection(collection_id)
        if traeger is None:
            return ""
        known[collection_id] = traeger.site.root_url
        cache.set(CACHE_KEY, known, CACHE_SECONDS)
    return known[collection_id]
