"""Kill the bot sixty times under load (a thousand at night) and count what is lost, doubled, unanswered or skipped."""

import argparse
import asyncio
import itertools
import sys
import tempfile
import time
from pathlib import Path
from random import Random

from tests.faults.crash import PLACES
from tests.faults.deaths import Fate
from tests.faults.hall import hall
from tests.faults.ledger import Account
from tests.faults.loads import LOADS, open_questions
from tests.faults.migration import migration
from tests.faults.mortal import Nursery, nursery
from tests.faults.table import machine, struck_in, table_of

MODES = ("polling", "webhook")
ORDER = ("hall", "burst", "backlog", "broadcast", "close", "burst")
Lines = dict[tuple[str, str], Account]


def read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("--night", action="store_true", help="a thousand kills instead of sixty, at the pace of people")
    parser.add_argument("--kills", type=int, help="how many kills (default: 60, at night 1000)")
    parser.add_argument(
        "--seed", type=int, default=int(time.time()), help="repeat the same moments (default: the time)"
    )
    parser.add_argument("--only", choices=LOADS, help="this load alone")
    parser.add_argument("--at", nargs="+", choices=PLACES, default=[], help="die at these named places alone")
    parser.add_argument("--mode", choices=MODES, help="this way in alone")
    return parser.parse_args()


async def kill_often(args: argparse.Namespace, folder: Path) -> Lines:
    """Both ways in side by side, then the migrations."""
    lines: Lines = {}
    wanted = args.kills or (1000 if args.night else 60)
    modes = [args.mode] if args.mode else MODES
    async with nursery() as births:
        async with asyncio.TaskGroup() as halls:
            for number, mode in enumerate(modes):
                random = Random(args.seed + number)
                halls.create_task(_evening(mode, births, folder / mode, random, args, 0.9 * wanted / len(modes), lines))
        if not (args.only or args.at):
            await _migrate(births, folder, Random(args.seed), wanted, lines)
    return lines


async def _evening(
    mode: str, births: Nursery, folder: Path, random: Random, args: argparse.Namespace, wanted: float, lines: Lines
) -> None:
    """Rounds of one way in, until there were enough kills."""
    kills = 0
    async with hall(mode, births, _new(folder), random.randrange(10**6)) as room:
        standing = await open_questions(room)
        for load in itertools.cycle([args.only] if args.only else ORDER):
            if kills >= wanted:
                return
            deaths, slow, updates = room.bot.deaths, room.bot.slow_stops, room.updates
            deadly = Account()
            fate = Fate(room.bot, load, mode, random, deadly, tuple(args.at))
            account = await LOADS[load](room, standing, random, fate, 1.0 if args.night else 0.5)
            account += deadly
            account += Account(
                rounds=1, kills=room.bot.deaths - deaths, updates=room.updates - updates,
                slow_stops=room.bot.slow_stops - slow,
            )  # fmt: skip
            kills += account.kills
            line = lines.setdefault((mode, load), Account())
            line += account
            _say(mode, load, account)


async def _migrate(births: Nursery, folder: Path, random: Random, wanted: int, lines: Lines) -> None:
    done = sum(line.kills for line in lines.values())
    for number in itertools.count():
        line = lines.setdefault(("polling", "migration"), Account())
        if number and done + line.kills >= wanted:
            return
        account = await migration(births, _new(folder / f"migration-{number}"), random)
        line += account
        _say("polling", "migration", account)


def _new(folder: Path) -> Path:
    folder.mkdir()
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
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="palabre-faults-", ignore_cleanup_errors=True) as folder:
        lines = asyncio.run(kill_often(args, Path(folder)))
    seconds = time.monotonic() - began
    print(f"\n{table_of(lines)}\n\n{struck_in(lines)}\n\n{machine()}, seed {args.seed}, {seconds:.0f} s")  # noqa: T201
    return 1 if any(account.is_broken for account in lines.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
