"""Writes to many members at the agreed pace, without ever delaying a reply; a kill forgets nobody."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from telegram.error import TelegramError

from bot.calls import Call
from bot.connection import Line
from bot.outcomes import outcome_of
from bot.pace import Pace
from participation.model.message import Delivery, Fate, Outcome
from participation.ports import Clock, Store, Transaction

LANES = 3
BATCH = 8
"""Three lanes of eight: what is in flight, and the most a kill may repeat."""
MOST_ATTEMPTS = 5
AFTER_A_KILL = 2

Draw = Callable[[Transaction, Delivery, datetime], Call | None]
"""What a delivery says when it leaves; None when it has no more purpose."""


class Broadcaster:
    """Drains the deliveries: claim, draw from what is true now, send, settle."""

    def __init__(self, store: Store, clock: Clock, line: Line, draw: Draw, pace: Pace) -> None:
        self._store = store
        self._clock = clock
        self._line = line
        self._draw = draw
        self._pace = pace
        self._bell = asyncio.Event()

    def wake(self) -> None:
        """Something may be waiting."""
        self._bell.set()

    async def run(self) -> None:
        """Send until cancelled. Claims an earlier process did not settle are sent again once."""
        await self._store.write(lambda tx: tx.deliveries.resume(self._clock.now(), AFTER_A_KILL))
        async with asyncio.TaskGroup() as lanes:
            for _ in range(LANES):
                lanes.create_task(self._lane())

    async def _lane(self) -> None:
        while True:
            taken = await self._store.write(lambda tx: tx.deliveries.take(BATCH, self._clock.now()))
            if taken:
                await self._send_all(taken)
            else:
                await self._rest()

    async def _rest(self) -> None:
        self._bell.clear()
        try:
            await asyncio.wait_for(self._bell.wait(), timeout=1.0)
        except TimeoutError:
            return

    async def _send_all(self, taken: Sequence[Delivery]) -> None:
        calls = await self._store.read(lambda tx: [self._draw(tx, d, self._clock.now()) for d in taken])
        sent = await asyncio.gather(*(self._send(d, call) for d, call in zip(taken, calls, strict=True)))
        outcomes = {delivery.id: outcome for delivery, outcome in zip(taken, sent, strict=True)}
        await self._store.write(lambda tx: tx.deliveries.settle(outcomes, self._clock.now()))

    async def _send(self, delivery: Delivery, call: Call | None) -> Outcome:
        if call is None:
            return Outcome(Fate.STALE)
        await self._pace.slot()
        try:
            message = await self._line.call(call)
        except TelegramError as problem:
            return self._missed(delivery, outcome_of(problem))
        receipt = message.get("message_id") if isinstance(message, dict) else None
        return Outcome(Fate.TOLD, receipt=receipt)

    def _missed(self, delivery: Delivery, outcome: Outcome) -> Outcome:
        if outcome.problem == "flood":
            self._pace.flooded(outcome.pause.total_seconds())
        if outcome.fate is not Fate.WAITING:
            return outcome
        if delivery.attempts >= MOST_ATTEMPTS:
            return Outcome(Fate.FAILED, problem=outcome.problem)
        backoff = timedelta(seconds=2**delivery.attempts)
        return Outcome(Fate.WAITING, problem=outcome.problem, pause=max(outcome.pause, backoff))
