"""The measure of the search: known answers, and a folder that is asked through the real index."""

import json
import math

import pytest
from django.core.management import CommandError, call_command

from benchmarks.evaluation import Query, score
from search.models import Entry

DCG = 2 / math.log2(2) + 1 / math.log2(3)


@pytest.mark.parametrize(
    ("hits", "ndcg", "recall", "mrr", "zero"),
    [
        (["a", "b"], 1, 1, 1, 0),
        (["b", "a"], (1 + 2 / math.log2(3)) / DCG, 1, 1, 0),
        (["x", "a"], (2 / math.log2(3)) / DCG, 0.5, 0.5, 0),
        (["a", "a", "b"], 1, 1, 1, 0),
        ([*"0123456789", "a"], 0, 0, 0, 0),
        ([], 0, 0, 0, 1),
    ],
)
def test_scores(hits, ndcg, recall, mrr, zero):
    found = score([Query("Miete", "word", {"a": 2, "b": 1})], lambda _text: hits)
    assert found["ALL"] == found["word"]
    result = found["ALL"]
    assert (result.ndcg, result.recall, result.mrr, result.zero) == pytest.approx((ndcg, recall, mrr, zero))


@pytest.fixture
def folder(tmp_path):
    documents = [
        {"_id": "m", "title": "Mietschulden", "text": "Wenn die Miete nicht reicht."},
        {"_id": "k", "title": "Kita", "text": "Ein Platz für das Kind."},
    ]
    queries = [
        {"_id": "1", "text": "Schulden", "type": "compound"},
        {"_id": "2", "text": "Kitas", "type": "word"},
    ]
    for name, rows in (("corpus", documents), ("queries", queries)):
        (tmp_path / f"{name}.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    (tmp_path / "qrels.tsv").write_text("query-id\tcorpus-id\tscore\n1\tm\t2\n2\tk\t1\n", encoding="utf-8")
    return tmp_path


@pytest.mark.django_db
def test_a_folder_is_asked_and_nothing_stays(folder, capsys):
    before = Entry.objects.count()
    call_command("eval_search", folder)
    lines = capsys.readouterr().out.splitlines()
    for model in ("off", "on"):
        start = f"set={folder.name} engine=postgresql synonyms=off model={model} type="
        assert f"{start}ALL n=2 ndcg=1.000 recall=1.000 mrr=1.000 zero=0.000" in lines
        assert len([line for line in lines if line.startswith(start)]) == 3
    assert Entry.objects.count() == before


@pytest.mark.django_db
def test_a_folder_without_documents_says_what_is_needed(tmp_path):
    with pytest.raises(CommandError, match=r"corpus\.jsonl"):
        call_command("eval_search", tmp_path)
