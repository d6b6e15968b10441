"""Rings a bell when an activity must open or close. The database is the schedule; a bell that rings twice or late is harmless."""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from participation.actions.activities import turn
from participation.actions.recovering import recover
from participation.ports import Clock, Store, Touched, Transaction

log = logging.getLogger(__name__)

SWEEP_SECONDS = 30
"""However the bells fared, everything due is found within this."""
BEAT_SECONDS = 10
BEAT = timedelta(seconds=1.5 * BEAT_SECONDS)
"""Between two beats, at most; more is an outage."""
TIDY_HOURS = 6
KEPT = timedelta(days=3)
"""Traces of messages are kept this long: more than the day Telegram repeats an update, no longer than needed to repair."""
NEXT = "next"


class Alarms:
    """One bell set at the next opening or closing found in the database, set again after every commit that moved one."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        store_trouble: type[Exception],
        hears: Callable[[], bool] = lambda: True,
        watch: Callable[[Transaction, datetime], object] = lambda _tx, _now: None,
    ) -> None:
        """`hears`: whether answers reach us at this moment; while they do not, nothing is closed and no beat given.

        `watch` is a unit of work done at every sweep: what nobody asks for and somebody should be told.
        """
        self._watch = watch
        self._store = store
        self._hears = hears
        self._clock = clock
        self._store_trouble = store_trouble
        self._changed = asyncio.Event()
        self._scheduler = _new_scheduler()
        store.listen(self._heard)
        self._loop: asyncio.AbstractEventLoop | None = None

    async def recover(self) -> None:
        """Before anything is taken in: what the time since the last beat may have cost is repaired first."""
        await self._store.write(lambda tx: recover(tx, self._clock.now()))

    async def run(self) -> None:
        """Act on what is due now (a restart may have slept through it), then on every bell, until cancelled."""
        self._loop = asyncio.get_running_loop()
        self._scheduler = _new_scheduler()
        self._every(self._ring, seconds=SWEEP_SECONDS)
        self._every(self.beat, seconds=BEAT_SECONDS)
        self._every(self.watch, seconds=SWEEP_SECONDS)
        self._every(self._tidy, hours=TIDY_HOURS)
        self._scheduler.start()
        await self._tidy()
        try:
            while True:
                self._changed.clear()
                await self.act()
                await self._changed.wait()
        finally:
            self._scheduler.shutdown(wait=False)

    def _every(self, act: Callable[[], Awaitable[None]], **span: int) -> None:
        self._scheduler.add_job(_unless_stopped, "interval", args=[act], **span)

    async def _ring(self) -> None:
        """A coroutine, so that the scheduler calls it here: plain functions go to a thread, where an event wakes nobody."""
        self._changed.set()

    def _heard(self, touched: Touched) -> None:
        """Launching, closing and reopening touch the workshop. Called from the writer's thread."""
        if touched.workshops and self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._changed.set)

    async def _tidy(self) -> None:
        """Forget what has served: raw updates, texts of deliveries, pictures sent, codes out of date."""
        with contextlib.suppress(self._store_trouble):
            await self._store.write(lambda tx: _forget_old(tx, self._clock.now()))

    async def watch(self) -> None:
        """Look around."""
        with contextlib.suppress(self._store_trouble):
            await self._store.write(lambda tx: self._watch(tx, self._clock.now()))

    async def beat(self) -> None:
        """A beat that is not given looks like an outage, rightly: the first one after it repairs."""
        if not self._hears():
            return
        with contextlib.suppress(self._store_trouble):
            await self._store.write(lambda tx: recover(tx, self._clock.now(), BEAT))

    async def act(self) -> None:
        """Open and close what is due, and set the next bell."""
        if not self._hears():
            return  # a deadline that passes unheard is extended by the first beat; the sweep comes back
        try:
            now = self._clock.now()
            await self._store.write(lambda tx: turn(tx, now))
            upcoming = await self._store.read(lambda tx: tx.activities.next_turn(now))
        except self._store_trouble as problem:
            log.error("openings and closings wait: the database is not available (%s)", problem)
            return
        if upcoming is not None:
            self._set(upcoming)

    def _set(self, moment: datetime) -> None:
        # A hair after the moment: a bell that rings early would find nothing due and wait for the sweep.
        at = moment + timedelta(milliseconds=5)
        self._scheduler.add_job(self._ring, "date", run_date=at, id=NEXT, replace_existing=True)


async def _unless_stopped(act: Callable[[], Awaitable[None]]) -> None:
    """A job that a polite stop interrupts is no failure; the scheduler would log one."""
    with contextlib.suppress(asyncio.CancelledError):
        await act()


def _forget_old(tx: Transaction, now: datetime) -> None:
    tx.people.forget_old(now - KEPT)
    tx.passes.drop_expired(now)


def _new_scheduler() -> AsyncIOScheduler:
    """Nothing is kept in it: no job store, so no pickles, and no missed job is dropped."""
    return AsyncIOScheduler(
        timezone="UTC", job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
    )
