"""A consultation read from a folder of CSV files: who answered what, in the order of the file."""

import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from app.errors import CannotRun

QUESTIONS = ("question_id", "type", "title")
OPTIONS = ("question_id", "answer_id", "answer_title")
ANSWERS = ("user_id", "question_id", "answer", "answer_title")
CHOICE = "QCM"
"""The type of a question answered by a button; any other one is answered in one's own words."""


class WrongConsultation(CannotRun):
    """The folder is not a consultation; the sentence names the file and the remedy."""

    exit_code = 2


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with the options people chose from (none: they wrote)."""

    id: str
    title: str
    options: tuple[tuple[str, str], ...]
    """(answer_id, words), in the order of the file; an answer nobody declared comes last."""

    @property
    def is_choice(self) -> bool:
        """Whether it is answered by a button."""
        return bool(self.options)


@dataclass(frozen=True, slots=True)
class Consultation:
    """Questions in the order of the file, and for each the (user, answer) pairs."""

    questions: tuple[Asked, ...]
    answers: dict[str, list[tuple[str, str]]]

    @property
    def total(self) -> int:
        """How many answers there are."""
        return sum(map(len, self.answers.values()))

    def counts(self, question: Asked) -> Counter[str]:
        """How many people gave each answer, straight from the file."""
        return Counter(answer for _, answer in self.answers[question.id])


def read_consultation(folder: Path, only: int | None = None) -> Consultation:
    """Read questions.csv, answer_options.csv and answers_long.csv; with `only`, the first so many people."""
    answers: dict[str, list[tuple[str, str]]] = {}
    people: dict[str, None] = {}
    for row in _rows(folder / "answers_long.csv", ANSWERS):
        people.setdefault(row["user_id"])
        if only is None or len(people) <= only:
            answers.setdefault(row["question_id"], []).append((row["user_id"], row["answer"]))
        else:
            people.popitem()
    options: dict[str, dict[str, str]] = {}
    for row in _rows(folder / "answer_options.csv", OPTIONS):
        options.setdefault(row["question_id"], {})[row["answer_id"]] = row["answer_title"]
    asked = [
        _asked(row, options, answers)
        for row in _rows(folder / "questions.csv", QUESTIONS)
        if row["question_id"] in answers
    ]
    if not asked:
        raise WrongConsultation(f"{folder}: no answer in answers_long.csv belongs to a question of questions.csv.")
    return Consultation(tuple(asked), answers)


def _asked(row: dict[str, str], options: dict[str, dict[str, str]], answers: dict[str, list[tuple[str, str]]]) -> Asked:
    number = row["question_id"]
    if row["type"] != CHOICE:
        return Asked(number, row["title"], ())
    known = dict(options.get(number, {}))
    for _, answer in answers[number]:
        known.setdefault(answer, f"Autre réponse ({answer})")
    return Asked(number, row["title"], tuple(known.items()))


def _rows(path: Path, columns: tuple[str, ...]) -> Iterator[dict[str, str]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            missing = [column for column in columns if column not in (reader.fieldnames or ())]
            if missing:
                raise WrongConsultation(f"{path}: the column {missing[0]!r} is missing.")
            yield from reader
    except FileNotFoundError:
        raise WrongConsultation(
            f"{path} is not there: a consultation is a folder with three CSV files (see docs/replay.md)."
        ) from None
    except (OSError, UnicodeDecodeError, csv.Error) as problem:
        raise WrongConsultation(
            f"{path} cannot be read ({type(problem).__name__}): it must be a CSV file in UTF-8."
        ) from None
