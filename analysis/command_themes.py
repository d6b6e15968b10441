"""Group the texts of a file into themes, told as a summary, JSON or a page."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from analysis.encoders import UnknownEncoder, encoder_named
from analysis.file_formats import Unreadable
from analysis.reading import read_table
from analysis.result import READING_GUARD, Themes
from analysis.themes import Progress, find_themes
from analysis.themes_page import themes_page
from analysis.writing import check_targets, tell, whole_number, write_whole

PROGRESS_AFTER = 2.0

Found = list[tuple[str, list[int], Themes]]
"""Group name, its rows in the file, its themes."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of the command on a parser, for the `palabre` command line to mount."""
    parser.add_argument("file", type=Path, metavar="FICHIER", help=".csv, .jsonl, .txt ou .xlsx")
    parser.add_argument("--column", metavar="NOM", help="colonne des textes (défaut : « text » ou son équivalent)")
    parser.add_argument("--group-by", metavar="NOM", help="analyser à part chaque valeur de cette colonne")
    parser.add_argument("--k", metavar="N", help="nombre de thèmes voulu (défaut : trouvé)")
    parser.add_argument("--encoder", default="use", metavar="NOM", help="use (défaut), tfidf, ou st:MODÈLE")
    parser.add_argument("--question", default="", metavar="TEXTE", help="question posée : ses mots ne nomment rien")
    parser.add_argument("--seed", default="0", metavar="N", help="graine (défaut : 0)")
    parser.add_argument("--json", type=Path, metavar="SORTIE", help="écrire le résultat en JSON")
    parser.add_argument("--html", type=Path, metavar="SORTIE", help="écrire une page à lire hors ligne")


def run(args: argparse.Namespace) -> int:
    """Run the command; 0, or 2 after a French sentence on the error stream, nothing being written then."""
    try:
        results, texts = _found(args)
        write_whole(_files(results, texts, args))
    except (Unreadable, UnknownEncoder) as refused:
        sys.stderr.write(f"{refused}\n")
        return 2
    for name, rows, result in results:
        tell(_summary(name, [texts[row] for row in rows], result))
    return 0


def _found(args: argparse.Namespace) -> tuple[Found, list[str]]:
    """Everything that can be refused is refused before the work begins."""
    k = None if args.k is None else whole_number(args.k, "--k", least=1)
    seed = whole_number(args.seed, "--seed")
    encoder = encoder_named(args.encoder)
    check_targets((args.json, args.html), args.file)
    table = read_table(args.file, args.column)
    if k is not None and k > len(table.rows):
        raise Unreadable(f"--k {k} : il n’y a que {len(table.rows)} textes.")
    groups = table.groups(args.group_by) if args.group_by else {"": list(range(len(table.rows)))}
    with _Watched() as watch:
        settings = {"seed": seed, "k": k, "encoder": encoder, "question": args.question}
        return _results(table.texts, groups, settings, watch), table.texts


def _files(results: Found, texts: Sequence[str], args: argparse.Namespace) -> dict[Path, bytes]:
    files: dict[Path, bytes] = {}
    if args.json:
        plain = {name: _in_file(result, rows, args.group_by is not None) for name, rows, result in results}
        written = {"groups": plain} if args.group_by else next(iter(plain.values()))
        files[args.json] = (json.dumps(written, ensure_ascii=False, indent=1) + "\n").encode()
    if args.html:
        shown = [(name, [texts[row] for row in rows], result) for name, rows, result in results]
        files[args.html] = themes_page(shown, args.file.name).encode()
    return files


def _results(texts: Sequence[str], groups: dict[str, list[int]], settings: Mapping[str, Any], watch: Progress) -> Found:
    cache: dict[str, bytes] | None = {} if len(groups) > 1 else None
    found: Found = []
    for done, (name, rows) in enumerate(groups.items()):

        def share(step: str, part: float, done: int = done) -> None:
            watch(step, (done + part) / len(groups))

        result = find_themes([texts[row] for row in rows], cache=cache, progress=share, **settings)
        found.append((name, rows, result))
    return found


def _in_file(result: Themes, rows: Sequence[int], is_part: bool) -> dict[str, Any]:
    """The result as JSON, its rows being those of the whole file. In a part of it, « per row » lists go with `rows`."""
    plain = result.as_json()
    if not is_part:
        return plain
    for theme in (*plain["themes"], *plain["subthemes"]):
        theme["quotes"] = [rows[row] for row in theme["quotes"]]
        theme["dissent"] = [rows[row] for row in theme["dissent"]]
    for name in ("set_aside", "orphans"):
        plain[name] = [rows[row] for row in plain[name]]
    plain["duplicates"] = [[rows[low], rows[high], score] for low, high, score in plain["duplicates"]]
    plain["splits"] = {str(rows[int(row)]): parts for row, parts in plain["splits"].items()}
    return plain | {"rows": list(rows)}


def _summary(name: str, texts: Sequence[str], result: Themes) -> str:
    lines = [f"\n{name}" if name else "", result.sentence + "."]
    for place, theme in enumerate(result.themes, 1):
        lines.append(f"{place:>3}. {theme.label} ({theme.size}, stabilité {round(100 * theme.stability)}\u00a0%)")
        if theme.quotes:
            lines.append(f"     «\u00a0{_short(texts[theme.quotes[0]])}\u00a0»")
    lines.append(READING_GUARD if result.themes else "")
    return "\n".join(line for line in lines if line) + "\n"


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= 140 else plain[:139].rsplit(" ", 1)[0] + "…"


class _Watched:
    """A progress bar on the error stream, shown only once the work has lasted two seconds."""

    def __enter__(self) -> Callable[[str, float], None]:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

        columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
        self._bar = Progress(*columns, console=Console(stderr=True), transient=True)
        self._task = self._bar.add_task("", total=1.0)
        self._begun = time.monotonic()
        self._shown = False
        return self._tell

    def _tell(self, step: str, share: float) -> None:
        if not self._shown and time.monotonic() - self._begun > PROGRESS_AFTER:
            self._bar.start()
            self._shown = True
        if self._shown:
            self._bar.update(self._task, description=step, completed=share)

    def __exit__(self, *_: object) -> None:
        if self._shown:
            self._bar.stop()
