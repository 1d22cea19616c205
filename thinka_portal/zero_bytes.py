"""Zero bytes in requests: no browser sends them, and the database can neither store nor look for them."""

from django.http import QueryDict

# What browsers themselves put in place of a zero byte.
REPLACEMENT = "\ufffd"


def _replaced(values: QueryDict, replacement: str) -> QueryDict:
    """Return `values` without zero bytes, itself where it has none."""
    if not any("\0" in text for name, texts in values.lists() for text in (name, *texts)):
        return values
    cleaned = QueryDict(mutable=True, encoding=values.encoding)
    for name, texts in values.lists():
        cleaned.setlist(name.replace("\0", replacement), [text.replace("\0", replacement) for text in texts])
    cleaned._mutable = False
    return cleaned


class ZeroByteMiddleware:
    """Keeps zero bytes from all views.

    In an address or a query they become a character that nothing is called by, so nothing is found. From what
    is typed into forms they are taken out, so that nothing else of it is lost.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if "\0" in request.path_info:
            request.path_info = request.path_info.replace("\0", REPLACEMENT)
            request.path = request.path.replace("\0", REPLACEMENT)
        request.GET = _replaced(request.GET, REPLACEMENT)
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        # Read here and not before: Django's check against forged forms comes first.
        if request.method == "POST":
            request.POST = _replaced(request.POST, "")
