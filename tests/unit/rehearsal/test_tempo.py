"""Claims about the pauses of a simulated room."""

import asyncio

import pytest

from rehearsal.tempo import Tempo


async def test_a_long_pause_ends_soon_once_the_room_is_sped_up() -> None:
    tempo = Tempo(1.0)
    pause = asyncio.create_task(tempo.pause(3600))
    await asyncio.sleep(0)
    tempo.change(1e7)
    async with asyncio.timeout(5):
        await pause


async def test_slowing_the_room_down_lengthens_a_pause_that_has_begun() -> None:
    tempo = Tempo(10.0)
    pause = asyncio.create_task(tempo.pause(1))
    await asyncio.sleep(0)
    tempo.change(1e-6)
    await asyncio.sleep(0.3)
    assert not pause.done()
    pause.cancel()


@pytest.mark.parametrize("speed", [0, -1, float("nan")])
def test_a_speed_that_is_not_above_zero_is_refused(speed: float) -> None:
    with pytest.raises(ValueError, match="above zero"):
        Tempo(speed)
