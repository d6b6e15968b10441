"""What a hall is promised, measured: a vote of three hundred, a flood, a backlog, a broadcast with votes, memory, the wall.

Run by benchmarks/votes.py after the ratios, or alone: `python -m benchmarks.promises [--quick] [--memory-votes N]`. Figures are
told beside their goals and never decide the exit code: a busy machine is slow. A vote lost, doubled or unanswered does.
"""

import argparse
import asyncio
import random
import sqlite3
import tempfile
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks.people import People, people_of
from benchmarks.processes import Door, Running, bot_api, free_port, palabre
from benchmarks.wall import watch_the_wall
from benchmarks.workshop import OPTIONS, come_in, prepare

KEPT = (
    "SELECT person.telegram_id, json_extract(answer.answer, '$[0]') FROM answer "
    "JOIN member ON member.id = answer.member_id JOIN person ON person.id = member.person_id WHERE answer.activity_id = 1"
)


@dataclass
class Report:
    """The lines of the table, and what broke."""

    lines: list[tuple[str, str, str]] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)

    def tell(self, what: str, goal: str, measured: str) -> None:
        """One figure."""
        self.lines.append((what, goal, measured))
        print(f"  {what}: {measured} (goal: {goal})", flush=True)

    def check(self, *, is_exact: bool, otherwise: str) -> None:
        """One promise of exactness."""
        if not is_exact:
            self.broken.append(otherwise)

    def table(self) -> Table:
        """All of it."""
        shown = Table("promise", "goal", "measured")
        for line in self.lines:
            shown.add_row(*line)
        return shown


@dataclass
class Stage:
    """A Bot API, its people who joined and hold a ballot, the folder of the bot's database, what each pressed last."""

    url: str
    folder: Path
    people: People
    crowd: list[int]
    ballots: dict[int, int] = field(default_factory=dict)
    wanted: dict[int, int] = field(default_factory=dict)
    pressed: dict[str, float] = field(default_factory=dict)
    """When each press was made: by its number at the Bot API."""

    async def press(self, person: int, option: int) -> None:
        """One vote."""
        self.wanted[person] = option
        at = time.time()
        self.pressed[await self.people.press(person, self.ballots[person], option)] = at

    async def told(self, presses: Sequence[str]) -> list[float]:
        """Seconds from each press to its answer, in growing order; raises KeyError for one never answered."""
        calls = await self.people.calls("answerCallbackQuery")
        answered = {str(call["parameters"]["callback_query_id"]): call["at"] for call in calls if call["status"] == 200}
        return sorted(answered[number] - self.pressed[number] for number in presses)

    async def until_answered(self, seconds: float = 300.0) -> None:
        """Wait for every answer and for what follows them."""
        async with asyncio.timeout(seconds):
            while (await self.people.counts()).get("answerCallbackQuery 200", 0) < self.people.presses:  # noqa: ASYNC110 -- another process is asked
                await asyncio.sleep(0.1)

    def kept(self) -> dict[int, tuple[int, ...]]:
        """What the database says of the first question: the choice of each person."""
        with closing(sqlite3.connect(f"file:{self.folder}/palabre.db?mode=ro", uri=True)) as database:
            return dict(database.execute(KEPT).fetchall())


