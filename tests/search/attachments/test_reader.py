"""What the process that reads files tells of good and of hostile ones."""

import sys
import tempfile

import pytest

from search.attachments import limits, process, reader
from tests.search.attachments import files

MINUTE = 60
SENTENCE = "Die Beratung hilft bei Mietrückständen"


@pytest.fixture
def read(tmp_path):
    """`read(content, "pdf")` → the answer of a process."""

    def make(content: bytes, ending: str, seconds: float = 2 * MINUTE) -> dict:
        path = tmp_path / "file"
        path.write_bytes(content)
        with path.open("rb") as file:
            reading = process.Reading(file, ending)
        answer = reading.answer(seconds)
        assert answer is not None
        return answer

    return make


def lines(answer: dict) -> list[str]:
    return [" ".join(line.split()) for line in answer["text"].splitlines() if line.strip()]


GOOD = {
    "pdf": (files.pdf(SENTENCE, "Zweite Seite mit Text"), [SENTENCE, "Zweite Seite mit Text"], 2),
    "docx": (
        files.word(
            SENTENCE, "Größe", word__footer1=files.footer("Fuß"), word__comments=files.comments("Nie")
        ),
        [SENTENCE, "Größe", "Fuß"],
        None,
    ),
    "pptx": (files.slides(*map(str, range(1, 10)), SENTENCE, "elf"), [*"123456789", SENTENCE, "elf"], 11),
    "xlsx": (files.sheets(SENTENCE, "Zelle"), [SENTENCE, "Zelle"], None),
    "odt": (
        files.open_document(
            "<text:tracked-changes><text:p>Gelöscht</text:p></text:tracked-changes><text:h>Kopf</text:h>"
            "<text:p>Die<text:s/>Beratung <text:span>hilft bei</text:span> Mietrückständen"
            "<office:annotation><text:p>Bemerkung</text:p></office:annotation></text:p>"
        ),
        ["Kopf", SENTENCE],
        None,
    ),
    "ods": (files.open_document(f"<text:p>{SENTENCE}</text:p>"), [SENTENCE], None),
    "odp": (files.open_document(f"<text:p>{SENTENCE}</text:p>"), [SENTENCE], None),
    "txt": (SENTENCE.encode(), [SENTENCE], None),
    "csv": (f"Ort;Text\nErfurt;{SENTENCE}".encode(), ["Ort;Text", f"Erfurt;{SENTENCE}"], None),
}


class TestGoodFiles:
    def test_all_kinds_are_tried(self):
        assert set(GOOD) == limits.ENDINGS

    @pytest.mark.parametrize("ending", GOOD)
    def test_text(self, read, ending):
        content, expected, pages = GOOD[ending]
        answer = read(content, ending)
        assert answer.keys() == {"text", "pages", "whole", "empty"}
        assert lines(answer) == expected
        assert (answer["pages"], answer["whole"], answer["empty"]) == (pages, True, False)

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
    def test_plain_text_in_any_encoding(self, encoding):
        assert read_here(SENTENCE.encode(encoding), "txt")["text"] == SENTENCE

    def test_a_protected_pdf_that_everybody_may_open(self, read):
        answer = read(files.pdf(SENTENCE, password="", owner="geheim"), "pdf")
        assert lines(answer) == [SENTENCE]

    def test_a_long_text_is_read_at_its_beginning(self):
        answer = read_here(b"Wort " * limits.TEXT, "txt")
        assert len(answer["text"]) == limits.TEXT
        assert not answer["whole"]

    def test_what_no_database_holds_is_left_out(self):
        assert read_here(b"Wort\0Wort", "txt")["text"] == "Wort Wort"


def read_here(content: bytes, ending: str) -> dict:
    """What the process would tell, without it and its limits."""
    with tempfile.TemporaryFile() as file:
        file.write(content)
        file.seek(0)
        return reader.read(file, ending)


class TestWithoutText:
    @pytest.mark.parametrize(
        ("content", "ending"),
        [
            (files.pdf("", "", ""), "pdf"),
            (files.pdf("1", "2", ""), "pdf"),
            (files.word(""), "docx"),
            (b" \n1\n", "txt"),
        ],
        ids=["scan", "scan-with-numbers", "docx", "txt"],
    )
    def test_is_marked(self, content, ending):
        assert read_here(content, ending)["empty"]

    def test_a_scan_with_recognised_text_is_none_of_them(self):
        assert not read_here(files.pdf("", SENTENCE), "pdf")["empty"]


