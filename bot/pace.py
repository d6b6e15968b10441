"""How fast we write: so many messages a second, a pause for everybody after a flood, patience while the line is down."""

import asyncio
import time


class Pace:
    """Slots at `per_second`; a flood pauses all of them, lowers the pace, and it recovers slowly."""

    def __init__(self, per_second: float) -> None:
        self._agreed = per_second
        self._now = per_second
        self._next = 0.0
        self._lock = asyncio.Lock()

    @property
    def per_second(self) -> float:
        """The pace of this moment."""
        return self._now

    async def slot(self) -> None:
        """Wait for one's turn to write."""
        if not self._lock.locked() and self._next <= time.monotonic():
            self._take()
            return
        async with self._lock:
            delay = self._next - time.monotonic()
            if delay > 0:
                await asyncio.sleep(delay)
            self._take()

    def _take(self) -> None:
        self._next = max(self._next, time.monotonic()) + 1 / self._now
        self._now = min(self._agreed, self._now * 1.01)

    def flooded(self, seconds: float) -> None:
        """Telegram asks everybody to wait: nobody writes before, and then more slowly."""
        self._next = max(self._next, time.monotonic() + seconds)
        self._now = max(1.0, self._now * 0.7)


class Patience:
    """While calls fail, wait 1, 2, 4… up to 30 seconds between attempts; the first success forgets it."""

    def __init__(self, longest: float = 30.0) -> None:
        self._longest = longest
        self._wait = 0.0

    def succeeded(self) -> None:
        """The line works."""
        self._wait = 0.0

    async def failed(self, at_least: float = 0.0) -> None:
        """One more failure: wait before the next attempt."""
        self._wait = min(self._longest, max(1.0, self._wait * 2))
        await asyncio.sleep(max(self._wait, at_least))
