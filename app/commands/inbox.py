"""Show the updates that could not be dealt with, and let them be tried again.

An update is given up when dealing with it failed five times, by a fault of ours. Its words are kept for three days.
"""

from __future__ import annotations

import argparse
import asyncio
import json
from collections.abc import Callable, Sequence
from typing import TypeVar

from app.errors import CannotRun
from app.serving import open_beside
from app.settings import Settings
from participation.ports import Transaction
from participation.ports.trays import DeadLetter

MOST_SHOWN = 1000
T = TypeVar("T")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which ones, and what to do with them."""
    parser.add_argument("numbers", nargs="*", type=int, metavar="NUMBER", help="these alone (default: all of them)")
    act = parser.add_mutually_exclusive_group()
    act.add_argument("--show", action="store_true", help="print them whole, as JSON lines: they hold what people wrote")
    act.add_argument("--retry", action="store_true", help="try them again: a bot that runs does it within ten seconds")


def run(args: argparse.Namespace, settings: Settings) -> int:
    """List them, print them or revive them. Exit code 1 when a number is none of theirs."""
    letters = asyncio.run(_do(settings, _dead_letters))
    wanted = [letter for letter in letters if not args.numbers or letter.number in args.numbers]
    unknown = sorted(set(args.numbers) - {letter.number for letter in wanted})
    if unknown:
        raise CannotRun(f"No update that was given up has the number {', '.join(map(str, unknown))}.")
    if args.retry:
        numbers = [letter.number for letter in wanted]
        revived = asyncio.run(_do(settings, lambda tx: tx.inbox.revive(numbers), writes=True))
        print(f"{_counted(revived)} will be tried again.{_lost(len(numbers) - revived)}")
    elif args.show:
        for letter in wanted:
            print(json.dumps({"number": letter.number, "problem": letter.problem, "update": _whole(letter)}))
    else:
        print("\n".join([*map(_line, wanted), f"{_counted(len(wanted))} could not be dealt with."]))
    return 0


def _dead_letters(tx: Transaction) -> Sequence[DeadLetter]:
    return tx.inbox.dead_letters(MOST_SHOWN)


async def _do(settings: Settings, unit: Callable[[Transaction], T], *, writes: bool = False) -> T:
    store = open_beside(settings.database.url)
    try:
        return await (store.write if writes else store.read)(unit)
    finally:
        store.close()


def _line(letter: DeadLetter) -> str:
    kind = ", ".join(name for name in _whole(letter) if name != "update_id") or "its words are gone"
    return f"{letter.number}  {letter.received_at:%Y-%m-%d %H:%M} UTC  {kind}  {letter.problem}"


def _whole(letter: DeadLetter) -> dict[str, object]:
    whole: dict[str, object] = json.loads(letter.body) if letter.body else {}
    return whole


def _counted(count: int) -> str:
    return "1 update" if count == 1 else f"{count} updates"


def _lost(count: int) -> str:
    return f" {_counted(count)} cannot: the words are gone after three days." if count else ""
