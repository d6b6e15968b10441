"""Read the labelled sets, question by question, as a benchmark must: one label, repeats removed."""

from __future__ import annotations

import csv
import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from analysis.text import fold, tidy

ROOT = Path(__file__).resolve().parents[2]
LEAST_ROWS_PER_LABEL = 5
LEAST_ROWS = 90
LEAST_LABELS = 4


@dataclass(frozen=True)
class Question:
    """Rows of one question that people gave exactly one label to."""

    name: str
    family: str
    question: str
    texts: tuple[str, ...]
    labels: tuple[str, ...]
    rows: tuple[int, ...]


def data_folder() -> Path:
    """Where the real data are: PALABRE_DATA, else ../shared/data beside the project."""
    return Path(os.environ.get("PALABRE_DATA", ROOT.parent / "shared" / "data"))


def rows_of(name: str) -> list[dict[str, str]]:
    """Every row of one labelled file."""
    csv.field_size_limit(10**9)
    with (data_folder() / "labelled" / f"{name}.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def labelled_texts() -> Iterator[str]:
    """Every French labelled text, to keep them out of what is trained."""
    for name in ("fr_chatbot_answers", "fr_annotated_answers", "fr_annotated_striking"):
        for row in rows_of(name):
            yield row["text"]


SOURCES = {
    "fr_chatbot_answers": ("french", "question_id"),
    "fr_annotated_answers": ("french", "question_id"),
    "fr_annotated_striking": ("french", "question_id"),
    "fr_city_projects": ("city", "instance"),
    "fr_decidim_export": ("city", ""),
    "en_key_points": ("english", "topic"),
    "ca_es_city_proposals": ("catalan", "district"),
}


def questions(family: str | None = None) -> list[Question]:
    """Questions large enough to score, in a fixed order; `family` is french, city, english or catalan."""
    found: list[Question] = []
    for name, (of, column) in SOURCES.items():
        if family in (None, of):
            found.extend(_questions_of(name, of, column))
    return found


def _questions_of(name: str, family: str, column: str) -> list[Question]:
    groups: dict[str, list[tuple[int, dict[str, str]]]] = {}
    for i, row in enumerate(rows_of(name)):
        groups.setdefault(row.get(column, ""), []).append((i, row))
    found = [_question(f"{name}:{value}", family, rows) for value, rows in groups.items()]
    return [q for q in found if len(q.texts) >= LEAST_ROWS and len(set(q.labels)) >= LEAST_LABELS]


def _question(name: str, family: str, rows: list[tuple[int, dict[str, str]]]) -> Question:
    seen: set[str] = set()
    kept: list[tuple[int, str, str]] = []
    for i, row in rows:
        plain = fold(tidy(row["text"]))
        if row["label"] and " | " not in (row.get("labels") or "") and plain not in seen:
            seen.add(plain)
            kept.append((i, row["text"], row["label"]))
    counts = Counter(label for _, _, label in kept)
    kept = [item for item in kept if counts[item[2]] >= LEAST_ROWS_PER_LABEL]
    question = rows[0][1].get("question") or rows[0][1].get("topic") or ""
    indices, texts, labels = zip(*kept, strict=True) if kept else ((), (), ())
    return Question(name, family, question, texts, labels, indices)
