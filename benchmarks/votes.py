"""Votes per CPU-second of our bot and of an ordinary one, in one run, by polling and by webhook: `python -m benchmarks.votes`.

Each bot is a process of its own in front of the local Bot API; so is the driver that presses the buttons. Both bots do the
same visible work: the vote committed with synchronous=FULL, the press answered, the ballot rewritten. The processor time is
the bot's process alone, from the first press until nothing more comes out. A run whose votes are not all found in the
database, or not all shown on the phones, is void.
"""

import argparse
import asyncio
import os
import platform
import random
import sqlite3
import statistics
import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.people import People, people_of
from benchmarks.processes import Door, Running, bot_api, free_port, palabre, tutorial
from benchmarks.promises import keep_promises
from benchmarks.workshop import OPTIONS, QUESTION, joined, prepare

QUIET = 0.4
"""Seconds without any call that make a bot « done »; its idling meanwhile is counted, for both."""
LONGEST = 300.0
CHANGES = 0.25
"""One vote in four is somebody changing their mind."""


@dataclass(frozen=True)
class Kind:
    """A bot to measure."""

    name: str
    start: Callable[[Path, str, Door], AbstractAsyncContextManager[Running]]
    kept: Callable[[Path], dict[int, int]]
    """What its database says at the end: the option of each person."""


@dataclass(frozen=True)
class Measure:
    """One run."""

    votes: int
    cpu: float
    wall: float
    fault: str = ""
    """Why the run is void."""

    @property
    def rate(self) -> float:
        """Votes per CPU-second."""
        return self.votes / self.cpu


def ours_kept(folder: Path) -> dict[int, int]:
    """Palabre's answers."""
    query = (
        "SELECT person.telegram_id, json_extract(answer.answer, '$[0]') FROM answer "
        "JOIN member ON member.id = answer.member_id JOIN person ON person.id = member.person_id"
    )
    return _rows(folder / "palabre.db", query)


def tutorial_kept(folder: Path) -> dict[int, int]:
    """The ordinary bot's votes."""
    return _rows(folder / "tutorial.db", "SELECT telegram_id, choice FROM vote")


def _rows(file: Path, query: str) -> dict[int, int]:
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as database:
        found = database.execute(query).fetchall()
    if len(found) != len(dict(found)):
        raise SystemExit(f"{file.name}: somebody is counted twice")
    return dict(found)


OURS = Kind("palabre", palabre, ours_kept)
ORDINARY = Kind("tutorial", tutorial, tutorial_kept)


