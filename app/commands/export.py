"""Write a workshop's answers and ideas as CSV files, and everything as one workbook; members by number only."""

import argparse
import asyncio
from pathlib import Path
from zoneinfo import ZoneInfo

from app.errors import CannotRun
from app.serving import open_beside
from app.settings import Settings
from i18n import Voice, load_catalog
from participation.actions.exporting import answers_csv, ideas_csv, tables
from participation.model.table import Table
from participation.model.workshop import Workshop, tidy_code
from participation.ports import Transaction
from web.workbook import headings, workbook


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which workshop, and where to."""
    parser.add_argument("--workshop", required=True, metavar="CODE", help="the workshop's join code")
    parser.add_argument(
        "--out",
        required=True,
        type=Path,
        metavar="DIR",
        help="the folder to write answers.csv, ideas.csv and workshop.xlsx into",
    )
    parser.add_argument(
        "--bom", action="store_true", help="begin the files with a mark that makes Excel read the accents"
    )


def run(args: argparse.Namespace, settings: Settings) -> int:
    """Write the files, each whole or not at all."""
    workshop, csv, found = asyncio.run(_gathered(settings, args.workshop, args.bom))
    voice = Voice(load_catalog(), workshop.language, ZoneInfo(workshop.time_zone))
    files = {name: text.encode() for name, text in csv.items()}
    files["workshop.xlsx"] = workbook(found, headings(found, voice), voice.zone.key)
    try:
        args.out.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            part = args.out / f".{name}.part"
            part.write_bytes(content)
            part.replace(args.out / name)
    except OSError as problem:
        raise CannotRun(f"The folder {args.out} cannot be written ({problem.strerror}).") from None
    for name, text in csv.items():
        print(f"{args.out / name}: {text.count(chr(13)) - 1} lines")
    print(f"{args.out / 'workshop.xlsx'}: {', '.join(f'{len(table.rows)} {table.name}' for table in found)}")
    return 0


async def _gathered(settings: Settings, code: str, bom: bool) -> tuple[Workshop, dict[str, str], tuple[Table, ...]]:
    store = open_beside(settings.database.url)
    try:
        return await store.read(lambda tx: _of_workshop(tx, code, bom))
    finally:
        store.close()


def _of_workshop(tx: Transaction, code: str, bom: bool) -> tuple[Workshop, dict[str, str], tuple[Table, ...]]:
    workshop = tx.workshops.by_code(tidy_code(code))
    if workshop is None:
        raise CannotRun(f"No workshop has the code {code!r}.")
    csv = {"answers.csv": answers_csv(tx, workshop.id, bom=bom), "ideas.csv": ideas_csv(tx, workshop.id, bom=bom)}
    return workshop, csv, tables(tx, workshop.id)
