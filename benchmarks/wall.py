"""Fifty walls and twenty desks open on an activity of a hundred thousand answers while people vote: queries, and stalls.

The web application over a real file, with a store that counts what is read from it; the pages are read by another process.
"""

import asyncio
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from aiohttp import web

from app.analyst import Analyst
from app.clock import SystemClock
from app.engine import Engine
from app.serving import new_event_loop, spare_the_collector
from benchmarks.workshop import CODE, prepare
from i18n import load_catalog
from participation.actions.activities import launch
from participation.actions.joining import arrive, open_code
from participation.actions.steering import sign_in, sign_in_code
from participation.model.idea import Source
from participation.model.policy import Policy
from participation.ports import Transaction
from participation.questions.kit import Question
from storage import SqlStore, open_store
from storage.backup import back_up
from web.application import web_application

WALLS, DESKS = 50, 20
VOTES_A_SECOND = 50
SUBJECTS = (
    "Plus de bus le soir", "Des bancs à l’ombre", "Une aide aux devoirs", "Un marché le samedi", "Réparer l’éclairage",
    "Des jardins partagés", "Un atelier de vélos", "La piscine moins chère", "Un médecin au centre", "Des cours de français",
)  # fmt: skip
T = TypeVar("T")
Line = tuple[str, str, str]


@dataclass(frozen=True)
class Stall:
    """How long the loop stood still; for how much of it others had the processor."""

    seconds: float
    without_processor: float

    def __str__(self) -> str:
        return f"{self.seconds * 1000:.0f} ms ({self.without_processor * 1000:.0f} of them without a processor)"


class Counting:
    """A store that counts its reading units."""

    def __init__(self, store: SqlStore) -> None:
        self._store = store
        self.reads = 0
        self.listen = store.listen
        self.write = store.write

    async def read(self, unit: Callable[[Transaction], T]) -> T:
        """The same, counted."""
        self.reads += 1
        return await self._store.read(unit)


