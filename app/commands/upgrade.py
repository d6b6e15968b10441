"""Bring an older database to the schema of this version (SQLite does it by itself at the start, after a copy)."""

import argparse

from app.errors import CannotRun
from app.settings import Settings
from storage import Unusable, upgrade_schema


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Everything comes from the settings."""


def run(_: argparse.Namespace, settings: Settings) -> int:
    """Run the migrations that are missing."""
    try:
        upgrade_schema(settings.database.url)
    except Unusable as problem:
        raise CannotRun(str(problem)) from None
    print("The database has the schema of this version.")
    return 0
