"""A watchdog over the event loop: while themes are found, a workbook is written and a copy made, the loop itself does little.

What counts is the processor time of the loop's own thread in one turn: a busy machine does not bark, work left on the loop does.
"""

import asyncio
import os
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from aiohttp import CookieJar
from aiohttp.test_utils import TestClient, TestServer

from app.analyst import Analyst
from app.clock import SystemClock
from app.engine import Engine
from participation.model.activity import Activity
from participation.model.idea import Source
from participation.model.people import Person, Role
from participation.ports import Transaction
from storage import SqlStore, open_store
from storage.backup import back_up
from tests.integration.web.browser import Browser, read_states
from tests.integration.web.hall import POLICY, Hall
from tests.integration.web.house import BOT, CATALOG
from web.application import web_application

T = TypeVar("T")
LONGEST_TURN = 0.2
IDEAS, BOARDS = 3000, 10
SUBJECTS = (
    "plus de bus le soir",
    "une aide aux devoirs",
    "des arbres sur la place",
    "un marché le samedi",
    "réparer le stade",
)


class Watchdog:
    """Notes the costliest turn of the loop, in processor seconds of its thread."""

    def __init__(self) -> None:
        self.longest = 0.0

    @asynccontextmanager
    async def watching(self) -> AsyncIterator[None]:
        beating = asyncio.create_task(self._beat())
        try:
            yield
        finally:
            beating.cancel()

    async def _beat(self) -> None:
        while True:
            before = time.thread_time()
            await asyncio.sleep(0.001)
            self.longest = max(self.longest, time.thread_time() - before)


class Counting:
    """A store that counts its reading units."""

    def __init__(self, store: SqlStore) -> None:
        self._store = store
        self.reads = 0
        self.listen = store.listen
        self.write = store.write

    async def read(self, unit: Callable[[Transaction], T]) -> T:
        self.reads += 1
        return await self._store.read(unit)


def fill(tx: Transaction, activity: Activity, member_id: int) -> None:
    for number in range(IDEAS):
        text = f"{SUBJECTS[number % len(SUBJECTS)]}, numéro {number}"
        tx.ideas.add(activity.id, member_id, text, Source("paper", number), datetime.now(UTC))


async def test_a_watchdog_finds_work_that_was_left_on_the_loop() -> None:
    dog = Watchdog()
    async with dog.watching():
        await asyncio.sleep(0.01)
        until = time.thread_time() + LONGEST_TURN * 1.5
        while time.thread_time() < until:
            pass
        await asyncio.sleep(0.01)
    assert dog.longest > LONGEST_TURN


async def test_themes_a_workbook_and_a_copy_leave_the_loop_to_the_votes(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'palabre.db'}"
    store, engine, dog = open_store(url), Engine(processes=1, seed=0), Watchdog()
    counting = Counting(store)
    try:
        hall = Hall(store)
        chloe = await hall.person("Chloé", Role.ORGANISER)
        workshop = await hall.workshop(chloe)
        activity = await hall.launch(workshop, chloe, "ideas", "Que changer ?")
        await hall.councillors(workshop, 1)
        await store.write(lambda tx: fill(tx, activity, tx.members.of_workshop(workshop.id)[-1].id))
        app = web_application(
            store=counting, clock=hall.watch, catalog=CATALOG, policy=POLICY, public_url="", bot_username=BOT,
            apart=engine.write_out,
        )  # fmt: skip
        async with TestClient(TestServer(app), cookie_jar=CookieJar(unsafe=True)) as client:
            await Browser(client, hall).sign_in(chloe)
            room = f"/ateliers/{workshop.id}"
            pages = [await client.get(f"{room}/activites/{activity.id}/themes/direct") for _ in range(BOARDS)]
            states = [read_states(page) for page in pages]
            await asyncio.gather(*(anext(state) for state in states))
            before, began = counting.reads, time.monotonic()
            async with dog.watching():
                await asyncio.gather(
                    asked(store, engine, activity, chloe, "themes"),
                    asyncio.to_thread(back_up, url, tmp_path / "copy.db"),
                    workbook(client, f"{room}/tables.xlsx"),
                )
                grouped = await asyncio.gather(*(until_grouped(state) for state in states))
            seconds = time.monotonic() - began
            for page in pages:
                page.close()
        assert dog.longest < LONGEST_TURN
        assert [len(state["themes"]) > 0 for state in grouped] == [True] * BOARDS
        assert counting.reads - before < 5 + 2 * seconds, "ten boards are drawn together, once a second"
    finally:
        engine.close()
        store.close()


async def test_a_table_does_not_wait_behind_an_analysis() -> None:
    engine = Engine(processes=1, seed=0)
    analysing = asyncio.create_task(engine.run(time.sleep, 600))
    try:
        assert await engine.write_out(os.getpid) > 0
        assert not analysing.done()
    finally:
        analysing.cancel()
        engine.close()


async def asked(store: SqlStore, engine: Engine, activity: Activity, person: Person, kind: str) -> None:
    await store.write(lambda tx: tx.jobs.add(kind, activity.id, person.id, {}, datetime.now(UTC)))
    job = await store.write(lambda tx: tx.jobs.take(datetime.now(UTC)))
    assert job is not None
    await Analyst(store, SystemClock(), engine, CATALOG).do(job)


async def workbook(client: TestClient[Any, Any], path: str) -> None:
    async with client.get(path) as answer:
        assert answer.status == 200
        assert (await answer.read()).startswith(b"PK")


async def until_grouped(states: AsyncIterator[dict[str, Any]]) -> dict[str, Any]:
    async with asyncio.timeout(60):
        while not (state := await anext(states))["themes"]:
            continue
        return state
