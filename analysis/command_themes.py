"""The command `palabre themes FILE`: from a file of texts to themes, as a summary, JSON or a page."""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from analysis.encoders import Encoder, UnknownEncoder, encoder_named
from analysis.reading import Unreadable, read_table
from analysis.result import READING_GUARD, Themes
from analysis.themes import Progress, find_themes
from analysis.themes_page import themes_page

PROGRESS_AFTER = 2.0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of the command on a parser, for the `palabre` command line to mount."""
    parser.add_argument("file", type=Path, metavar="FICHIER", help=".csv, .jsonl, .txt ou .xlsx")
    parser.add_argument("--column", metavar="NOM", help="colonne des textes (défaut : « text » ou son équivalent)")
    parser.add_argument("--group-by", metavar="NOM", help="analyser à part chaque valeur de cette colonne")
    parser.add_argument("--k", type=int, metavar="N", help="nombre de thèmes voulu (défaut : trouvé)")
    parser.add_argument("--encoder", default="use", metavar="NOM", help="use (défaut), tfidf, ou st:MODÈLE")
    parser.add_argument("--question", default="", metavar="TEXTE", help="question posée : ses mots ne nomment rien")
    parser.add_argument("--seed", type=int, default=0, metavar="N", help="graine (défaut : 0)")
    parser.add_argument("--json", type=Path, metavar="SORTIE", help="écrire le résultat en JSON")
    parser.add_argument("--html", type=Path, metavar="SORTIE", help="écrire une page à lire hors ligne")


def run(args: argparse.Namespace) -> int:
    """Run the command; 0, or 2 after a French sentence on the error stream, nothing being written then."""
    try:
        if args.k is not None and args.k < 1:
            raise Unreadable("--k compte des thèmes : au moins 1.")
        encoder = encoder_named(args.encoder)
        table = read_table(args.file, args.column)
        groups = table.groups(args.group_by) if args.group_by else None
        for target in (args.json, args.html):
            _check_target(target)
    except (Unreadable, UnknownEncoder) as refused:
        sys.stderr.write(f"{refused}\n")
        return 2
    texts = table.texts
    with _Watched() as tell:
        results = _results(texts, groups, encoder, args, tell)
    if args.json:
        plain = {name: _in_file(result, rows) for name, rows, result in results}
        written = {"groups": plain} if groups is not None else next(iter(plain.values()))
        _write(args.json, json.dumps(written, ensure_ascii=False, indent=1) + "\n")
    if args.html:
        shown = [(name, [texts[row] for row in rows], result) for name, rows, result in results]
        _write(args.html, themes_page(shown, args.file.name))
    for name, rows, result in results:
        sys.stdout.write(_summary(name, [texts[row] for row in rows], result))
    return 0


Found = list[tuple[str, list[int], Themes]]
"""Group name, its rows in the file, its themes."""


def _results(
    texts: Sequence[str],
    groups: dict[str, list[int]] | None,
    encoder: Encoder,
    args: argparse.Namespace,
    tell: Progress,
) -> Found:
    parts = groups if groups is not None else {"": list(range(len(texts)))}
    cache: dict[str, bytes] = {}
    found: Found = []
    for done, (name, rows) in enumerate(parts.items()):

        def share(step: str, part: float, done: int = done) -> None:
            tell(step, (done + part) / len(parts))

        settings = {"seed": args.seed, "k": args.k, "encoder": encoder, "question": args.question}
        result = find_themes([texts[row] for row in rows], cache=cache, progress=share, **settings)
        found.append((name, rows, result))
    return found


def _in_file(result: Themes, rows: Sequence[int]) -> dict[str, Any]:
    """The result as JSON, its rows being those of the whole file (« per row » lists stay in the group's order)."""
    plain = result.as_json()
    if list(rows) == list(range(len(rows))):
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


def _check_target(path: Path | None) -> None:
    if path is not None and not path.absolute().parent.is_dir():
        raise Unreadable(f"Le dossier « {path.parent} » n’existe pas : rien n’a été écrit.")
    if path is not None and path.is_dir():
        raise Unreadable(f"« {path} » est un dossier : rien n’a été écrit.")


def _write(path: Path, text: str) -> None:
    """Write beside, then rename: whoever reads the file sees the old one or the whole new one."""
    handle, temporary = tempfile.mkstemp(dir=path.absolute().parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    finally:
        Path(temporary).unlink(missing_ok=True)


class _Watched:
    """A progress bar on the error stream, shown only once the work has lasted two seconds."""

    def __enter__(self) -> Callable[[str, float], None]:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

        columns = (TextColumn("{task.description}"), BarColumn(), TimeRemainingColumn())
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
