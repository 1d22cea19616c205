"""How well the search finds, measured on a folder with documents, questions and judgements.

- `corpus.jsonl`: {_id, title, text}
  (without one: that of the folder beside it whose name is the end of its own, "crosslingual-dev" and "dev")
- `queries.jsonl`: {_id, text, type}
- `qrels.tsv`: question, document, grade
- `synonyms.txt`, if there is any: a line for each group of words with the same meaning
"""

import json
import math
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

# Only the first hits count.
DEPTH = 10


@dataclass(frozen=True)
class Document:
    id: str
    title: str
    text: str


@dataclass(frozen=True)
class Query:
    """`grades`: how well each document answers, by id; those that are missing don't."""

    text: str
    kind: str
    grades: dict[str, int]


@dataclass(frozen=True)
class Score:
    """Means over `queries` questions, from 0 to 1.

    nDCG@10 (gain = grade), recall@10, MRR@10, share of the questions without any hit.
    """

    queries: int
    ndcg: float
    recall: float
    mrr: float
    zero: float


def _lines(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def documents(folder: Path) -> list[Document]:
    """Read the documents of `folder`. Raises OSError where the file is missing."""
    path = folder / "corpus.jsonl"
    if not path.exists() and "-" in folder.name:
        path = folder.with_name(folder.name.rpartition("-")[2]) / path.name
    return [Document(each["_id"], each["title"], each["text"]) for each in _lines(path)]


def synonyms(folder: Path) -> list[str]:
    """Return the groups of words with the same meaning in `folder`; nothing where it has none."""
    path = folder / "synonyms.txt"
    return path.read_text(encoding="utf-8").splitlines() if path.exists() else []


def queries(folder: Path) -> list[Query]:
    """Read the questions of `folder` that somebody has judged."""
    grades: dict[str, dict[str, int]] = defaultdict(dict)
    for line in (folder / "qrels.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        query, document, grade = line.split("\t")
        if int(grade) > 0:
            grades[query][document] = int(grade)
    found = _lines(folder / "queries.jsonl")
    return [Query(q["text"], q.get("type", "-"), grades[q["_id"]]) for q in found if q["_id"] in grades]


def score(asked: list[Query], search: Callable[[str], list[str]]) -> dict[str, Score]:
    """Ask `search` (text → ids of documents, the best first) and return its score by type, "ALL" first."""
    rows: dict[str, list[tuple[float, float, float, float]]] = defaultdict(list)
    for query in asked:
        row = _row(query.grades, list(dict.fromkeys(search(query.text)))[:DEPTH])
        rows["ALL"].append(row)
        rows[query.kind].append(row)
    return {
        kind: Score(len(each), *(sum(column) / len(each) for column in zip(*each, strict=True)))
        for kind, each in rows.items()
    }


def _row(grades: dict[str, int], hits: list[str]) -> tuple[float, float, float, float]:
    gain = sum(grades.get(hit, 0) / math.log2(place + 2) for place, hit in enumerate(hits))
    best = sorted(grades.values(), reverse=True)[:DEPTH]
    ideal = sum(grade / math.log2(place + 2) for place, grade in enumerate(best))
    right = [place for place, hit in enumerate(hits) if hit in grades]
    return (
        gain / ideal,
        len(right) / len(grades),
        1 / (right[0] + 1) if right else 0.0,
        float(not hits),
    )
