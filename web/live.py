"""What moves by itself: after a commit, one query and one serialisation serve every page that shows the same thing."""

import asyncio
import itertools
import logging
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import datetime

import orjson

from participation.ports import Clock, Store, Touched, Transaction
from web.packing import packed

log = logging.getLogger(__name__)

SPACING = 1.0
"""Seconds between two queries for the same thing, however many commits and viewers there are."""
REST = 4.0
"""How many times what a drawing cost passes before the next one: a wall of 100 000 ideas leaves the processor to the votes."""
LONGEST_REST = 5.0
LINGER = 5.0
"""Seconds a view stays at hand after its last viewer left: a page that reloads finds it warm."""
LONGEST_NAP = 30.0


@dataclass(frozen=True, slots=True)
class Drawn:
    """Something as it stands: the state to show, and what would change it."""

    state: Mapping[str, object]
    activities: frozenset[int] = frozenset()
    workshops: frozenset[int] = frozenset()
    wakes_at: datetime | None = None
    """When the clock alone changes it (an opening, a deadline)."""


Draw = Callable[[Transaction], Drawn]


@dataclass(frozen=True, slots=True)
class Frame:
    """A state, serialised once for all its viewers."""

    tick: int
    """Drawn from a state at least as fresh as every change whose own tick is smaller."""
    drawn: Drawn
    event: bytes
    packed: bytes
    """The same, compressed."""
    cost: float = 0.0
    """Processor seconds it took."""


class TooManyViewers(Exception):
    """More open pages than this server takes."""


