"""Rings a bell when an activity must open or close. The database is the schedule; a bell that rings twice or late is harmless."""

import asyncio
import contextlib
import logging
from datetime import datetime, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from participation.actions.activities import turn
from participation.actions.recovering import beat, recover
from participation.ports import Clock, Store, Touched, Transaction

log = logging.getLogger(__name__)

SWEEP_SECONDS = 30
"""However the bells fared, everything due is found within this."""
BEAT_SECONDS = 10
TIDY_HOURS = 6
KEPT = timedelta(days=3)
"""Traces of messages are kept this long: more than the day Telegram repeats an update, no longer than needed to repair."""
NEXT = "next"


class Alarms:
    """One bell set at the next opening or closing found in the database, set again after every commit that moved one."""

    def __init__(self, store: Store, clock: Clock, store_trouble: type[Exception]) -> None:
        self._store = store
        self._clock = clock
        self._store_trouble = store_trouble
        self._changed = asyncio.Event()
        self._scheduler = _new_scheduler()
        store.listen(self._heard)
        self._loop: asyncio.AbstractEventLoop | None = None

    async def run(self) -> None:
        """Act on what is due now (a restart may have slept through it), then on every bell, until cancelled."""
        self._loop = asyncio.get_running_loop()
        self._scheduler = _new_scheduler()
        self._scheduler.add_job(self._changed.set, "interval", seconds=SWEEP_SECONDS)
        self._scheduler.add_job(self._beat, "interval", seconds=BEAT_SECONDS)
        self._scheduler.add_job(self._tidy, "interval", hours=TIDY_HOURS)
        self._scheduler.start()
        await self._tidy()
        await self._store.write(lambda tx: recover(tx, self._clock.now()))
        try:
            while True:
                self._changed.clear()
                await self._act()
                await self._changed.wait()
        finally:
            self._scheduler.shutdown(wait=False)

    def _heard(self, touched: Touched) -> None:
        """Launching, closing and reopening touch the workshop. Called from the writer's thread."""
        if touched.workshops and self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._changed.set)

    async def _tidy(self) -> None:
        """Forget what has served: raw updates, texts of deliveries, pictures sent, codes out of date."""
        with contextlib.suppress(self._store_trouble):
            await self._store.write(lambda tx: _forget_old(tx, self._clock.now()))

    async def _beat(self) -> None:
        with contextlib.suppress(self._store_trouble):  # a beat that is not written looks like an outage, rightly
            await self._store.write(lambda tx: beat(tx, self._clock.now()))

    async def _act(self) -> None:
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
        self._scheduler.add_job(self._changed.set, "date", run_date=at, id=NEXT, replace_existing=True)


def _forget_old(tx: Transaction, now: datetime) -> None:
    tx.people.forget_old(now - KEPT)
    tx.passes.drop_expired(now)


def _new_scheduler() -> AsyncIOScheduler:
    """Nothing is kept in it: no job store, so no pickles, and no missed job is dropped."""
    return AsyncIOScheduler(
        timezone="UTC", job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
    )