MEGABYTE = 1_000_000
HOSTILE = {
    **{
        f"{ending}-bomb": (files.bomb(ending, limits.UNPACKED + 2 * MEGABYTE), ending, {"too_large"})
        for ending in ("docx", "odt", "pptx", "xlsx")
    },
    "laughs": (files.word("&i;", head=files.LAUGHS), "docx", {"damaged"}),
    "locked-pdf": (files.pdf(SENTENCE, password="geheim"), "pdf", {"locked"}),
    "locked-office": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, "docx", {"locked"}),
    "locked-odt": (
        files.archived(
            {"content.xml": b"\x00\xff", "META-INF/manifest.xml": "<m><manifest:encryption-data/></m>"}
        ),
        "odt",
        {"locked"},
    ),
    "half-docx": (files.word(SENTENCE * 100)[:300], "docx", {"damaged"}),
    "other-archive": (files.archived({"a.txt": "x"}), "docx", {"damaged"}),
    "broken-xml": (files.archived({"word/document.xml": "<a><b></a>"}), "docx", {"damaged"}),
    "no-pdf": (b"%PDF-1.4 Beispiel", "pdf", {"damaged"}),
    "empty-file": (b"", "pdf", {"damaged"}),
    "circle": (files.circular_pages(), "pdf", {"damaged", None}),
    "deep-pages": (files.deep_pages(5000), "pdf", {"damaged", None}),
    "very-many-pages": (files.numbered_pages(2_000_000), "pdf", {"damaged"}),
    "unfolding-page": (
        files.unfolding_page(300 * MEGABYTE),
        "pdf",
        {"damaged", "too_large", "too_long", None},
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_end_by_themselves(read, name):
    content, ending, reasons = HOSTILE[name]
    assert len(content) < 5 * MEGABYTE
    answer = read(content, ending)
    assert answer.get("reason") in reasons


class TestLimits:
    @pytest.fixture
    def end_of(self, monkeypatch, read):
        """`end_of("while True: pass")` → the answer where the process, with small limits, does this."""

        def make(work: str) -> dict:
            program = (
                "import json, os, sys, tempfile\n"
                "from search.attachments import limits, reader\n"
                "limits.SECONDS, limits.MEMORY, limits.ANSWER = 1, 1 << 28, 1000\n"
                f"reader.bind()\n{work}"
            )
            monkeypatch.setattr(process, "PROGRAM", (sys.executable, "-c", program))
            return read(b"x", "txt")

        return make

    @pytest.mark.parametrize("work", ["while True: pass", "import time; time.sleep(100)"])
    def test_time(self, end_of, work):
        assert end_of(work) == {"reason": "too_long"}

    def test_memory(self, end_of):
        work = "reader._opened = lambda *_: bytearray(1 << 29)\n"
        assert end_of(work + "json.dump(reader.read(sys.stdin.buffer, ''), sys.stdout)") == {
            "reason": "too_large"
        }

    def test_length_of_the_answer(self, end_of):
        assert end_of("print(json.dumps([1] * 10_000))") == {"reason": "damaged"}

    def test_no_passwords(self, end_of, monkeypatch):
        monkeypatch.setenv("SECRET_KEY", "geheim")
        assert end_of("print(json.dumps(sorted(os.environ)))") == ["LC_ALL"]

    def test_who_asks_does_not_wait(self, monkeypatch, tmp_path):
        monkeypatch.setattr(process, "PROGRAM", (sys.executable, "-c", "import time; time.sleep(100)"))
        with (tmp_path / "file").open("wb+") as file:
            reading = process.Reading(file, "txt")
        assert reading.answer(0) is None
        monkeypatch.setattr(reading, "_latest", 0)
        assert reading.answer(0) == {"reason": "too_long"}, "and one that nothing ends is ended at last"


def test_deeply_nested_elements_are_read(read):
    assert lines(read(files.nested(200_000), "docx")) == ["Innen"]


def test_a_file_that_is_too_large_is_not_opened(monkeypatch):
    monkeypatch.setattr(limits, "FILE", 10)
    assert read_here(SENTENCE.encode(), "txt") == {"reason": "too_large"}