async def measure(kind: Kind, mode: str, votes: int, seed: int) -> Measure:
    """One run from nothing: a hall joins, votes, changes its mind."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        async with _on_stage(kind, mode, folder) as (people, bot):
            crowd = await people.arrive(int(votes / (1 + CHANGES)))
            ballots = await joined(people, crowd)
            presses, wanted = _presses(crowd, votes, seed)
            cpu, wall = await _vote(people, bot, ballots, presses)
            fault = await _fault(people, crowd, ballots, wanted)
        if not fault and kind.kept(folder) != wanted:
            fault = "the database does not say what people pressed"
        return Measure(len(presses), cpu, wall, fault)


@asynccontextmanager
async def _on_stage(kind: Kind, mode: str, folder: Path) -> AsyncIterator[tuple[People, Running]]:
    await asyncio.to_thread(prepare, folder)
    door = Door(mode, free_port())
    async with bot_api(folder, recorded=100) as url, kind.start(folder, url, door) as bot, people_of(url) as people:
        yield people, bot


def _presses(crowd: list[int], votes: int, seed: int) -> tuple[list[tuple[int, int]], dict[int, int]]:
    """(person, option) in order, and what must be kept. The first to press are the first to change: never to the same option."""
    chance = random.Random(seed)
    first = [(person, chance.randrange(len(OPTIONS))) for person in crowd]
    second = [(p, (o + chance.randrange(1, len(OPTIONS))) % len(OPTIONS)) for p, o in first[: votes - len(first)]]
    return first + second, dict(first + second)


async def _vote(
    people: People, bot: Running, ballots: dict[int, int], presses: list[tuple[int, int]]
) -> tuple[float, float]:
    """Everybody presses as fast as the driver can; processor and wall seconds until the bot is done."""
    loop = asyncio.get_running_loop()
    before = await people.counts()
    cpu, began = bot.cpu(), loop.time()
    await people.each(presses, lambda press: people.press(press[0], ballots[press[0]], press[1]))
    counts, changed = await people.counts(), loop.time()
    async with asyncio.timeout(LONGEST):
        while _answers(counts) - _answers(before) < len(presses) or loop.time() - changed < QUIET:
            await asyncio.sleep(0.05)
            newest = await people.counts()
            if _said(newest) != _said(counts):
                counts, changed = newest, loop.time()
    return bot.cpu() - cpu, changed - began


def _answers(counts: dict[str, int]) -> int:
    return counts.get("answerCallbackQuery 200", 0)


def _said(counts: dict[str, int]) -> dict[str, int]:
    return {call: n for call, n in counts.items() if not call.startswith("getUpdates")}


async def _fault(people: People, crowd: list[int], ballots: dict[int, int], wanted: dict[int, int]) -> str:
    if lost := await people.unanswered():
        return f"{lost} presses were never answered"
    shown = await people.each(crowd, people.messages)
    for person, messages in zip(crowd, shown, strict=True):
        text = next(m["text"] for m in messages if m["message_id"] == ballots[person])
        if OPTIONS[wanted[person]] not in text.replace(QUESTION, ""):
            return "a phone does not show what its owner pressed"
    return ""


async def compare(mode: str, votes: int, runs: int) -> float:
    """Alternate the two bots; print every run, then the ratio of each pair. The median ratio."""
    ratios = []
    for run in range(runs):
        ordinary, ours = await measure(ORDINARY, mode, votes, run), await measure(OURS, mode, votes, run)
        for kind, found in ((ORDINARY, ordinary), (OURS, ours)):
            if found.fault:
                raise SystemExit(f"VOID: {kind.name}, {mode}, run {run + 1}: {found.fault}")
            print(
                f"  {mode:8} run {run + 1}  {kind.name:9} {found.rate:7.0f} votes per CPU-second"
                f"  ({found.cpu:5.2f} s of processor, {found.votes / found.wall:5.0f} votes/s on the clock)",
                flush=True,
            )
        ratios.append(ours.rate / ordinary.rate)
    print(
        f"  {mode:8} ratios: median {statistics.median(ratios):.1f} ({min(ratios):.1f} to {max(ratios):.1f})\n",
        flush=True,
    )
    return statistics.median(ratios)


async def run(args: argparse.Namespace) -> int:
    """Both doors, the promises, the last line."""
    cores, load = os.cpu_count(), os.getloadavg()[0]
    print(f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC · {platform.machine()} · {cores} cores, load {load:.1f}", end=" · ")
    print(f"Python {platform.python_version()} · {args.votes} votes, {args.runs} runs of each bot\n", flush=True)
    ratios = {mode: await compare(mode, args.votes, args.runs) for mode in ("polling", "webhook")}
    exact = True if args.ratios_only else await keep_promises(quick=args.quick)
    print(f"polling {ratios['polling']:.1f}x webhook {ratios['webhook']:.1f}x")
    return 0 if exact else 1


def read_arguments(arguments: list[str] | None = None) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.votes", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--votes", type=int, help="votes in a run (default: 1000; 300 with --quick)")
    parser.add_argument("--runs", type=int, help="runs of each bot by each door (default: 5; 2 with --quick)")
    parser.add_argument("--quick", action="store_true", help="fewer votes, fewer runs, smaller halls")
    parser.add_argument("--ratios-only", action="store_true", help="leave the halls, broadcasts and memory out")
    args = parser.parse_args(arguments)
    args.votes = args.votes or (300 if args.quick else 1000)
    args.runs = args.runs or (2 if args.quick else 5)
    return args


def main() -> None:
    raise SystemExit(asyncio.run(run(read_arguments())))


if __name__ == "__main__":
    main()
