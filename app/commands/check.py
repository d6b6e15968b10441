"""Check the settings, the way to Telegram, the database's place and the web port; say what to do.

Prints numbered findings. Exit code 1 when at least one is an error.
"""

from __future__ import annotations

import argparse
import asyncio

from rich.console import Console

from app.commands.check_findings import Finding, Level
from app.commands.check_inbox import check_inbox
from app.commands.check_places import check_database, check_web
from app.commands.check_rewording import check_rewording
from app.commands.check_telegram import check_telegram
from app.settings import Settings

MARKS = {Level.GOOD: "ok     ", Level.WARNING: "warning", Level.ERROR: "ERROR  "}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of `palabre check`."""
    parser.add_argument("--offline", action="store_true", help="call nobody; check only this machine")


def run(args: argparse.Namespace, settings: Settings) -> int:
    """Print what was found, in order, and count the errors."""
    findings = [_settings_read(args, settings), *asyncio.run(_look(args, settings))]
    console = Console(highlight=False, markup=False, soft_wrap=True)
    for number, finding in enumerate(findings, start=1):
        console.print(f"{number}. {MARKS[finding.level]} {finding.subject}: {finding.fact}")
        if finding.hint:
            console.print(f"   -> {finding.hint}")
    errors = sum(finding.level is Level.ERROR for finding in findings)
    console.print(f"{errors} error{'s' if errors != 1 else ''}.")
    return 1 if errors else 0


def _settings_read(args: argparse.Namespace, settings: Settings) -> Finding:
    zone, language = settings.workshop.time_zone, settings.workshop.language
    source = args.config or "config.yaml of this folder if there is one"
    return Finding(Level.GOOD, "settings", f"understood ({source}; {zone}, {language})")


async def _look(args: argparse.Namespace, settings: Settings) -> list[Finding]:
    telegram = [] if args.offline else await check_telegram(settings)
    database = await check_database(settings)
    inbox = await check_inbox(settings) if all(finding.level is Level.GOOD for finding in database) else []
    rewording = [] if args.offline else await check_rewording(settings)
    return [*telegram, *database, *inbox, *check_web(settings), *rewording]
