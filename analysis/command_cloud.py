"""Draw the word cloud of a file of answers."""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, cast

from analysis.file_formats import Unreadable
from analysis.reading import Table, read_table
from analysis.writing import check_targets, tell, whole_number, write_whole

if TYPE_CHECKING:
    from analysis.cloud import Cloud, Form

_SIZE = re.compile(r"(\d{1,6})\s*[x×X]\s*(\d{1,6})")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of the command on a parser, for the `palabre` command line to mount."""
    parser.add_argument("file", type=Path, metavar="FICHIER", help=".csv, .jsonl, .txt ou .xlsx")
    parser.add_argument("--column", metavar="NOM", help="colonne des textes (défaut : « text » ou son équivalent)")
    parser.add_argument(
        "--out", type=Path, default=Path("nuage.png"), metavar="SORTIE", help="image .png ou .svg (défaut : nuage.png)"
    )
    parser.add_argument("--size", default="1920x1080", metavar="LxH", help="taille en pixels (défaut : 1920x1080)")
    parser.add_argument("--dark", action="store_true", help="fond sombre")
    parser.add_argument("--stop", nargs="+", default=[], metavar="MOT", help="mots à ne pas compter")
    parser.add_argument("--hide", nargs="+", default=[], metavar="MOT", help="mots à cacher, expressions comprises")
    parser.add_argument("--question", default="", metavar="TEXTE", help="question posée : ses mots ne comptent pas")
    parser.add_argument("--limit", default="120", metavar="N", help="mots au plus (défaut : 120)")
    parser.add_argument("--seed", default="0", metavar="N", help="graine des couleurs et des places (défaut : 0)")
    parser.add_argument(
        "--compare", metavar="NOM", help="comparer les deux valeurs les plus fréquentes de cette colonne"
    )


def run(args: argparse.Namespace) -> int:
    """Run the command; 0, or 2 after a French sentence on the error stream, nothing being written then."""
    try:
        form = _form(args.out)
        size = _size(args.size)
        args.limit, args.seed = whole_number(args.limit, "--limit", least=1), whole_number(args.seed, "--seed")
        check_targets([args.out], args.file)
        cloud = _drawn(read_table(args.file, args.column), args, size, form)
        write_whole({args.out: cloud.image})
    except Unreadable as refused:
        sys.stderr.write(f"{refused}\n")
        return 2
    tell("".join(f"{line}\n" for line in (*cloud.lines, f"Image écrite\u00a0: {args.out}")))
    return 0


def _drawn(table: Table, args: argparse.Namespace, size: tuple[int, int], form: Form) -> Cloud:
    from analysis.cloud import CannotDraw, draw_cloud
    from analysis.cloud_comparison import Group, compare_clouds

    try:
        if args.compare:
            left, right = (Group(name, texts) for name, texts in _two_groups(table, args.compare))
            cloud = compare_clouds(
                left,
                right,
                size=size,
                dark=args.dark,
                hidden=args.hide,
                stop=args.stop,
                question=args.question,
                seed=args.seed,
                form=form,
                limit=args.limit,
            )
        else:
            cloud = draw_cloud(
                table.texts,
                size=size,
                dark=args.dark,
                hidden=args.hide,
                stop=args.stop,
                question=args.question,
                seed=args.seed,
                form=form,
                limit=args.limit,
            )
    except CannotDraw as refused:
        raise Unreadable(str(refused)) from refused
    if not cloud.layout.words:
        raise Unreadable("Ces textes ne contiennent aucun mot à montrer.")
    return cloud


def _two_groups(table: Table, column: str) -> list[tuple[str, list[str]]]:
    """The two largest groups of a column that have a name."""
    texts = table.texts
    groups = sorted(((name, rows) for name, rows in table.groups(column).items() if name.strip()), key=_largest)
    if len(groups) < 2:
        raise Unreadable(f"La colonne « {column} » n’a qu’une valeur : il en faut deux pour comparer.")
    return [(name, [texts[row] for row in rows]) for name, rows in groups[:2]]


def _largest(group: tuple[str, list[int]]) -> tuple[int, str]:
    return -len(group[1]), group[0]


def _form(path: Path) -> Form:
    form = path.suffix.lower().removeprefix(".")
    if form not in ("png", "svg"):
        raise Unreadable(f"« {path.name} » : l’image doit finir par .png ou .svg.")
    return cast("Form", form)


def _size(text: str) -> tuple[int, int]:
    found = _SIZE.fullmatch(text.strip())
    if found is None:
        raise Unreadable(f"« {text} » n’est pas une taille : écrivez par exemple 1920x1080.")
    return int(found[1]), int(found[2])
