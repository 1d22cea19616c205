"""Bytes of files for tests of uploads."""

import struct
import zipfile
import zlib
from io import BytesIO

from PIL import Image

GPS_MARK, NAME_MARK = b"50.978", b"Erika Beispiel"
_XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><Creator>Erika Beispiel</Creator></x:xmpmeta>'


def archive(*names: str, first: tuple[str, bytes] | None = None, **contents: str) -> bytes:
    """Return a ZIP archive with files of these names; `first`: name and content of one before them."""
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as file:
        if first:
            file.writestr(*first)
        for name in names:
            file.writestr(name, contents.get(name, "<x/>"), zipfile.ZIP_DEFLATED)
    return stream.getvalue()


OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_OFFICE = "http://purl.oclc.org/ooxml/officeDocument/relationships"
MAIN_TYPES = {
    "word": "wordprocessingml.document.main+xml",
    "ppt": "presentationml.presentation.main+xml",
    "xl": "spreadsheetml.sheet.main+xml",
}


def office(
    main: str,
    *others: str,
    target: str | None = None,
    mime: str | None = None,
    relations: str = OFFICE,
    types: str = "[Content_Types].xml",
    by_extension: bool = False,
    head: str = "",
    declared: str = "",
) -> bytes:
    """Return an Office document with the main part `main`, as different programs write it."""
    kind = MAIN_TYPES.get(main.replace("\\", "/").split("/")[0], "")
    mime = mime or f"application/vnd.openxmlformats-officedocument.{kind}"
    part = "/" + main.replace("\\", "/")
    place = 'Default Extension="xml"' if by_extension else f'Override PartName="{part}"'
    default = "<Default Extension='rels' ContentType='x'/>"
    contents = {
        types: f"{head}<Types>{default}<{place} ContentType='{mime}'/>{declared}</Types>",
        "_rels/.rels": f"<Relationships><Relationship Type='{relations}/thumbnail' Target='a.png'/>"
        f"<Relationship Type='{relations}/officeDocument' Target='{target or main}'/></Relationships>",
    }
    return archive(types, "_rels/.rels", main, *others, **contents)


def open_document(kind: str) -> bytes:
    mime = f"application/vnd.oasis.opendocument.{kind}".encode()
    return archive("content.xml", "META-INF/manifest.xml", first=("mimetype", mime))


def late_open_document(kind: str) -> bytes:
    """The same with the type behind the rest, and compressed."""
    return archive("content.xml", "mimetype", mimetype=f"application/vnd.oasis.opendocument.{kind}\n")


def open_document_with_manifest_only(kind: str) -> bytes:
    """The same where only the list of its parts says what it is."""
    manifest = (
        "<manifest:manifest xmlns:manifest='urn:oasis:names:tc:opendocument:xmlns:manifest:1.0'>"
        "<manifest:file-entry manifest:full-path='/' "
        f"manifest:media-type='application/vnd.oasis.opendocument.{kind}'/></manifest:manifest>"
    )
    return archive("META-INF/manifest.xml", "content.xml", **{"META-INF/manifest.xml": manifest})


def exif(orientation: int) -> Image.Exif:
    """Return metadata with a place, a name and an orientation."""
    found = Image.Exif()
    found[0x0112] = orientation
    found[0x013B] = NAME_MARK.decode()
    found.get_ifd(0x8825)[29] = GPS_MARK.decode()
    return found


def drawing() -> Image.Image:
    """Return a picture of which every side looks different."""
    picture = Image.linear_gradient("L").resize((48, 32))
    return Image.merge("RGB", (picture, picture.rotate(180), Image.new("L", (48, 32), 90)))


def encoded(kind: str, **options) -> bytes:
    stream = BytesIO()
    drawing().save(stream, kind, **options)
    return stream.getvalue()


def jpeg(orientation: int = 1, **options) -> bytes:
    return encoded("JPEG", exif=exif(orientation), comment=NAME_MARK, xmp=_XMP, quality=90, **options)


def png(orientation: int = 1, **options) -> bytes:
    from PIL.PngImagePlugin import PngInfo

    info = PngInfo()
    info.add_text("Author", NAME_MARK.decode())
    info.add_itxt("XML:com.adobe.xmp", _XMP.decode(), zip=True)
    return encoded("PNG", exif=exif(orientation), pnginfo=info, **options)


def webp(orientation: int = 1, **options) -> bytes:
    return encoded("WEBP", exif=exif(orientation), xmp=_XMP, **options)


def gif(**options) -> bytes:
    """Return a GIF with a comment and, as programs write it, XMP that no decoder reads in parts."""
    data = encoded("GIF", comment=NAME_MARK, **options)
    end = b"\1" + bytes(range(255, -1, -1)) + b"\0"
    place = GPS_MARK + _XMP
    return data[:-1] + b"!\xff\x0bXMP DataXMP" + place + end + b";"


def png_of_size(width: int, height: int) -> bytes:
    """Return a small PNG that says it has this many pixels; all of them black."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
        )

    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    packer = zlib.compressobj(9)
    row = b"\0" * (1 + (width + 7) // 8)
    pixels = b"".join(packer.compress(row) for _number in range(height)) + packer.flush()
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
