"""A consultation replayed through the bot's front door: every answer of the files is counted, and a difference is told."""

import asyncio
import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest

from app.cli import main
from app.replaying.comparison import compare, differences
from app.replaying.consultation import read_consultation
from storage import open_store

QUESTIONS = [("bus", "QCM", "Le bus passe-t-il assez souvent ?"), ("idee", "Libre", "Que changer d’abord ?")]
OPTIONS = [("bus", "o", "Oui"), ("bus", "n", "Non | pas assez")]
PEOPLE = 12


def write(path: Path, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([columns, *rows])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Twelve people: all answer by a button (one as no option foresaw), seven in their own words."""
    presses = [(f"p{n}", "bus", "onx"[min(n % 3, 2)] if n else "x", "") for n in range(PEOPLE)]
    texts = [(f"p{n}", "idee", f"Un arrêt <près> de l’école n° {n}", "") for n in range(7)]
    write(tmp_path / "questions.csv", ("question_id", "type", "title"), QUESTIONS)
    write(tmp_path / "answer_options.csv", ("question_id", "answer_id", "answer_title"), OPTIONS)
    write(tmp_path / "answers_long.csv", ("user_id", "question_id", "answer", "answer_title"), [*presses, *texts])
    return tmp_path


def replay(folder: Path, *more: str) -> int:
    return main(["replay", str(folder), "--database", f"sqlite:///{folder}/kept.db", *more])


def test_every_answer_of_the_files_is_counted_once(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert replay(folder) == 0
    assert "19 answers, 0 difference(s)" in capsys.readouterr().out


def test_only_the_first_people_are_replayed(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert replay(folder, "--people", "3") == 0
    assert "6 answers, 0 difference(s)" in capsys.readouterr().out


def test_a_lost_vote_is_a_difference(folder: Path) -> None:
    assert replay(folder) == 0
    asyncio.run(_lose_a_vote(folder))


async def _lose_a_vote(folder: Path) -> None:
    consultation = read_consultation(folder)
    store = open_store(f"sqlite:///{folder}/kept.db")
    try:
        found = await store.read(lambda tx: tx.activities.of_workshop(tx.workshops.all()[0].id))
        activities = dict(zip(("bus", "idee"), (activity.id for activity in found), strict=True))
        assert differences(await store.read(lambda tx: compare(tx, consultation, activities))) == 0
        await store.write(lambda tx: tx.answers.remove(activities["bus"], 2))
        assert differences(await store.read(lambda tx: compare(tx, consultation, activities))) == 1
    finally:
        store.close()
