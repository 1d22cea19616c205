"""Hands out one file from the private folder, after the caller has checked who asks."""

import os
from urllib.parse import quote

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseNotModified, StreamingHttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header, http_date

from sites.fields.characters import one_line
from sites.media.ranges import NotSatisfiableError, Part, asked_part, still_the_same
from sites.media.types import file_type

CHUNK = 64 * 1024
# nginx: the internal location whose folder is PRIVATE_MEDIA_ROOT.
INTERNAL_LOCATION = "/geschuetzt/"
_POLICY = (
    "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'"
)
# By the first part of the type. No scripts run in any sandbox; a player in one loads its own file only where
# it keeps its origin, and the viewers of PDF that browsers bring along work in none.
_POLICIES = {
    "application/pdf": f"{_POLICY}; object-src 'self'",
    "audio": f"{_POLICY}; sandbox allow-same-origin",
    "video": f"{_POLICY}; sandbox allow-same-origin",
}
_STRICTEST = f"{_POLICY}; sandbox"


class _FilePart:
    """The bytes of a part of an open file, in chunks; closes the file."""

    def __init__(self, file, part: Part):
        self.file, self.part = file, part

    def __iter__(self):
        self.file.seek(self.part.first)
        left = self.part.length
        while left > 0 and (chunk := self.file.read(min(CHUNK, left))):
            left -= len(chunk)
            yield chunk

    def close(self):
        self.file.close()


def serve_file(request, file, filename: str, *, public: bool) -> HttpResponse:
    """Return the response that hands out `file` (a FieldFile) under the name `filename`.

    `public`: others than the one who asks may see it, too; then caches may keep it, asking each time whether
    it is still so. Raises Http404 where the file is missing.
    """
    try:
        stream = open(file.path, "rb")  # noqa: SIM115 - closed by the response or below
    except OSError as error:
        raise Http404 from error
    if settings.PORTAL_SENDFILE:
        stream.close()
        response = _handed_over(file)
    else:
        response = _streamed(request, stream)
    return _with_headers(response, filename, public)


def _handed_over(file) -> HttpResponse:
    """Leave the sending to the web server, which knows about parts and conditions itself."""
    response = HttpResponse()
    if settings.PORTAL_SENDFILE == "nginx":
        response["X-Accel-Redirect"] = INTERNAL_LOCATION + quote(file.name)
    else:
        response["X-Sendfile"] = quote(file.path)
    return response


def _streamed(request, stream) -> HttpResponse:
    state = os.fstat(stream.fileno())
    etag, modified = f'"{state.st_mtime_ns:x}-{state.st_size:x}"', int(state.st_mtime)
    response = _answer(request, stream, state.st_size, etag, modified)
    if not response.streaming:
        stream.close()
    response["Accept-Ranges"] = "bytes"
    response["ETag"] = etag
    response["Last-Modified"] = http_date(modified)
    return response


def _answer(request, stream, size: int, etag: str, modified: int) -> HttpResponse:
    conditional = get_conditional_response(request, etag, modified)
    if conditional is not None:
        return conditional
    part = None
    asked, if_range = request.headers.get("Range"), request.headers.get("If-Range")
    if asked and request.method == "GET" and (not if_range or still_the_same(if_range, etag, modified)):
        try:
            part = asked_part(asked, size)
        except NotSatisfiableError:
            return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    if request.method == "HEAD":
        return HttpResponse(headers={"Content-Length": size})
    whole = Part(0, size - 1)
    response = StreamingHttpResponse(_FilePart(stream, part or whole), status=206 if part else 200)
    response["Content-Length"] = (part or whole).length
    if part:
        response["Content-Range"] = f"bytes {part.first}-{part.last}/{size}"
    return response


def _with_headers(response, filename: str, public: bool) -> HttpResponse:
    kind = file_type(filename)
    if not isinstance(response, HttpResponseNotModified):
        response["Content-Type"] = kind.mime
        response["Content-Disposition"] = content_disposition_header(not kind.inline, one_line(filename))
    policy = _POLICIES.get(kind.mime) or _POLICIES.get(kind.mime.split("/")[0], _STRICTEST)
    response["Content-Security-Policy"] = policy
    response["X-Content-Type-Options"] = "nosniff"
    # A page of one site may play a film of another; everybody may have a public one anyway.
    response["Cross-Origin-Resource-Policy"] = "cross-origin" if public else "same-site"
    response["Cache-Control"] = "no-cache" if public else "private, no-store"
    return response
