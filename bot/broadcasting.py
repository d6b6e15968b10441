"""Writes to many members at the agreed pace, without ever delaying a reply; a kill forgets nobody."""

import asyncio
import contextlib
import logging
from collections.abc import Callable, Sequence
from datetime import datetime

from telegram.error import TelegramError

from bot.calls import Call
from bot.connection import HeldBack, Line
from bot.flights import Flights, insist
from bot.outcomes import fate_of
from bot.pace import Pace, Patience
from participation.model.message import Delivery, Fate, Outcome
from participation.ports import Clock, Store, Transaction

log = logging.getLogger(__name__)

IN_FLIGHT = 24
"""Messages sent and not settled: with the pace, what a kill may repeat is about the pace times the delay of a call."""
AT_ONCE = 0.01
"""Seconds' worth of messages claimed together: one up to a hundred a second, so that what is claimed leaves at once."""

Draw = Callable[[Transaction, Delivery, datetime], Call | None]
"""What a delivery says when it leaves; None when it has no more purpose."""

Drawn = Sequence[tuple[Delivery, Call | Outcome]]
"""With the call to make, or what becomes of it without one."""


class Broadcaster:
    """Drains the deliveries: wait for the pace, claim, draw from what is true now, send, settle."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        line: Line,
        draw: Draw,
        pace: Pace,
        store_trouble: type[Exception],
        in_flight: int = IN_FLIGHT,
    ) -> None:
        self._store = store
        self._clock = clock
        self._line = line
        self._draw = draw
        self._pace = pace
        self._store_trouble = store_trouble
        self._bell = asyncio.Event()
        self._in_flight = in_flight
        self._room = asyncio.Semaphore(in_flight)
        self._flights = Flights()
        self._patience = Patience()
        self._landed: dict[int, Outcome] = {}
        self._unsent: set[int] = set()
        """Claimed, and not on their way yet."""

    def wake(self) -> None:
        """Something may be waiting."""
        self._bell.set()

    async def run(self) -> None:
        """Send until cancelled. Claims an earlier process did not settle are sent again once."""
        await self._keep(lambda tx: tx.deliveries.resume(self._clock.now()))
        try:
            while True:
                await self._turn()
        finally:
            await self._flights.land()
            with contextlib.suppress(self._store_trouble):
                await self._store.write(lambda tx: tx.deliveries.release(self._unsent))

    async def _turn(self) -> None:
        """Claimed after the slot and the room are there: a kill finds few claims open, and each of them on its way."""
        self._bell.clear()
        async with self._room:
            await self._pace.slot()
        try:
            claimed = await self._store.write(self._claim)
        except self._store_trouble as problem:
            log.error("broadcasts wait: the database is not available (%s)", problem)
            await self._patience.failed()
            return
        self._patience.succeeded()
        for number, (delivery, call) in enumerate(claimed):
            if number and isinstance(call, Call):
                await self._pace.slot()
            await self._room.acquire()
            self._flights.start(self._fly(delivery, call))
        if not claimed:
            await self._rest()

    def _claim(self, tx: Transaction) -> Drawn:
        now = self._clock.now()
        size = min(self._in_flight, max(1, round(self._pace.per_second * AT_ONCE)))
        taken = tx.deliveries.take(size, now)
        self._unsent.update(delivery.id for delivery in taken)  # here: a stop may come before we hear of the commit
        return [(delivery, self._drawn(tx, delivery, now)) for delivery in taken]

    def _drawn(self, tx: Transaction, delivery: Delivery, now: datetime) -> Call | Outcome:
        """One delivery in its own savepoint: a bug in it costs this member one message, and the others nothing."""
        try:
            with tx.savepoint():
                return self._draw(tx, delivery, now) or Outcome(Fate.STALE)
        except tx.failures:
            raise
        except Exception as problem:
            log.exception("the delivery %s could not be drawn", delivery.id)
            return Outcome(Fate.FAILED, problem=f"not drawn: {type(problem).__name__}")

    async def _fly(self, delivery: Delivery, call: Call | Outcome) -> None:
        self._unsent.discard(delivery.id)
        try:
            outcome = await self._send(delivery, call)
        except BaseException as problem:
            if isinstance(problem, HeldBack):
                self._unsent.add(delivery.id)
            self._room.release()
            raise
        if not self._landed:
            self._flights.start(self._keep_landed())
        self._landed[delivery.id] = outcome

    async def _keep_landed(self) -> None:
        """What landed in the same turn of the event loop is kept together; only then is there room for others."""
        landed, self._landed = self._landed, {}
        try:
            await self._keep(lambda tx: tx.deliveries.settle(landed, self._clock.now()))
        finally:
            for _ in landed:
                self._room.release()

    async def _keep(self, unit: Callable[[Transaction], object]) -> None:
        await insist(lambda: self._store.write(unit), self._store_trouble)

    async def _rest(self) -> None:
        # Not wait_for: before Python 3.12 it may swallow a cancellation that comes together with the bell.
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(1.0):
                await self._bell.wait()

    async def _send(self, delivery: Delivery, call: Call | Outcome) -> Outcome:
        if isinstance(call, Outcome):
            return call
        try:
            message = await self._line.call(call)
        except TelegramError as problem:
            outcome = fate_of(problem, delivery.attempts, line_works=self._line.is_up)
            if outcome.problem == "flood":
                self._pace.flooded(outcome.pause.total_seconds())
            return outcome
        receipt = message.get("message_id") if isinstance(message, dict) else None
        return Outcome(Fate.TOLD, receipt=receipt)
