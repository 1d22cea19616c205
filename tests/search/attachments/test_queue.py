"""What the background service makes of documents, and what editors see of it."""

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from search.attachments import queue
from search.attachments.models import Attachment
from search.models import Change
from tests.factories import DocumentFactory
from tests.search.attachments import files

STATE = Attachment.State


@pytest.fixture
def document(traeger_a):
    """`document(content, "a.pdf")` → one of Träger A with this file."""

    def make(content: bytes, name: str = "a.pdf"):
        return DocumentFactory(traeger=traeger_a, file=ContentFile(content, name))

    return make


def read() -> None:
    queue.Queue().read_waiting(seconds=60)


class TestReading:
    def test_a_new_document_waits_and_is_read(self, document):
        made = document(files.pdf("Satzung des Vereins"))
        assert made.attachment.state == STATE.WAITING
        assert queue.oldest() == made.attachment.noted_at
        read()
        made.attachment.refresh_from_db()
        assert made.attachment.state == STATE.READ
        assert made.attachment.text.strip() == "Satzung des Vereins"
        assert made.attachment.pages == 1
        assert queue.oldest() is None
        assert Change.objects.filter(model="thinka_sites.portaldocument", object_id=made.pk).exists()

    def test_one_that_cannot_be_read_does_not_stop_the_next(self, document):
        broken, gone = document(b"%PDF-1.4 nichts"), document(files.pdf("weg"))
        sound, good = document(b"ID3", "a.mp3"), document(files.word("Gutes Wort"), "a.docx")
        gone.file.storage.delete(gone.file.name)
        read()
        states = {each.document_id: (each.state, each.reason) for each in Attachment.objects.all()}
        assert states == {
            broken.pk: (STATE.UNREADABLE, "damaged"),
            gone.pk: (STATE.UNREADABLE, "missing"),
            sound.pk: (STATE.OTHER, ""),
            good.pk: (STATE.READ, ""),
        }

    def test_a_slow_one_is_not_waited_for(self, document, monkeypatch):
        made = document(files.pdf("Langsam gelesen"))
        one = queue.Queue()
        one.read_waiting(seconds=0)
        assert Attachment.objects.get().state == STATE.WAITING
        document(files.pdf("Danach gelesen"))
        one.read_waiting(seconds=60)
        assert [each.state for each in Attachment.objects.all()] == [STATE.READ, STATE.READ]
        assert made.attachment.pk

    def test_a_new_file_is_read_anew_and_the_old_text_is_gone(self, document):
        made = document(files.pdf("Alter Inhalt der Datei"))
        read()
        made.file = ContentFile(files.pdf("Neuer Inhalt der Datei"), "a.pdf")
        made.save()
        waiting = Attachment.objects.get()
        assert (waiting.state, waiting.text) == (STATE.WAITING, "")
        read()
        assert Attachment.objects.get().text.strip() == "Neuer Inhalt der Datei"

    def test_the_answer_for_a_file_that_was_replaced_meanwhile_is_dropped(self, document):
        made = document(files.pdf("Alter Inhalt der Datei"))
        before = Attachment.objects.get()
        made.file = ContentFile(files.pdf("Neuer Inhalt der Datei"), "a.pdf")
        made.save()
        queue.store(before, {"text": "Alter Inhalt", "pages": 1, "whole": True, "empty": False})
        assert Attachment.objects.get().state == STATE.WAITING

    def test_goes_with_its_document(self, document):
        document(files.pdf("Kurz da")).delete()
        assert not Attachment.objects.exists()

    def test_what_an_older_version_read_is_read_anew(self, document):
        document(files.pdf("Satzung des Vereins"))
        read()
        queue.note_outdated()
        assert Attachment.objects.get().state == STATE.READ
        Attachment.objects.update(version=0)
        queue.note_outdated()
        assert Attachment.objects.get().state == STATE.WAITING


SHOWN = [
    ({"state": STATE.WAITING}, "wird gerade gelesen"),
    ({"state": STATE.READ}, "Die Suche findet den Text dieser Datei."),
    ({"state": STATE.READ, "shortened": True}, "Die Suche findet den Anfang dieser Datei."),
    ({"state": STATE.WITHOUT_TEXT}, "Dieses PDF enthält nur Bilder; die Suche findet seinen Inhalt nicht"),
    ({"state": STATE.WITHOUT_TEXT, "file": "documents/a.docx"}, "In dieser Datei steht kein Text."),
    ({"state": STATE.OTHER}, "anhand von Titel und Schlagwörtern"),
    *(
        ({"state": STATE.UNREADABLE, "reason": reason}, text)
        for reason, text in {
            "damaged": "Diese Datei ist beschädigt",
            "locked": "Diese Datei ist mit einem Passwort geschützt",
            "too_large": "zu groß",
            "too_long": "dauert zu lange",
            "missing": "Die Datei fehlt",
        }.items()
    ),
]


@pytest.mark.parametrize(("values", "text"), SHOWN, ids=[str(n) for n in range(len(SHOWN))])
def test_editors_see_what_the_search_finds(document, person, client_for, traeger_a, values, text):
    made = document(files.pdf("x"))
    Attachment.objects.update(**values)
    response = client_for(person("redaktion", traeger_a), traeger_a).get(
        reverse("wagtaildocs:edit", args=[made.pk])
    )
    assert text in response.content.decode()
