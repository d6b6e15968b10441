"""Copy the database to a file while it is in use, and check the copy."""

import argparse
from pathlib import Path

from app.errors import CannotRun
from app.settings import Settings
from storage import Unusable
from storage.backup import back_up


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to."""
    parser.add_argument("file", type=Path, metavar="FILE", help="the copy to write; it must not exist yet")


def run(args: argparse.Namespace, settings: Settings) -> int:
    """Write the copy, whole or not at all."""
    try:
        counts = back_up(settings.database.url, args.file)
    except Unusable as problem:
        raise CannotRun(str(problem)) from None
    print(f"{args.file}: " + ", ".join(f"{n} × {table}" for table, n in counts.items()))
    return 0
