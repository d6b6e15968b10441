"""Put a checked copy in the database's place; what was there is kept beside it."""

import argparse
from pathlib import Path

from app.errors import CannotRun
from app.settings import Settings
from storage import Unusable, restore


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where from."""
    parser.add_argument("file", type=Path, metavar="FILE", help="a copy made by `palabre backup`")


def run(args: argparse.Namespace, settings: Settings) -> int:
    """Refused while Palabre runs on the database."""
    try:
        counts = restore(args.file, settings.database.url)
    except Unusable as problem:
        raise CannotRun(str(problem)) from None
    print(f"{settings.database.url}: " + ", ".join(f"{n} × {table}" for table, n in counts.items()))
    return 0
