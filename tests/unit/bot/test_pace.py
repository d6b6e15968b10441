"""Claims about how fast we write, without a stopwatch."""

import asyncio

import pytest

from bot.pace import Pace

FAST = 100_000.0
"""A second, so that a slot costs nothing."""


async def take(pace: Pace, slots: int) -> None:
    for _ in range(slots):
        await pace.slot()


async def test_a_flood_lowers_the_pace_which_comes_back_little_by_little_and_never_beyond() -> None:
    pace = Pace(FAST)
    pace.flooded(0)
    after_one = pace.per_second
    pace.flooded(0)
    after_two = pace.per_second
    await take(pace, 10)
    after_ten_slots = pace.per_second
    await take(pace, 100)
    assert (after_one, after_two) == pytest.approx((0.7 * FAST, 0.49 * FAST))
    assert after_two < after_ten_slots < after_one
    assert pace.per_second == FAST


async def test_floods_never_stop_it_for_good() -> None:
    pace = Pace(2.0)
    for _ in range(50):
        pace.flooded(0)
    assert pace.per_second == 1.0


async def test_a_flood_holds_everybody_who_waits_for_a_slot() -> None:
    pace = Pace(FAST)
    pace.flooded(3600)
    waiting = [asyncio.ensure_future(pace.slot()) for _ in range(3)]
    _, held = await asyncio.wait(waiting, timeout=0.05)
    for task in held:
        task.cancel()
    await asyncio.gather(*held, return_exceptions=True)
    assert len(held) == len(waiting)
