"""Time as the local Bot API sees it: the real one, which can be pushed forward, or a virtual one for tests."""

import asyncio
import heapq
import itertools
import time
from abc import ABC, abstractmethod


class Clock(ABC):
    """Unix seconds, and waiting for a moment of that time."""

    @abstractmethod
    def now(self) -> float:
        """Unix seconds."""

    @abstractmethod
    async def sleep(self, seconds: float) -> None:
        """Wait until this clock, not the machine's, has moved by so many seconds."""

    @abstractmethod
    async def advance(self, seconds: float) -> None:
        """Jump forward; sleepers whose time has come are awake when this returns."""

    async def wait(self, event: asyncio.Event, seconds: float) -> bool:
        """Wait for the event for so many seconds, at most, of this clock; True when it was set."""
        if event.is_set() or seconds <= 0:
            return event.is_set()
        waits = {asyncio.ensure_future(event.wait()), asyncio.ensure_future(self.sleep(seconds))}
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for wait in waits:
                wait.cancel()
            await asyncio.gather(*waits, return_exceptions=True)
        return event.is_set()


class RunningClock(Clock):
    """The machine's time plus what `advance` has added to it."""

    def __init__(self) -> None:
        self._ahead = 0.0
        self._waits: set[asyncio.Timeout] = set()

    def now(self) -> float:
        return time.time() + self._ahead

    async def sleep(self, seconds: float) -> None:
        await self.wait(asyncio.Event(), seconds)

    async def wait(self, event: asyncio.Event, seconds: float) -> bool:
        """One timer, which a jump of the clock brings forward: presses by the thousand wait here."""
        until = self.now() + seconds
        while not event.is_set() and (left := until - self.now()) > 0:
            try:
                async with asyncio.timeout(left) as patience:
                    self._waits.add(patience)
                    await event.wait()
            except TimeoutError:
                continue
            finally:
                self._waits.discard(patience)
        return event.is_set()

    async def advance(self, seconds: float) -> None:
        self._ahead += seconds
        soon = asyncio.get_running_loop().time()
        for patience in self._waits:
            if not patience.expired():
                patience.reschedule(soon)
        await let_others_run()


class VirtualClock(Clock):
    """Stands still until `advance`; sleepers wake in the order of their time, each at its own time."""

    def __init__(self, start: float = 1_700_000_000.0) -> None:
        self._now = start
        self._sleepers: list[tuple[float, int, asyncio.Future[None]]] = []
        self._count = itertools.count()

    def now(self) -> float:
        return self._now

    async def sleep(self, seconds: float) -> None:
        if seconds <= 0:
            await asyncio.sleep(0)
            return
        wake: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heapq.heappush(self._sleepers, (self._now + seconds, next(self._count), wake))
        await wake

    async def advance(self, seconds: float) -> None:
        until = self._now + seconds
        await let_others_run()
        while self._sleepers and self._sleepers[0][0] <= until:
            at, _, wake = heapq.heappop(self._sleepers)
            self._now = max(self._now, at)
            if not wake.done():
                wake.set_result(None)
                await let_others_run()
        self._now = until
        await let_others_run()


async def let_others_run(turns: int = 20) -> None:
    """Give tasks that are ready the turns they need to reach their next wait."""
    for _ in range(turns):
        await asyncio.sleep(0)
