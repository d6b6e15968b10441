"""`palabre themes FILE` writes whole files or nothing, and says why when it refuses."""

import argparse
import io
import json
import resource
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

from analysis.command_themes import add_arguments, run


def themes(*words: str | Path) -> int:
    parser = argparse.ArgumentParser()
    add_arguments(parser)
    return run(parser.parse_args([str(word) for word in words]))


@pytest.fixture
def file(tmp_path: Path, ideas: list[str]) -> Path:
    path = tmp_path / "idées.csv"
    lines = [f'"{text}",{"AB"[n % 2]}' for n, text in enumerate(["RAS", *ideas])]
    path.write_text("text,town\n" + "\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_the_json_has_every_promised_field(file: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    assert themes(file, "--encoder", "tfidf", "--json", out) == 0
    found = json.loads(out.read_text(encoding="utf-8"))
    promised = {"themes", "assignments", "second", "set_aside", "orphans", "duplicates", "map", "languages", "seconds",
                "version", "seed"}  # fmt: skip
    assert promised - set(found) == set()
    assert set(found["themes"][0]) - {"within"} == {"id", "label", "words", "size", "stability", "quotes", "dissent"}
    assert (len(found["assignments"]), found["set_aside"], len(found["map"])) == (41, [0], 41)


def test_the_same_file_and_seed_give_the_same_json(file: Path, tmp_path: Path) -> None:
    written = []
    for name in ("a.json", "b.json"):
        themes(file, "--encoder", "tfidf", "--seed", "4", "--json", tmp_path / name)
        written.append(json.loads((tmp_path / name).read_text(encoding="utf-8")) | {"seconds": 0})
    assert written[0] == written[1]


def test_groups_are_analysed_apart_with_rows_of_the_whole_file(file: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    assert themes(file, "--encoder", "tfidf", "--group-by", "town", "--json", out) == 0
    groups = json.loads(out.read_text(encoding="utf-8"))["groups"]
    assert [groups["A"]["rows"][:3], groups["B"]["rows"][:3]] == [[0, 2, 4], [1, 3, 5]]
    assert groups["A"]["set_aside"] == [0]
    assert all(row % 2 == 1 for theme in groups["B"]["themes"] for row in theme["quotes"])


def test_the_summary_and_the_page_carry_the_reading_guard(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "page.html"
    assert themes(file, "--encoder", "tfidf", "--k", "4", "--html", page) == 0
    guard = "Ces groupes aident à lire, ils ne votent pas."
    assert guard in capsys.readouterr().out
    shown = page.read_text(encoding="utf-8")
    assert guard in shown
    assert shown.count("</text>") == shown.count('<article class="theme') == 4, "each theme has its number on the map"
    assert "prefers-color-scheme:dark" in shown
    assert "· </p>" not in shown


def test_the_page_lists_every_idea_of_a_theme_and_not_only_its_quotes(tmp_path: Path, ideas: list[str]) -> None:
    source, page = tmp_path / "a.txt", tmp_path / "a.html"
    source.write_text("\n".join(ideas), encoding="utf-8")
    assert themes(source, "--encoder", "tfidf", "--html", page) == 0
    shown = page.read_text(encoding="utf-8")
    assert shown.count("<details>") == shown.count("<article")
    lists = shown.replace("Idées seules", "<details>").split("<details>")[1:]
    assert sum(part.count("<li>") for part in lists) == len(ideas)


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.seen.append(tag)


def test_what_people_typed_is_escaped_on_the_page(tmp_path: Path, ideas: list[str]) -> None:
    source, page = tmp_path / "a.txt", tmp_path / "a.html"
    source.write_text("\n".join(f"<script>alert(1)</script> {idea}" for idea in ideas), encoding="utf-8")
    assert themes(source, "--encoder", "tfidf", "--html", page) == 0
    tags = Tags()
    tags.feed(page.read_text(encoding="utf-8"))
    assert "script" not in tags.seen


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (["--column", "absente"], "Il n’y a pas de colonne"),
        (["--group-by", "absente"], "Il n’y a pas de colonne"),
        (["--k", "0"], "au moins 1"),
        (["--k", "deux"], "nombre entier"),
        (["--k", "42"], "que 41 textes"),
        (["--seed", "-1"], "au moins 0"),
        (["--html", "{folder}/out.json"], "demandé deux fois"),
        (["--html", "{folder}/../{name}/idées.csv"], "est le fichier à lire"),
        (["--html", "{folder}"], "est un dossier"),
        (["--encoder", "oracle"], "Encodeur inconnu"),
        (["--html", "nulle-part/page.html"], "rien n’a été écrit"),
    ],
)
def test_a_refusal_is_one_sentence_exit_2_and_writes_nothing(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], words: list[str], reason: str
) -> None:
    before = sorted(tmp_path.iterdir())
    words = [word.format(folder=tmp_path, name=tmp_path.name) for word in words]
    code = themes(file, "--json", tmp_path / "out.json", *words)
    refused = capsys.readouterr().err
    assert (code, reason in refused, refused.count("\n")) == (2, True, 1)
    assert sorted(tmp_path.iterdir()) == before


def test_a_full_disk_leaves_neither_of_the_two_files(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = tmp_path / "out.json"
    kept.write_text("d’hier", encoding="utf-8")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2_000, before[1]))  # the page and the JSON are longer
    try:
        code = themes(file, "--encoder", "tfidf", "--json", kept, "--html", tmp_path / "out.html")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert (code, "rien n’a été écrit" in capsys.readouterr().err) == (2, True)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["idées.csv", "out.json"]
    assert kept.read_text(encoding="utf-8") == "d’hier"


def test_the_summary_is_printed_on_a_terminal_that_knows_no_accent(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    screen = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    monkeypatch.setattr(sys, "stdout", screen)
    assert themes(file, "--encoder", "tfidf") == 0
    screen.seek(0)
    assert "ils ne votent pas" in screen.read()