class Viewer:
    """One open page. It holds no queue: a slow one skips to the newest state."""

    def __init__(self, channel: "Channel") -> None:
        self._channel = channel
        self._seen: Frame | None = None
        self.news = asyncio.Event()

    async def next(self, seconds: float) -> Frame | None:
        """The newest state not shown yet; None after `seconds` without any. What the first drawing raises is raised here."""
        if self._channel.frame is self._seen:
            await self._wait(seconds)
        self.news.clear()
        frame = self._channel.frame
        if frame is self._seen:
            return None
        self._seen = frame
        return frame

    @property
    def is_over(self) -> bool:
        """Whether nothing will come any more: the page has to come back by itself."""
        return self._channel.task.done()

    async def _wait(self, seconds: float) -> None:
        news = asyncio.ensure_future(self.news.wait())
        try:
            await asyncio.wait({news, self._channel.task}, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        finally:
            news.cancel()
        if self._channel.task.done() and self._seen is None and not self._channel.task.cancelled():
            self._channel.task.result()


class Channel:
    """One thing that is watched: redrawn when a commit or the clock changed it, while somebody looks."""

    def __init__(self, hub: "Hub", draw: Draw) -> None:
        self._hub = hub
        self._draw = draw
        self._dirty = asyncio.Event()
        self._dirty.set()
        self._watched = asyncio.Event()
        self.viewers: set[Viewer] = set()
        self.frame: Frame | None = None
        self.task = asyncio.create_task(self._live())

    def concerns(self, touched: Touched) -> bool:
        """Whether this commit changes what is shown (unknown before the first drawing: then yes)."""
        if self.frame is None:
            return True
        shown = self.frame.drawn
        return not (shown.activities.isdisjoint(touched.activities) and shown.workshops.isdisjoint(touched.workshops))

    def mark(self) -> None:
        """To be drawn again."""
        self._dirty.set()

    def enter(self, viewer: Viewer) -> None:
        if not self.viewers and (self._dirty.is_set() or self._clock_struck()):
            self.frame = None  # nobody looked while it changed: whoever comes now waits for the fresh one
            self._dirty.set()
        self.viewers.add(viewer)
        self._watched.set()

    def leave(self, viewer: Viewer) -> None:
        self.viewers.discard(viewer)
        if not self.viewers:
            self._watched.clear()

    async def _live(self) -> None:
        while True:
            await self._due()
            self._dirty.clear()
            self.frame = await self._hub.draw(self._draw)
            for viewer in self.viewers:
                viewer.news.set()
            await asyncio.sleep(self._hub.rest_after(self.frame))

    async def _due(self) -> None:
        """Wait until it is watched and out of date."""
        await self._watched.wait()
        while not self._dirty.is_set() and not self._clock_struck():
            with suppress(TimeoutError):
                async with asyncio.timeout(self._nap()):
                    await self._dirty.wait()
        await self._watched.wait()

    def _clock_struck(self) -> bool:
        wakes_at = self.frame.drawn.wakes_at if self.frame else None
        return wakes_at is not None and self._hub.clock.now() >= wakes_at

    def _nap(self) -> float:
        wakes_at = self.frame.drawn.wakes_at if self.frame else None
        if wakes_at is None:
            return LONGEST_NAP
        return min(LONGEST_NAP, max(0.0, (wakes_at - self._hub.clock.now()).total_seconds()) + 0.02)


class Hub:
    """All that is watched at the moment."""

    def __init__(
        self, store: Store, clock: Clock, *, spacing: float = SPACING, linger: float = LINGER, most_viewers: int = 2000
    ) -> None:
        self._store = store
        self.clock = clock
        self.spacing = spacing
        self._linger = linger
        self._most_viewers = most_viewers
        self._ticks = itertools.count(1)
        self._channels: dict[str, Channel] = {}
        self._viewers = 0

    def start(self) -> None:
        """Follow the store's commits; called once, in the event loop that serves the pages."""
        loop = asyncio.get_running_loop()

        def heard(touched: Touched) -> None:
            # Called by the writer's thread; a loop that is gone has nobody to tell.
            with suppress(RuntimeError):
                loop.call_soon_threadsafe(self._mark, touched)

        self._store.listen(heard)

    async def stop(self) -> None:
        """Let every viewer go: their pages come back by themselves when the server does."""
        tasks = [channel.task for channel in self._channels.values()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._channels.clear()

    def changed(self, activity_id: int) -> None:
        """Something that no commit tells has changed what is shown of this activity; called in the event loop."""
        for channel in self._channels.values():
            if channel.frame is None or activity_id in channel.frame.drawn.activities:
                channel.mark()

    def tick(self) -> int:
        """A number greater than that of every state drawn so far."""
        return next(self._ticks)

    def rest_after(self, frame: Frame) -> float:
        """How long to wait before the next drawing of the same thing."""
        return max(self.spacing, min(LONGEST_REST, REST * frame.cost))

    @property
    def viewers(self) -> int:
        """Pages open at the moment."""
        return self._viewers

    @asynccontextmanager
    async def watch(self, key: str, draw: Draw) -> AsyncIterator[Viewer]:
        """Look at something for a while; `draw` is used by whoever comes first, so `key` must name all it depends on."""
        if self._viewers >= self._most_viewers:
            raise TooManyViewers()
        channel = self._channel(key, draw)
        viewer = Viewer(channel)
        channel.enter(viewer)
        self._viewers += 1
        try:
            yield viewer
        finally:
            self._viewers -= 1
            channel.leave(viewer)
            asyncio.get_running_loop().call_later(self._linger, self._forget, key, channel)

    async def glance(self, key: str, draw: Draw, seconds: float = 10.0) -> Frame:
        """The state as it stands, shared with those who watch it."""
        async with self.watch(key, draw) as viewer:
            frame = await viewer.next(seconds)
            if frame is None:
                raise TimeoutError(f"{key} was not drawn in {seconds} s")
            return frame

    async def draw(self, draw: Draw) -> Frame:
        """One query, one serialisation, one compression, all off the event loop."""
        tick = self.tick()

        def unit(tx: Transaction) -> Frame:
            began = time.thread_time()
            drawn = draw(tx)
            body = orjson.dumps({**drawn.state, "tick": tick})
            event = b"id: %d\nevent: state\ndata: %b\n\n" % (tick, body)
            return Frame(tick, drawn, event, packed(event), time.thread_time() - began)

        return await self._store.read(unit)

    def _channel(self, key: str, draw: Draw) -> Channel:
        channel = self._channels.get(key)
        if channel is None or channel.task.done():
            channel = Channel(self, draw)
            channel.task.add_done_callback(_ended)
            self._channels[key] = channel
        return channel

    def _mark(self, touched: Touched) -> None:
        for channel in self._channels.values():
            if channel.concerns(touched):
                channel.mark()

    def _forget(self, key: str, channel: Channel) -> None:
        if channel.viewers:
            return
        channel.task.cancel()
        if self._channels.get(key) is channel:
            del self._channels[key]


def _ended(task: asyncio.Task[None]) -> None:
    """A view that can no longer be drawn: said once here; its viewers come back and are told why."""
    if not task.cancelled() and task.exception() is not None:
        log.info("a live view ended: %r", task.exception())
