"""The tempo of a simulated room: pauses that shorten at once when somebody speeds the room up."""

import asyncio


class Tempo:
    """Waits in seconds of ordinary life, `speed` times faster than the clock on the wall."""

    def __init__(self, speed: float) -> None:
        self._speed = _checked(speed)
        self._changed = asyncio.Event()

    @property
    def speed(self) -> float:
        return self._speed

    def change(self, speed: float) -> None:
        """Change the speed of every pause, begun ones included; raises ValueError unless it is above zero."""
        self._speed = _checked(speed)
        self._changed.set()
        self._changed = asyncio.Event()

    async def pause(self, seconds: float) -> None:
        """Wait this long at the present speed, and at the new one from the moment it changes."""
        loop = asyncio.get_running_loop()
        while seconds > 0:
            began, speed = loop.time(), self._speed
            try:
                async with asyncio.timeout(seconds / speed):
                    await self._changed.wait()
            except TimeoutError:
                return
            seconds -= (loop.time() - began) * speed


def _checked(speed: float) -> float:
    if not speed > 0:
        raise ValueError(f"the speed of a crowd is above zero, not {speed}")
    return speed
