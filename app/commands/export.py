"""Write a workshop's answers and ideas as CSV files, members by number only."""

import argparse
import asyncio
from pathlib import Path

from app.errors import CannotRun
from app.serving import open_beside
from app.settings import Settings
from participation.actions.exporting import answers_csv, ideas_csv
from participation.model.workshop import tidy_code
from participation.ports import Transaction


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which workshop, and where to."""
    parser.add_argument("--workshop", required=True, metavar="CODE", help="the workshop's join code")
    parser.add_argument(
        "--out", required=True, type=Path, metavar="DIR", help="the folder to write answers.csv and ideas.csv into"
    )
    parser.add_argument(
        "--bom", action="store_true", help="begin the files with a mark that makes Excel read the accents"
    )


def run(args: argparse.Namespace, settings: Settings) -> int:
    """Write both files, whole or not at all."""
    tables = asyncio.run(_tables(settings, args.workshop, args.bom))
    try:
        args.out.mkdir(parents=True, exist_ok=True)
        for name, text in tables.items():
            part = args.out / f".{name}.part"
            part.write_text(text, encoding="utf-8", newline="")
            part.replace(args.out / name)
    except OSError as problem:
        raise CannotRun(f"The folder {args.out} cannot be written ({problem.strerror}).") from None
    for name, text in tables.items():
        print(f"{args.out / name}: {text.count(chr(13)) - 1} lines")
    return 0


async def _tables(settings: Settings, code: str, bom: bool) -> dict[str, str]:
    store = open_beside(settings.database.url)
    try:
        return await store.read(lambda tx: _of_workshop(tx, code, bom))
    finally:
        store.close()


def _of_workshop(tx: Transaction, code: str, bom: bool) -> dict[str, str]:
    workshop = tx.workshops.by_code(tidy_code(code))
    if workshop is None:
        raise CannotRun(f"No workshop has the code {code!r}.")
    return {
        "answers.csv": answers_csv(tx, workshop.id, bom=bom),
        "ideas.csv": ideas_csv(tx, workshop.id, bom=bom),
    }
