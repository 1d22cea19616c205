"""Bytes of files with a text, good and hostile ones."""

import zipfile
import zlib
from io import BytesIO

from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, NumberObject, StreamObject

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE, _TEXT = (
    "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
)


def archive(**parts: str | bytes) -> bytes:
    """Return a ZIP archive of XML files; "__" in a name stands for a slash."""
    return archived({name.replace("__", "/") + ".xml": content for name, content in parts.items()})


def archived(parts: dict[str, str | bytes]) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return stream.getvalue()


def word(*paragraphs: str, head: str = "", **parts: str) -> bytes:
    """Return a .docx; each paragraph in two pieces, as Word cuts them wherever it likes."""
    body = "".join(
        f"<w:p><w:r><w:t>{text[:3]}</w:t></w:r><w:r><w:t>{text[3:]}</w:t></w:r></w:p>" for text in paragraphs
    )
    return archive(
        word__document=f"{head}<w:document xmlns:w='{_W}'><w:body>{body}</w:body></w:document>", **parts
    )


def footer(text: str) -> str:
    return f"<w:ftr xmlns:w='{_W}'><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:ftr>"


def comments(text: str) -> str:
    return f"<w:comments xmlns:w='{_W}'><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:comments>"


def _slide(text: str) -> str:
    return f"<p:sld xmlns:p='p' xmlns:a='{_A}'><a:p><a:r><a:t>{text}</a:t></a:r></a:p></p:sld>"


def slides(*texts: str) -> bytes:
    return archive(
        **{f"ppt__slides__slide{number}": _slide(text) for number, text in enumerate(texts, 1)},
        ppt__notesSlides__notesSlide1=_slide("Notiz"),
    )


def sheets(shared: str, inline: str) -> bytes:
    return archive(
        xl__sharedStrings=f"<sst xmlns='{_S}'><si><t>{shared}</t></si></sst>",
        xl__worksheets__sheet1=(
            f"<worksheet xmlns='{_S}'><sheetData><row><c><v>42</v></c>"
            f"<c t='inlineStr'><is><t>{inline}</t></is></c></row></sheetData></worksheet>"
        ),
    )


def open_document(content: str, **parts: str) -> bytes:
    return archive(
        content=(
            f"<office:document-content xmlns:office='{_OFFICE}' xmlns:text='{_TEXT}'><office:body>{content}"
            "</office:body></office:document-content>"
        ),
        **parts,
    )


def pdf(*texts: str, password: str | None = None, owner: str = "") -> bytes:
    """Return a PDF with a page for each text; an empty one is a picture, as a scanner makes it.

    `password`: needed for opening it; "" with `owner`: only printing and copying is forbidden.
    """
    writer = PdfWriter()
    for text in texts:
        page = writer.add_blank_page(595, 842)
        content = StreamObject()
        if text:
            font = DictionaryObject(
                {
                    NameObject("/Type"): NameObject("/Font"),
                    NameObject("/Subtype"): NameObject("/Type1"),
                    NameObject("/BaseFont"): NameObject("/Helvetica"),
                    NameObject("/Encoding"): NameObject("/WinAnsiEncoding"),
                }
            )
            resources = {"/Font": DictionaryObject({NameObject("/F1"): font})}
            content.set_data(b"BT /F1 12 Tf 50 800 Td (" + text.encode("cp1252") + b") Tj ET")
        else:
            picture = StreamObject()
            picture.set_data(b"\x80")
            for name, value in (("/Width", 1), ("/Height", 1), ("/BitsPerComponent", 8)):
                picture[NameObject(name)] = NumberObject(value)
            picture[NameObject("/Type")], picture[NameObject("/Subtype")] = (
                NameObject("/XObject"),
                NameObject("/Image"),
            )
            picture[NameObject("/ColorSpace")] = NameObject("/DeviceGray")
            resources = {"/XObject": DictionaryObject({NameObject("/I"): writer._add_object(picture)})}
            content.set_data(b"595 0 0 842 0 0 cm /I Do")
        page[NameObject("/Resources")] = DictionaryObject(
            {NameObject(name): value for name, value in resources.items()}
        )
        page[NameObject("/Contents")] = writer._add_object(content)
    if password is not None:
        writer.encrypt(password, owner or None, algorithm="AES-256")
    stream = BytesIO()
    writer.write(stream)
    return stream.getvalue()