@asynccontextmanager
async def stage(count: int, recorded: int) -> AsyncIterator[Stage]:
    """`count` people at a local Bot API that keeps so many calls."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        async with bot_api(folder, recorded) as url, people_of(url) as people:
            yield Stage(url, folder, people, await people.arrive(count))


@asynccontextmanager
async def at_work(on: Stage) -> AsyncIterator[Running]:
    """The bot, by polling; the first time, everybody comes in and receives the ballot."""
    async with palabre(on.folder, on.url, Door("polling", free_port())) as bot:
        if not on.ballots:
            on.ballots = await come_in(on.people, on.crowd)
        yield bot


def percentile(values: Sequence[float], share: float = 0.99) -> float:
    """Of values in growing order."""
    return values[min(len(values) - 1, int(share * len(values)))]


async def hall_of_three_hundred(report: Report, on: Stage, chance: random.Random) -> None:
    """Three hundred people press within three seconds; when is each vote on the disk, when is each told."""
    crowd = on.crowd[:300]
    before = len(on.pressed)
    on_disk: dict[int, float] = {}
    watching = asyncio.create_task(_watch_disk(on, on_disk))
    began = time.time()
    times: dict[int, float] = {}

    async def later(person: int) -> None:
        await asyncio.sleep(chance.uniform(0, 3))
        times[person] = time.time()
        await on.press(person, chance.randrange(len(OPTIONS)))

    await asyncio.gather(*(later(person) for person in crowd))
    await on.until_answered()
    await asyncio.sleep(0.2)
    watching.cancel()
    durable = sorted(on_disk.get(person, began + 999) - times[person] for person in crowd)
    told = await on.told(list(on.pressed)[before:])
    report.tell(
        "hall of 300 in 3 s: durable, p99 (median)", "≤ 1 s", f"{percentile(durable):.2f} s ({durable[150]:.2f} s)"
    )
    report.tell("hall of 300 in 3 s: told, p99 (median)", "≤ 3 s", f"{percentile(told):.2f} s ({told[150]:.2f} s)")
    report.check(is_exact=_exact(on), otherwise="hall of 300: the database does not say what was pressed")


async def one_who_floods(report: Report, on: Stage, chance: random.Random, seconds: int) -> None:
    """Fifty people vote, in peace and then while one member writes fifty messages a second: by how much are they delayed."""
    loud, others = on.crowd.pop(), on.crowd[:50]
    del on.ballots[loud]  # pushed out of that phone by what its owner writes: they take no further part
    peace = await _fifty_vote(on, others, chance, seconds)
    flood = asyncio.create_task(_flood(on, loud, seconds))
    noise = await _fifty_vote(on, others, chance, seconds)
    sent = await flood
    ratios = [percentile(noise, share) / percentile(peace, share) for share in (0.5, 0.9)]
    report.tell(
        f"one member writes {sent / seconds:.0f} messages a second: the others' delay, median (p90)",
        "< ×2",
        f"×{ratios[0]:.2f} (×{ratios[1]:.2f}); {percentile(noise, 0.5) * 1000:.0f} ms",
    )
    report.check(is_exact=_exact(on), otherwise="flood: the database does not say what was pressed")


async def _fifty_vote(on: Stage, people: Sequence[int], chance: random.Random, seconds: int) -> list[float]:
    before = len(on.pressed)

    async def now_and_then(person: int) -> None:
        for _ in range(3):
            await asyncio.sleep(chance.uniform(0, seconds / 3))
            await on.press(person, chance.randrange(len(OPTIONS)))

    await asyncio.gather(*map(now_and_then, people))
    await on.until_answered()
    return await on.told(list(on.pressed)[before:])


async def _flood(on: Stage, person: int, seconds: int) -> int:
    until, sent = time.monotonic() + seconds, 0
    while time.monotonic() < until:
        await on.people.act(person, "sends_text", text=f"Encore {sent}")
        sent += 1
        await asyncio.sleep(0.02)
    return sent


async def _watch_disk(on: Stage, seen: dict[int, float]) -> None:
    while True:
        kept = await asyncio.to_thread(on.kept)
        now = time.time()
        for person in kept.keys() - seen.keys():
            seen[person] = now
        await asyncio.sleep(0.02)


def _exact(on: Stage) -> bool:
    return on.kept() == on.wanted


async def backlog(report: Report, on: Stage, count: int, chance: random.Random) -> None:
    """The bot is down while people press; it starts, and empties everything."""
    crowd = [on.crowd[n % len(on.crowd)] for n in range(count)]
    before = len(on.pressed)
    for start in range(0, count, len(on.crowd)):  # each person's presses stay in their order
        part = crowd[start : start + len(on.crowd)]
        await on.people.each(part, lambda person: on.press(person, chance.randrange(len(OPTIONS))))
    began = time.time()
    async with at_work(on):
        await on.until_answered()
        calls = await on.people.calls("answerCallbackQuery")
        drained = max(call["at"] for call in calls) - began
        answered = len(await on.told(list(on.pressed)[before:]))
    report.tell(f"backlog of {count} drained, from the start of the process", "≤ 60 s", f"{drained:.1f} s")
    report.check(is_exact=_exact(on) and answered == count, otherwise="backlog: a vote is lost, doubled or unanswered")


async def broadcast(report: Report, on: Stage, facilitator: int, chance: random.Random) -> None:
    """A question to everybody; people vote on the first one meanwhile."""
    people, before = on.people, len(on.pressed)
    first = len(await people.calls("sendMessage"))
    await people.act(facilitator, "sends_text", text="/sondage Et le train ?\nOui\nNon")
    drafts = await people.until_shown(
        [facilitator], lambda m: any(b["text"] == "Lancer" for row in m["keyboard"] for b in row)
    )
    keyboard = next(m["keyboard"] for m in await people.messages(facilitator) if m["message_id"] == drafts[facilitator])
    row = next(i for i, keys in enumerate(keyboard) if keys[0]["text"] == "Lancer")
    await people.press(facilitator, drafts[facilitator], row)
    sent: list[Mapping[str, Any]] = []
    while len(sent) < len(on.crowd):
        await on.press(chance.choice(on.crowd), chance.randrange(len(OPTIONS)))
        await asyncio.sleep(0.25)
        counts = await people.counts()
        if counts["sendMessage 200"] - first >= len(on.crowd):
            sent = [
                c for c in (await people.calls("sendMessage"))[first:] if "train" in str(c["parameters"].get("text"))
            ]
    await on.until_answered()
    told = await on.told(list(on.pressed)[before:])
    moments = sorted(call["at"] for call in sent)
    reached = {int(call["parameters"]["chat_id"]) for call in sent if call["status"] == 200}
    most = max(sum(at <= other < at + 1 for other in moments[i : i + 200]) for i, at in enumerate(moments))
    size = len(on.crowd)
    report.tell(
        f"broadcast to {size}: most messages in any second", "≤ 30", f"{most} ({moments[-1] - moments[0]:.0f} s in all)"
    )
    report.tell(f"{len(told)} votes pressed meanwhile: told, p99", "≤ 0.3 s", f"{percentile(told):.3f} s")
    ballots = [c for c in sent if int(c["parameters"]["chat_id"]) in on.ballots]
    report.check(
        is_exact=reached >= set(on.crowd) and len(ballots) == size and _exact(on),
        otherwise="broadcast: somebody was skipped or written to twice, or a vote is lost",
    )


async def memory(report: Report, on: Stage, bot: Running, votes: int, chance: random.Random) -> None:
    """Vote upon vote, the process must not grow."""
    sizes, share = [], max(1, votes // 10)
    for done in range(0, votes, share):
        round_ = [on.crowd[n % len(on.crowd)] for n in range(done, min(votes, done + share))]
        for start in range(0, len(round_), len(on.crowd)):
            part = round_[start : start + len(on.crowd)]
            await on.people.each(part, lambda person: on.press(person, chance.randrange(len(OPTIONS))))
        await on.until_answered()
        sizes.append(bot.memory())
    told = f"{sizes[0]:.0f} MB after {share}, {sizes[len(sizes) // 2]:.0f} in the middle, {sizes[-1]:.0f} at the end"
    report.tell(f"memory over {votes} votes", "flat", told)
    report.check(is_exact=_exact(on), otherwise="memory: the database does not say what was pressed")


async def _facilitator(on: Stage, secret: str) -> int:
    (facilitator,) = await on.people.arrive(1)
    await on.people.act(facilitator, "opens_link", start_parameter=secret)
    await on.people.until_shown([facilitator], lambda _: True)
    return facilitator


async def keep_promises(*, quick: bool, memory_votes: int | None = None) -> bool:
    """Everything, with a table at the end; whether every promise of exactness holds."""
    report, chance = Report(), random.Random(3)
    size, waiting = (300, 600) if quick else (2000, 5000)
    print("The hall, by polling:", flush=True)
    async with stage(size, recorded=100_000) as on:
        secret = await asyncio.to_thread(prepare, on.folder, on.crowd)
        async with at_work(on):
            await hall_of_three_hundred(report, on, chance)
            await one_who_floods(report, on, chance, 5 if quick else 20)
            await broadcast(report, on, await _facilitator(on, secret), chance)
        await backlog(report, on, waiting, chance)
    async with stage(size, recorded=100) as on:
        await asyncio.to_thread(prepare, on.folder, on.crowd)
        async with at_work(on) as bot:
            await memory(report, on, bot, memory_votes or (1_000 if quick else 100_000), chance)
    print("The wall and the desks:", flush=True)
    for line in await watch_the_wall(*((5_000, 5, 2_000) if quick else (100_000, 15, 20_000))):
        report.tell(*line)
    Console(width=120).print(report.table())
    for fault in report.broken:
        print(f"BROKEN: {fault}")
    return not report.broken


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.promises")
    parser.add_argument("--quick", action="store_true", help="smaller halls")
    parser.add_argument("--memory-votes", type=int, help="votes during which memory is watched (default: 100000)")
    args = parser.parse_args()
    raise SystemExit(0 if asyncio.run(keep_promises(quick=args.quick, memory_votes=args.memory_votes)) else 1)


if __name__ == "__main__":
    main()