async def watch_the_wall(answers: int, seconds: float, ideas: int = 20_000) -> list[Line]:
    """The lines of the table."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        invitation = await asyncio.to_thread(prepare, folder, range(1, answers + 1), answered=True)
        store = open_store(f"sqlite:///{folder}/palabre.db")
        engine = Engine(processes=1, seed=0)
        try:
            return await _watch(store, engine, folder, invitation, (answers, ideas, seconds))
        finally:
            engine.close()
            store.close()


async def _watch(
    store: SqlStore, engine: Engine, folder: Path, invitation: str, size: tuple[int, int, float]
) -> list[Line]:
    answers, ideas, seconds = size
    counting = Counting(store)
    secret = await store.write(lambda tx: _signed_in(tx, invitation))
    wall = await store.write(lambda tx: _many_ideas(tx, ideas))
    app = web_application(
        store=counting, clock=SystemClock(), catalog=load_catalog(), policy=Policy(), public_url="", bot_username="bot",
        apart=engine.write_out,
    )  # fmt: skip
    engine.warm_up()
    analyst = Analyst(store, SystemClock(), engine, load_catalog())
    spare_the_collector()
    board = f"/ateliers/1/activites/{wall}/themes/direct"
    async with AsyncExitStack() as stack:
        url = await _serve(app, stack)
        async with pages_open(url, secret, {f"/ecran/{CODE}/direct": WALLS, "/ateliers/1/direct": DESKS}):
            quiet = await _while_voting(counting, store, answers, seconds)
            heavy = await _stalls(_heavy(store, analyst, folder, wall))
        async with pages_open(url, secret, {board: WALLS + DESKS}):
            boards = await _stalls(_while_writing(store, wall, seconds))
    return [
        (
            f"{WALLS} walls, {DESKS} desks, {answers} answers: queries a second",
            "1 a thing shown",
            f"{quiet:.1f} (2 things)",
        ),
        (
            "the same: longest stall of the loop during analysis, export and backup",
            "≤ 200 ms",
            str(heavy),
        ),
        (
            f"{WALLS + DESKS} boards of {ideas} ideas, one more a second: longest stall",
            "≤ 200 ms",
            str(boards),
        ),
    ]


@asynccontextmanager
async def pages_open(url: str, secret: str, wanted: Mapping[str, int]) -> AsyncIterator[None]:
    """So many pages on each address, once each of them has seen a state. Another process reads them: only ours is measured."""
    words = [f"{path}:{count}" for path, count in wanted.items()]
    watchers = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "benchmarks.watchers", url, secret, *words, stdout=asyncio.subprocess.PIPE
    )
    try:
        assert watchers.stdout is not None
        for _ in range(sum(wanted.values())):
            if not await watchers.stdout.readline():
                raise SystemExit("a page was refused")
        yield
    finally:
        watchers.kill()
        await watchers.wait()


def _many_ideas(tx: Transaction, count: int) -> int:
    """An ideas activity of the same workshop, full; its number."""
    now = datetime.now(UTC)
    activity, _ = launch(tx, tx.activities.add(1, Question("ideas", "Que changer ?"), None, now), now)
    for number in range(count):
        text = f"{SUBJECTS[number % len(SUBJECTS)]} près de chez moi, numéro {number}"
        tx.ideas.add(activity.id, number % 1000 + 1, text, Source("paper", number), now)
    tx.workshops.save(replace(tx.workshops.all()[0], featured_activity_id=1))
    return activity.id


def _signed_in(tx: Transaction, invitation: str) -> str:
    now = datetime.now(UTC)
    open_code(tx, arrive(tx, 10**9, "Organisatrice", "fr", now), invitation, now)
    person = tx.people.by_telegram(10**9)
    assert person is not None
    secret = sign_in(tx, sign_in_code(tx, person, Policy(), now), Policy(), now)
    assert secret is not None
    return secret


async def _serve(app: web.Application, stack: AsyncExitStack) -> str:
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
    await runner.setup()
    stack.push_async_callback(runner.cleanup)
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    return f"http://127.0.0.1:{runner.addresses[0][1]}"


async def _while_voting(counting: Counting, store: SqlStore, answers: int, seconds: float) -> float:
    """Queries a second while people vote."""
    before, began = counting.reads, time.monotonic()
    number = 0
    while time.monotonic() - began < seconds:
        number = number % answers + 1
        await store.write(lambda tx, n=number: _vote(tx, n))
        await asyncio.sleep(1 / VOTES_A_SECOND)
    return (counting.reads - before) / (time.monotonic() - began)


def _vote(tx: Transaction, member: int) -> None:
    tx.answers.put(1, member, (member % 3,), datetime.now(UTC), "telegram")
    tx.touch(1)


async def _while_writing(store: SqlStore, wall: int, seconds: float) -> None:
    """One more idea a second."""
    for number in range(int(seconds)):
        await store.write(lambda tx, n=number: _write(tx, wall, n))
        await asyncio.sleep(1)


def _write(tx: Transaction, wall: int, number: int) -> None:
    tx.ideas.add(wall, 1, f"Encore une idée {number}", Source("telegram", number), datetime.now(UTC))
    tx.touch(wall)


async def _heavy(store: SqlStore, analyst: Analyst, folder: Path, wall: int) -> None:
    """What an organiser and an operator may ask in the middle of a vote: themes and a cloud, an export, a copy."""
    copied = asyncio.to_thread(back_up, f"sqlite:///{folder}/palabre.db", folder / "copy.db")
    await asyncio.gather(_slow_work(store, analyst, wall), copied)


async def _slow_work(store: SqlStore, analyst: Analyst, wall: int) -> None:
    for kind, activity in (("export", 1), ("themes", wall), ("cloud", wall)):
        await store.write(lambda tx, k=kind, a=activity: tx.jobs.add(k, a, 1, {}, datetime.now(UTC)))
        job = await store.write(lambda tx: tx.jobs.take(datetime.now(UTC)))
        assert job is not None
        await analyst.do(job)


async def _stalls(work: Awaitable[None]) -> Stall:
    """The longest time the loop did nothing else while the work went on."""
    task = asyncio.ensure_future(work)
    longest = Stall(0.0, 0.0)
    while not task.done():
        at, waited = time.perf_counter(), _waited()
        await asyncio.sleep(0.005)
        late = time.perf_counter() - at - 0.005
        if late > longest.seconds:
            longest = Stall(late, _waited() - waited)
    await task
    return longest


def _waited() -> float:
    """Seconds this thread was ready and had no processor, so far (Linux)."""
    return int(Path("/proc/thread-self/schedstat").read_text().split()[1]) / 1e9


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=new_event_loop) as runner:
        for what, goal, measured in runner.run(watch_the_wall(100_000, 15)):
            print(f"{what}: {measured} (goal: {goal})")