def numbered_pages(count: int) -> bytes:
    """Return a PDF that shows one page so often: its tree names the same branch again and again."""
    branches, width = [], 1000
    objects = {1: "<</Type/Catalog/Pages 2 0 R>>"}
    leaf = 3
    objects[leaf] = "<</Type/Page/MediaBox[0 0 9 9]/Parent 4 0 R>>"
    objects[4] = f"<</Type/Pages/Count {width}/Kids[{'3 0 R ' * width}]>>"
    branches = "4 0 R " * (count // width)
    objects[2] = f"<</Type/Pages/Count {count}/Kids[{branches}]>>"
    return written(objects)


def deep_pages(depth: int) -> bytes:
    """Return a PDF whose tree of pages is so deep."""
    objects = {1: "<</Type/Catalog/Pages 2 0 R>>"}
    for number in range(2, depth + 2):
        objects[number] = f"<</Type/Pages/Count 1/Kids[{number + 1} 0 R]>>"
    objects[depth + 2] = "<</Type/Page/MediaBox[0 0 9 9]>>"
    return written(objects)


def circular_pages() -> bytes:
    return written({1: "<</Type/Catalog/Pages 2 0 R>>", 2: "<</Type/Pages/Count 9/Kids[2 0 R 2 0 R]>>"})


def unfolding_page(size: int) -> bytes:
    """Return a PDF with a page that is unpacked to `size` bytes."""
    packed = zlib.compress(b"BT /F1 9 Tf " + b"(aaaa) Tj " * (size // 10), 9).decode("latin-1")
    return written(
        {
            1: "<</Type/Catalog/Pages 2 0 R>>",
            2: "<</Type/Pages/Count 1/Kids[3 0 R]>>",
            3: (
                "<</Type/Page/MediaBox[0 0 9 9]/Contents 4 0 R/Parent 2 0 R"
                "/Resources<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>"
            ),
            4: f"<</Length {len(packed)}/Filter/FlateDecode>>stream\n{packed}\nendstream",
        }
    )


def written(objects: dict[int, str]) -> bytes:
    """Return a PDF with these objects, the first of which is the catalogue."""
    parts, places, length = ["%PDF-1.7\n"], {}, 9
    for number, text in sorted(objects.items()):
        places[number] = length
        parts.append(f"{number} 0 obj\n{text}\nendobj\n")
        length += len(parts[-1].encode("latin-1"))
    table = "".join(f"{places[number]:010} 00000 n \n" for number in sorted(objects))
    parts.append(f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}")
    parts.append(f"trailer<</Size {len(objects) + 1}/Root 1 0 R>>\nstartxref\n{length}\n%%EOF")
    return "".join(parts).encode("latin-1")


def bomb(ending: str, size: int) -> bytes:
    """Return a document of a few kilobytes whose text is unpacked to `size` bytes."""
    name, begin, end = {
        "docx": ("word/document.xml", f"<w:p xmlns:w='{_W}'><w:x>", "</w:x></w:p>"),
        "odt": ("content.xml", f"<o:x xmlns:o='{_OFFICE}'><o:y>", "</o:y></o:x>"),
        "xlsx": ("xl/sharedStrings.xml", f"<sst xmlns='{_S}'><y>", "</y></sst>"),
        "pptx": ("ppt/slides/slide1.xml", f"<p:x xmlns:p='p' xmlns:a='{_A}'><p:y>", "</p:y></p:x>"),
    }[ending]
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as file, file.open(name, "w") as part:
        part.write(begin.encode())
        for _ in range(size // 1_000_000):
            part.write(b" " * 1_000_000)
        part.write(end.encode())
    return stream.getvalue()


def nested(depth: int) -> bytes:
    """Return a .docx whose elements are nested so deeply, with a word in the innermost."""
    begin, end = "<w:x>" * depth, "</w:x>" * depth
    return archive(word__document=f"<w:p xmlns:w='x'>{begin}<w:t>Innen</w:t>{end}</w:p>")


LAUGHS = (
    "<!DOCTYPE x [<!ENTITY a 'ha'>"
    + "".join(f"<!ENTITY {c} '{f'&{b};' * 10}'>" for b, c in zip("abcdefgh", "bcdefghi", strict=True))
    + "]>"
)
