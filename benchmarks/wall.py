"""Fifty walls and twenty desks open on an activity of a hundred thousand answers while people vote: queries, and stalls.

One process: the web application over a real file, with a store that counts what is read from it.
"""

import asyncio
import tempfile
import time
from collections.abc import Callable
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

import aiohttp
from aiohttp import web

from app.clock import SystemClock
from benchmarks.workshop import CODE, prepare
from i18n import load_catalog
from participation.actions.exporting import answers_csv
from participation.actions.joining import arrive, open_code
from participation.actions.steering import sign_in, sign_in_code
from participation.model.policy import Policy
from participation.ports import Transaction
from storage import SqlStore, open_store
from storage.backup import back_up
from web.application import web_application

WALLS, DESKS = 50, 20
VOTES_A_SECOND = 50
T = TypeVar("T")
Line = tuple[str, str, str]


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


async def watch_the_wall(answers: int, seconds: float) -> list[Line]:
    """The lines of the table."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        invitation = await asyncio.to_thread(prepare, folder, range(1, answers + 1), answered=True)
        store = open_store(f"sqlite:///{folder}/palabre.db")
        try:
            return await _watch(store, folder, invitation, answers, seconds)
        finally:
            store.close()


async def _watch(store: SqlStore, folder: Path, invitation: str, answers: int, seconds: float) -> list[Line]:
    counting = Counting(store)
    secret = await store.write(lambda tx: _signed_in(tx, invitation))
    app = web_application(
        store=counting, clock=SystemClock(), catalog=load_catalog(), policy=Policy(), public_url="", bot_username="bot"
    )
    async with AsyncExitStack() as stack:
        url = await _serve(app, stack)
        session = await stack.enter_async_context(aiohttp.ClientSession(cookies={"palabre": secret}))
        paths = [f"/ecran/{CODE}/direct"] * WALLS + ["/ateliers/1/direct"] * DESKS
        frames = [0] * len(paths)
        pages = [asyncio.create_task(_look(session, url + path, frames, i)) for i, path in enumerate(paths)]
        stack.callback(lambda: [page.cancel() for page in pages])
        while not all(frames):  # noqa: ASYNC110 -- whoever reads the pages counts, and wakes nobody
            await asyncio.sleep(0.1)
        quiet = await _while_voting(counting, store, answers, seconds)
        stalls = await _stalls(_heavy(store, folder))
        if broken := [page.exception() for page in pages if page.done()]:
            raise SystemExit(f"a page was refused: {broken[0]}")
    return [
        (
            f"{WALLS} walls, {DESKS} desks, {answers} answers: queries a second",
            "1 a thing shown",
            f"{quiet:.1f} (2 things)",
        ),
        ("the same: longest stall of the loop during an export and a backup", "≤ 200 ms", f"{stalls * 1000:.0f} ms"),
    ]


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


async def _look(session: aiohttp.ClientSession, url: str, frames: list[int], place: int) -> None:
    async with session.get(url, timeout=aiohttp.ClientTimeout(total=None)) as page:
        if page.status != 200:
            raise RuntimeError(f"{url}: {page.status}")
        async for line in page.content:
            frames[place] += line.startswith(b"data:")


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


async def _heavy(store: SqlStore, folder: Path) -> None:
    """What an organiser and an operator may ask in the middle of a vote."""
    exported = store.read(lambda tx: answers_csv(tx, 1))
    copied = asyncio.to_thread(back_up, f"sqlite:///{folder}/palabre.db", folder / "copy.db")
    await asyncio.gather(exported, copied)


async def _stalls(work: "asyncio.Future[None] | object") -> float:
    """The longest time the loop did nothing else while the work went on."""
    task = asyncio.ensure_future(work)  # type: ignore[arg-type] # a coroutine
    longest = 0.0
    while not task.done():
        at = time.perf_counter()
        await asyncio.sleep(0.005)
        longest = max(longest, time.perf_counter() - at - 0.005)
    await task
    return longest


if __name__ == "__main__":
    for what, goal, measured in asyncio.run(watch_the_wall(100_000, 15)):
        print(f"{what}: {measured} (goal: {goal})")
