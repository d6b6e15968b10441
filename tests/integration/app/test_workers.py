"""Claims about worker processes: a stop starts none, and what was under way in them says so at once."""

import asyncio
import multiprocessing
import os
import time
from concurrent.futures.process import BrokenProcessPool

import pytest

from app.wall_clouds import WallClouds
from app.workers import Workers
from participation.model.people import Role
from storage import open_store
from tests.integration.web.hall import Hall
from web.clouds import Shape


def nothing() -> None:
    """Nothing is loaded."""


def children() -> set[int | None]:
    return {process.pid for process in multiprocessing.active_children()}


async def gone(before: set[int | None]) -> None:
    """Wait until no process is left that was not there before."""
    async with asyncio.timeout(20):
        while children() - before:  # noqa: ASYNC110 - no event tells
            await asyncio.sleep(0.01)


async def test_closed_in_the_middle_of_work_they_end_and_start_no_other_process() -> None:
    before = children()
    workers = Workers(1, nothing)
    own = await workers.run(os.getpid)
    work = asyncio.create_task(workers.run(time.sleep, 600))
    await asyncio.sleep(0.1)
    assert children() - before == {own}
    workers.close()
    async with asyncio.timeout(20):
        with pytest.raises(BrokenProcessPool):
            await work
    workers.warm_up()
    await gone(before)


async def test_a_process_that_dies_by_itself_is_replaced() -> None:
    workers = Workers(1, nothing)
    first = await workers.run(os.getpid)
    os.kill(first, 9)
    assert await workers.run(os.getpid) != first
    workers.close()


async def test_a_cloud_of_the_wall_under_way_at_a_stop_is_left_without_a_word(caplog: pytest.LogCaptureFixture) -> None:
    before = children()
    hall = Hall(open_store("sqlite://"))
    bruno = await hall.person("Bruno", Role.FACILITATOR)
    words = await hall.launch(await hall.workshop(bruno), bruno, "words", "Un mot pour dire le parc ?")
    clouds = WallClouds(0)
    await hall.store.read(lambda tx: clouds.frame(tx, words, Shape.WIDE))
    async with asyncio.timeout(20):
        while not children() - before:  # noqa: ASYNC110 - no event tells
            await asyncio.sleep(0.01)
    clouds.close()
    await hall.store.read(lambda tx: clouds.frame(tx, words, Shape.TALL))
    await gone(before)
    assert [record.getMessage() for record in caplog.records if record.levelname == "ERROR"] == []
    hall.store.close()
