"""Find the groups of opinion in a file of votes for, against and pass."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.file_formats import Row, Unreadable
from analysis.reading import FEWEST_ROWS, Table, read_table
from analysis.writing import check_targets, tell, whole_number, write_whole

if TYPE_CHECKING:
    from analysis.opinion_votes import Vote

PEOPLE = ("participant", "participant_id", "voter-id", "voter_id", "personne")
STATEMENTS = ("statement", "comment_id", "comment-id", "statement_id", "affirmation")
VOTES = ("vote", "valeur", "value")
TEXTS = ("text", "texte", "txt", "comment-body", "comment")
"""Names of columns, the first found counts; those with a hyphen are Polis exports."""

_WORDS = {
    "1": 1,
    "+1": 1,
    "pour": 1,
    "d’accord": 1,
    "agree": 1,
    "-1": -1,
    "contre": -1,
    "pas d’accord": -1,
    "disagree": -1,
    "0": 0,
    "-0": 0,
    "passe": 0,
    "pass": 0,
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of the command on a parser, for the `palabre` command line to mount."""
    parser.add_argument(
        "file",
        type=Path,
        metavar="VOTES",
        help="un vote par ligne : participant, statement (ou comment_id), vote (1 pour, -1 contre, 0 passe)",
    )
    parser.add_argument("--json", type=Path, metavar="SORTIE", help="écrire le résultat en JSON")
    parser.add_argument(
        "--texts", type=Path, metavar="FICHIER", help="textes des affirmations : colonnes id (ou statement) et text"
    )
    parser.add_argument("--groups", metavar="N", help="nombre de groupes voulu (défaut : trouvé, ou aucun)")
    parser.add_argument("--participant", metavar="ID", help="dire aussi où se situe cette personne")
    parser.add_argument("--seed", default="0", metavar="N", help="graine (défaut : 0)")


def run(args: argparse.Namespace) -> int:
    """Run the command; 0, or 2 after a French sentence on the error stream, nothing being written then."""
    from analysis.opinion_votes import CannotStudy

    try:
        args.seed = whole_number(args.seed, "--seed")
        args.groups = None if args.groups is None else whole_number(args.groups, "--groups", least=1)
        check_targets([args.json], args.file)
        votes = _votes(args.file)
        texts = _texts(args.texts) if args.texts else {}
        lines, written = _studied(votes, texts, args)
        write_whole({args.json: written} if args.json else {})
    except (Unreadable, CannotStudy) as refused:
        sys.stderr.write(f"{refused}\n")
        return 2
    tell("".join(f"{line}\n" for line in lines))
    return 0


def _studied(votes: Sequence[Vote], texts: dict[str, str], args: argparse.Namespace) -> tuple[list[str], bytes]:
    """The sentences for the terminal, and the JSON."""
    from analysis.opinion_report import report
    from analysis.opinion_standing import where_do_i_stand
    from analysis.opinions import study_opinions

    own = {statement: vote for person, statement, vote in votes if person == args.participant}
    if args.participant is not None and not own:
        raise Unreadable(f"« {args.participant} » n’a voté sur rien dans ce fichier.")
    opinions = study_opinions(votes, texts=texts, groups=args.groups, seed=args.seed)
    lines = list(opinions.sentences)
    if own:
        lines.append(where_do_i_stand(opinions, own).sentence)
    return lines, (json.dumps(report(opinions, texts), ensure_ascii=False, indent=1) + "\n").encode()


def _votes(path: Path) -> list[Vote]:
    table = _table(path)
    statement, vote = _named(table.rows, STATEMENTS), _named(table.rows, VOTES)
    if len(table.rows) < FEWEST_ROWS:
        raise Unreadable(f"« {path.name} » ne contient que {len(table.rows)} votes ; il en faut {FEWEST_ROWS}.")
    return list(_cast(table.rows, table.column, statement, vote, path))


def _table(path: Path) -> Table:
    """The file read by the first usual name of the participants' column; the first refusal if there is none."""
    refusals = []
    for name in PEOPLE:
        try:
            return read_table(path, name, fewest=1)
        except Unreadable as refused:
            refusals.append(refused)
    raise refusals[0]


def _cast(rows: Sequence[Row], person: str, statement: str, vote: str, path: Path) -> Iterator[Vote]:
    for number, row in enumerate(rows, start=1):
        who, what, value = (row.get(name, "").strip() for name in (person, statement, vote))
        if not who or not what:
            missing = person if not who else statement
            raise Unreadable(f"« {path.name} », ligne de données {number} : la colonne « {missing} » est vide.")
        yield who, what, _value(value, number, path)


def _value(text: str, number: int, path: Path) -> int:
    value = _WORDS.get(text.lower().removesuffix(".0"))
    if value is None:
        raise Unreadable(
            f"« {path.name} », ligne de données {number} : « {text[:40]} » n’est pas un vote. "
            "Un vote vaut 1 (pour), -1 (contre) ou 0 (passe)."
        )
    return value


def _texts(path: Path) -> dict[str, str]:
    table = read_table(path, fewest=1)
    key = _named(table.rows, ("id", *STATEMENTS))
    return {row.get(key, "").strip(): text for row, text in zip(table.rows, table.texts, strict=True)}


def _named(rows: Sequence[Row], names: Sequence[str]) -> str:
    """The first of the names that the file has."""
    present = rows[0]
    found = next((name for usual in names for name in present if name.lower() == usual), None)
    if found is None:
        shown = ", ".join(f"« {name[:40]} »" for name in list(present)[:12])
        raise Unreadable(f"Il n’y a pas de colonne « {names[0]} ». Colonnes du fichier : {shown}.")
    return found
