"""`palabre cloud` draws a file, or says in French why it cannot and writes nothing."""

import argparse
from pathlib import Path

import pytest
from PIL import Image

from analysis.command_cloud import add_arguments, run

ANSWERS = ["Réparer l’école", "L’école fermée lundi", "une école sans bruit", "Cour d’école trop petite"]
ANSWERS += ["des bus le soir", "plus de bus", "un bus pour l’hôpital", "l’école chaude", "des écoles de musique"]


def palabre_cloud(*words: str) -> int:
    parser = argparse.ArgumentParser()
    add_arguments(parser)
    return run(parser.parse_args(words))


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    path = tmp_path / "idées.csv"
    path.write_text("text,quartier\n" + "".join(f"{text},Nord\n" for text in ANSWERS), encoding="utf-8")
    return path


def test_a_file_becomes_a_picture_and_its_words_are_said(
    answers: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "nuage.png"
    assert palabre_cloud(str(answers), "--out", str(out), "--size", "640x360", "--dark") == 0
    with Image.open(out) as picture:
        assert picture.size == (640, 360)
    said = capsys.readouterr().out.splitlines()
    assert said[:2] == ["école\u00a0: 6 réponses", "bus\u00a0: 3 réponses"]
    assert said[-1] == f"Image écrite\u00a0: {out}"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["idées.csv", "nuage.png"]


def test_words_stopped_and_words_hidden_are_not_in_it(answers: Path, tmp_path: Path) -> None:
    out = tmp_path / "nuage.svg"
    options = ["--stop", "soir", "musique", "--hide", "bus"]
    assert palabre_cloud(str(answers), "--out", str(out), *options) == 0
    drawn = out.read_text("utf-8")
    assert ">école<" in drawn
    assert not any(f">{word}<" in drawn for word in ("soir", "musique", "bus"))


def test_two_groups_are_compared(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "deux.csv"
    rows = ["un bus du soir,Nord\n"] * 15 + ["un médecin,Sud\n"] * 12 + ["un parc,Est\n"]
    path.write_text("text,quartier\n" + "".join(rows), encoding="utf-8")
    assert palabre_cloud(str(path), "--out", str(tmp_path / "n.png"), "--compare", "quartier") == 0
    assert "Plutôt «\u00a0Sud\u00a0»\u00a0: médecin (12, contre moins de 5)" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--size", "grand"], "n’est pas une taille"),
        (["--size", "10x10"], "chaque côté doit compter"),
        (["--column", "idée"], "Il n’y a pas de colonne"),
        (["--limit", "0"], "au moins 1"),
        (["--compare", "quartier"], "n’a qu’une valeur"),
        (["--hide", *ANSWERS], "aucun mot à montrer"),
    ],
)
def test_what_cannot_be_drawn_is_said_and_nothing_is_written(
    answers: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], options: list[str], sentence: str
) -> None:
    assert palabre_cloud(str(answers), "--out", str(tmp_path / "nuage.png"), *options) == 2
    assert sentence in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["idées.csv"]


@pytest.mark.parametrize("out", ["nuage.gif", "absent/nuage.png", "."])
def test_a_place_where_nothing_can_be_written_is_refused_first(answers: Path, tmp_path: Path, out: str) -> None:
    assert palabre_cloud(str(answers), "--out", str(tmp_path / out)) == 2
    assert [path.name for path in tmp_path.iterdir()] == ["idées.csv"]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"text\n",
        b"text\nun\ndeux\ntrois\n",
        b"text\n" + b"pareil\n" * 20,
        bytes(range(256)) * 40,
        b'text\n"' + b"a" * 200_000,
    ],
)
def test_a_file_that_cannot_be_used_keeps_the_old_picture(tmp_path: Path, content: bytes) -> None:
    source, out = tmp_path / "idées.csv", tmp_path / "nuage.png"
    source.write_bytes(content)
    out.write_bytes(b"the old picture")
    assert palabre_cloud(str(source), "--out", str(out)) == 2
    assert out.read_bytes() == b"the old picture"
