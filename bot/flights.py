"""Calls in the air: a polite stop waits for them, and what became of them is kept even if the disk is full for a while."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from typing import TypeVar

log = logging.getLogger(__name__)

T = TypeVar("T")

LAST_SECONDS = 2.0
"""How long a polite stop waits for what is being sent; five seconds are granted for everything."""
AGAIN = 1.0


class Flights:
    """The tasks that send, so that none is lost from sight."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[None]] = set()

    def start(self, sending: Coroutine[None, None, None]) -> None:
        """Let one go."""
        task = asyncio.get_running_loop().create_task(sending)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def land(self) -> None:
        """Wait for all of them and for those they start, a little; cut those that are late."""
        loop = asyncio.get_running_loop()
        end = loop.time() + LAST_SECONDS
        while self._tasks and (left := end - loop.time()) > 0:
            await asyncio.wait(self._tasks, timeout=left)
        late = tuple(self._tasks)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)


async def insist(act: Callable[[], Awaitable[T]], trouble: type[Exception]) -> T:
    """Do it, again every second while the database is not available: what was sent must not be sent twice."""
    while True:
        try:
            return await act()
        except trouble as problem:
            log.warning("what was sent cannot be kept for the moment (%s): trying again", problem)
            await asyncio.sleep(AGAIN)
