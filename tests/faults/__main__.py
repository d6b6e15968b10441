"""Kill the bot sixty times under load (a thousand at night) and count what is lost, doubled, unanswered or skipped."""

import argparse
import asyncio
import contextlib
import itertools
import os
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from random import Random

from tests.faults.book import Book
from tests.faults.crash import PLACES
from tests.faults.deaths import Fate
from tests.faults.hall import Hall, hall
from tests.faults.ledger import Account
from tests.faults.loads import LOADS, Standing, open_questions
from tests.faults.migration import migration
from tests.faults.mortal import Nursery, nursery
from tests.postgresql import Postgres, server_of_our_own

MODES = ("polling", "webhook")
ORDER = ("hall", "burst", "backlog", "broadcast", "close", "burst")


def read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("--night", action="store_true", help="a thousand kills instead of sixty, at the pace of people")
    parser.add_argument("--kills", type=int, help="how many kills (default: 60, at night 1000)")
    parser.add_argument(
        "--seed", type=int, default=int(time.time()), help="repeat the same moments (default: the time)"
    )
    parser.add_argument(
        "--keep",
        type=Path,
        metavar="FILE",
        help="write the account there at each round; a run that was cut goes on from it",
    )
    parser.add_argument(
        "--postgresql", action="store_true", help="on a PostgreSQL server of our own (default: SQLite files)"
    )
    parser.add_argument("--only", choices=(*LOADS, "migration"), help="this load alone")
    parser.add_argument("--at", nargs="+", choices=PLACES, default=[], help="die at these named places alone")
    parser.add_argument("--mode", choices=MODES, help="this way in alone")
    return parser.parse_args()


async def kill_often(args: argparse.Namespace, folder: Path, book: Book) -> None:
    """Both ways in side by side, then the migrations."""
    wanted = args.kills or (1000 if args.night else 60)
    modes = () if args.only == "migration" else (args.mode,) if args.mode else MODES
    async with nursery() as births, contextlib.AsyncExitStack() as stack:
        server = stack.enter_context(server_of_our_own()) if args.postgresql else None
        async with asyncio.TaskGroup() as halls:
            for mode in modes:
                halls.create_task(_evenings(mode, births, folder / mode, args, 0.9 * wanted / len(modes), book, server))
        if args.only == "migration" or not (args.only or args.at or args.postgresql):
            await _migrate(births, folder, Random(args.seed), wanted, book)


async def _evenings(
    mode: str,
    births: Nursery,
    folder: Path,
    args: argparse.Namespace,
    wanted: float,
    book: Book,
    server: Postgres | None,
) -> None:
    """Rounds of one way in, until there were enough kills. Where something never comes, another hall is filled."""
    random = Random(f"{book.seed} {mode} {book.kills(mode, *LOADS)}")
    loads = itertools.cycle([args.only] if args.only else ORDER)
    planted: Counter[str] = Counter()
    for number in itertools.count():
        if book.kills(mode, *LOADS) >= wanted:
            return
        async with hall(mode, births, _new(folder / f"{number}"), random.randrange(10**6), server) as room:
            standing = await open_questions(room)
            stuck = 0
            while book.kills(mode, *LOADS) < wanted and not stuck:
                load = next(loads)
                account = await _round(room, standing, load, random, planted, args)
                _say(mode, load, account)
                book.add(mode, load, account)
                stuck = account.stuck


async def _round(
    room: Hall, standing: Standing, load: str, random: Random, planted: Counter[str], args: argparse.Namespace
) -> Account:
    """One round of a load, with everything that happened in it."""
    deaths, slow, updates = room.bot.deaths, room.bot.slow_stops, room.updates
    account = Account()
    fate = Fate(room.bot, load, room.mode, random, account, planted, tuple(args.at))
    try:
        account += await LOADS[load](room, standing, random, fate, 1.0 if args.night else 0.5)
    except AssertionError as missing:
        account += Account(stuck=1, stories=[str(missing).partition("\n")[0]])
    account += Account(
        rounds=1, kills=room.bot.deaths - deaths, updates=room.updates - updates,
        slow_stops=room.bot.slow_stops - slow,
    )  # fmt: skip
    return account


async def _migrate(births: Nursery, folder: Path, random: Random, wanted: int, book: Book) -> None:
    for number in itertools.count():
        if book.kills("polling", "migration") and book.kills() >= wanted:
            return
        account = await migration(births, _new(folder / f"migration-{number}"), random)
        _say("polling", "migration", account)
        book.add("polling", "migration", account)


def _new(folder: Path) -> Path:
    folder.mkdir(parents=True)
    return folder


def _say(mode: str, load: str, account: Account) -> None:
    """One line a round, so that a night can be followed."""
    verdict = "BROKEN" if account.is_broken else "ok"
    print(f"{mode:8} {load:10} kills {account.kills}  updates {account.updates:4}  {verdict}", flush=True)  # noqa: T201
    slow = [f"{account.slow_stops} stops took more than five seconds"] if account.slow_stops else []
    for story in [*slow, *account.stories][:10]:
        print(f"         {story}", flush=True)  # noqa: T201


def main() -> int:
    args = read_arguments()
    book = Book.opened(args.keep, args.kills or (1000 if args.night else 60), args.seed)
    with tempfile.TemporaryDirectory(prefix="palabre-faults-", ignore_cleanup_errors=True) as folder:
        _tell_when_stopped(book, Path(folder))
        asyncio.run(kill_often(args, Path(folder), book))
    print(f"\n{book.told()}")  # noqa: T201
    return 1 if book.is_broken else 0


def _tell_when_stopped(book: Book, folder: Path) -> None:
    """Ctrl+C or SIGTERM: tell what was counted until now, and leave at once. The nursery sees it, and buries its bots."""

    def leave(_number: int, _frame: object) -> None:
        print(f"\n{book.told()}\n\nStopped before its end.", flush=True)  # noqa: T201
        shutil.rmtree(folder, ignore_errors=True)
        os._exit(1)

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, leave)


if __name__ == "__main__":
    sys.exit(main())
