"""`palabre opinions` reads votes in any usual dress, or says in French why it cannot and writes nothing."""

import argparse
import json
from pathlib import Path

import pytest

from analysis.command_opinions import add_arguments, run

CAMPS = {0: "110010110100", 1: "001101001011"}


def palabre_opinions(*words: str) -> int:
    parser = argparse.ArgumentParser()
    add_arguments(parser)
    return run(parser.parse_args(words))


def rows(yes: str = "1", no: str = "-1") -> list[str]:
    """Thirty people of two camps on twelve statements; everyone departs once from their camp."""
    return [
        f"p{person},a{place},{yes if (CAMPS[person % 2][place] == '1') != (place == person % 12) else no}\n"
        for person in range(30)
        for place in range(12)
    ]


def written(path: Path, header: str, lines: list[str]) -> Path:
    path.write_text(header + "\n" + "".join(lines), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("header", "yes", "no"),
    [
        ("participant,statement,vote", "1", "-1"),
        ("participant,comment_id,vote", "1.0", "-1.0"),
        ("voter-id,comment-id,vote", "1", "-1"),
        ("personne,affirmation,vote", "pour", "contre"),
    ],
)
def test_votes_in_any_usual_dress_give_their_groups(tmp_path: Path, header: str, yes: str, no: str) -> None:
    votes, out = written(tmp_path / "votes.csv", header, rows(yes, no)), tmp_path / "opinions.json"
    assert palabre_opinions(str(votes), "--json", str(out)) == 0
    found = json.loads(out.read_text("utf-8"))
    assert (found["verdict"], [group["size"] for group in found["groups"]]) == ("groups", [15, 15])
    groups = {entry["participant"]: entry["group"] for entry in found["participants"]}
    assert len({groups[f"p{person}"] for person in range(0, 30, 2)}) == 1
    assert groups["p0"] != groups["p1"]


def test_sentences_quote_the_statements_and_tell_one_person_where_they_stand(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    votes = written(tmp_path / "votes.csv", "participant,statement,vote", rows())
    texts = written(tmp_path / "textes.csv", "id,text", [f"a{place},Idée numéro {place}\n" for place in range(12)])
    assert palabre_opinions(str(votes), "--texts", str(texts), "--participant", "p3") == 0
    told = capsys.readouterr().out.splitlines()
    assert told[0] == "30 personnes ont voté sur 12 affirmations, soit 360 votes."
    assert any("«\u00a0Idée numéro " in line for line in told)
    assert told[-1].startswith("Vos votes ressemblent à ceux du groupe ")


@pytest.mark.parametrize(
    ("header", "lines", "sentence"),
    [
        ("participant,statement,vote", rows()[::150], "que 3 votes"),
        ("participant,statement,vote", [*rows(), "p1,a1,peut-être\n"], "ligne de données 361"),
        ("participant,statement,vote", [*rows(), "p1,,1\n"], "la colonne «\u00a0statement\u00a0» est vide"),
        ("who,statement,vote", rows(), "pas de colonne «\u00a0participant\u00a0»"),
        ("participant,statement,opinion", rows(), "pas de colonne «\u00a0vote\u00a0»"),
        ("participant,statement,vote", ["p1,a1,1\n"] * 20, "les mêmes"),
    ],
)
def test_votes_that_cannot_be_used_are_refused_and_nothing_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], header: str, lines: list[str], sentence: str
) -> None:
    votes = written(tmp_path / "votes.csv", header, lines)
    assert palabre_opinions(str(votes), "--json", str(tmp_path / "o.json")) == 2
    assert sentence in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["votes.csv"]


@pytest.mark.parametrize("options", [["--groups", "9"], ["--groups", "4"], ["--participant", "Driss"]])
def test_what_cannot_be_asked_is_refused(tmp_path: Path, options: list[str]) -> None:
    votes = written(tmp_path / "votes.csv", "participant,statement,vote", rows())
    assert palabre_opinions(str(votes), "--json", str(tmp_path / "o.json"), *options) == 2
    assert not (tmp_path / "o.json").exists()


def test_binary_junk_is_refused(tmp_path: Path) -> None:
    junk = tmp_path / "votes.csv"
    junk.write_bytes(bytes(range(256)) * 50)
    assert palabre_opinions(str(junk)) == 2
