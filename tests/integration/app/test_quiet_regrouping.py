"""Claims about groupings nobody asked for: new ideas are grouped, whatever else happened on the wall meanwhile."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Iterator

import pytest
import pytest_asyncio

from app.clock import SystemClock
from app.quiet import QuietRegrouping
from participation.actions.grouping import hide_idea, merge_ideas
from participation.model.idea import Idea, Source
from participation.model.policy import Policy
from participation.ports import Touched, Transaction
from participation.questions.kit import Question
from storage import SqlStore, open_store
from tests.integration.storage.room import furnish, open_activity

QUIET = 0.1
LONG = 10 * QUIET
"""A grouping that did not come after so many seconds is not coming."""


@pytest.fixture
def store() -> Iterator[SqlStore]:
    store = open_store("sqlite://")
    yield store
    store.close()


class Wall:
    """An activity whose ideas come and go, and the tray where groupings are asked for."""

    def __init__(self, store: SqlStore) -> None:
        self.store, self.clock = store, SystemClock()
        self.asked, self.loop = asyncio.Event(), asyncio.get_running_loop()
        store.listen(self._hear)

    def _hear(self, touched: Touched) -> None:
        if "jobs" in touched.trays:
            self.loop.call_soon_threadsafe(self.asked.set)

    async def open(self) -> None:
        self.room = await self.store.write(furnish)
        question = Question("ideas", "Que changer ?", ())
        self.activity = await self.store.write(lambda tx: open_activity(tx, self.room.workshop.id, question))

    async def come(self, count: int) -> list[Idea]:
        def unit(tx: Transaction) -> list[Idea]:
            amina, given = self.room.members["Amina"].id, len(tx.ideas.of_activity(self.activity.id))
            new = [
                tx.ideas.add(self.activity.id, amina, f"Idée {n}", Source("paper", n), self.clock.now())
                for n in range(given, given + count)
            ]
            tx.touch(self.activity.id)
            return new

        return await self.store.write(unit)

    async def correct(self, correction: Callable[[Transaction], object]) -> None:
        await self.store.write(lambda tx: correction(tx) and None)

    async def is_grouped(self, within: float = 60) -> bool:
        """Whether a grouping is asked for; it is done at once."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(within):
                await self.asked.wait()
        self.asked.clear()
        return await self.store.write(self._do)

    def _do(self, tx: Transaction) -> bool:
        job = tx.jobs.take(self.clock.now())
        if job is not None:
            tx.jobs.done(job.id)
        return job is not None


@pytest_asyncio.fixture
async def wall(store: SqlStore) -> AsyncIterator[Wall]:
    wall = Wall(store)
    await wall.open()
    running = asyncio.create_task(QuietRegrouping(store, wall.clock, Policy(), QUIET).run())
    await asyncio.sleep(0)
    yield wall
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


async def test_the_next_idea_is_grouped_after_ideas_were_merged_or_hidden(wall: Wall) -> None:
    ideas = await wall.come(14)
    assert await wall.is_grouped()
    amina = wall.room.people["Amina"]

    def fewer(tx: Transaction) -> None:
        for copy in ideas[1:4]:
            merge_ideas(tx, amina, ideas[0].id, copy.id, wall.clock.now())
        hide_idea(tx, amina, ideas[4].id, True, wall.clock.now())

    await wall.correct(fewer)
    assert not await wall.is_grouped(within=LONG), "nothing new to group"
    await wall.come(1)
    assert await wall.is_grouped()


async def test_an_idea_that_comes_while_another_is_merged_away_is_grouped(wall: Wall) -> None:
    """The count is the same; the wall is not."""
    ideas = await wall.come(9)
    assert await wall.is_grouped()
    amina = wall.room.people["Amina"]

    def swap(tx: Transaction) -> None:
        merge_ideas(tx, amina, ideas[0].id, ideas[1].id, wall.clock.now())
        member = wall.room.members["Amina"].id
        tx.ideas.add(wall.activity.id, member, "Une de plus", Source("paper", 99), wall.clock.now())

    await wall.correct(swap)
    assert await wall.is_grouped()


async def test_an_idea_shown_again_is_grouped(wall: Wall) -> None:
    ideas = await wall.come(9)
    amina = wall.room.people["Amina"]
    assert await wall.is_grouped()
    await wall.correct(lambda tx: hide_idea(tx, amina, ideas[0].id, True, wall.clock.now()))
    assert not await wall.is_grouped(within=LONG)
    await wall.correct(lambda tx: hide_idea(tx, amina, ideas[0].id, False, wall.clock.now()))
    assert await wall.is_grouped()
