"""Sends the answers to updates: drawn and committed before, they leave in order for each chat and survive a kill."""

import asyncio
import contextlib
import logging
from collections import deque
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from telegram.error import TelegramError

from bot.calls import Call
from bot.connection import Line
from bot.flights import Flights, insist
from bot.outcomes import outcome_of
from bot.pace import Patience
from bot.reachability import mark_unreachable
from participation.model.message import Fate, Outcome, Reply
from participation.ports import Clock, Store, Transaction

log = logging.getLogger(__name__)

BATCH = 100
MOST_OUT = 400
"""Replies claimed and not yet settled: what a kill may repeat, at most."""
MOST_ATTEMPTS = 8


class Poster:
    """Drains the tray of replies. Each chat has its own lane, in order; a press is answered without waiting for any."""

    def __init__(
        self, store: Store, clock: Clock, line: Line, store_trouble: type[Exception], in_flight: int = 64
    ) -> None:
        self._store = store
        self._clock = clock
        self._line = line
        self._store_trouble = store_trouble
        self._slots = asyncio.Semaphore(in_flight)
        self._bell = asyncio.Event()
        self._lanes: dict[object, deque[Reply]] = {}
        self._flights = Flights()
        self._patience = Patience()
        self._settled: list[int] = []
        self._out = 0
        self._is_stopping = False

    def wake(self) -> None:
        """Something is in the tray."""
        self._bell.set()

    async def run(self) -> None:
        """Send until cancelled. What an earlier process claimed and did not settle goes back in the tray first."""
        self._is_stopping = False
        await self._keep(lambda tx: tx.replies.resume())
        try:
            while True:
                await self._turn()
        finally:
            await self._finish()

    async def _turn(self) -> None:
        self._bell.clear()
        room = min(BATCH, MOST_OUT - self._out)
        settled = tuple(self._settled)
        try:
            taken = await self._store.write(lambda tx: _settle_and_take(tx, settled, room, self._clock.now()))
        except self._store_trouble as problem:
            log.error("replies wait: the database is not available (%s)", problem)
            await self._patience.failed()
            return
        self._patience.succeeded()
        del self._settled[: len(settled)]
        for reply in taken:
            self._line_up(reply)
        if len(taken) < room or room <= 0:
            await self._rest()

    async def _finish(self) -> None:
        """A polite stop repeats nothing: what is being sent arrives, and that it did is kept."""
        self._is_stopping = True
        await self._flights.land()
        settled = tuple(self._settled)
        with contextlib.suppress(self._store_trouble):
            await self._store.write(lambda tx: tx.replies.sent(settled))
            del self._settled[: len(settled)]

    async def _rest(self) -> None:
        """Wait for the bell, looking now and then at the tray for what was put back with a delay."""
        try:
            await asyncio.wait_for(self._bell.wait(), timeout=1.0)
        except TimeoutError:
            return

    def _line_up(self, reply: Reply) -> None:
        self._out += 1
        key: object = ("press", reply.id) if reply.lane == "answer" else reply.address
        if key in self._lanes:
            self._lanes[key].append(reply)
            return
        self._lanes[key] = deque([reply])
        self._flights.start(self._send_lane(key))

    async def _send_lane(self, key: object) -> None:
        lane = self._lanes[key]
        try:
            while lane:
                outcome = await self._send_in_turn(lane[0])
                if outcome is None:
                    return
                if outcome.fate is Fate.WAITING:
                    await self._put_back(tuple(lane), outcome)
                    return
                if outcome.fate is Fate.UNREACHABLE:
                    await self._lose(lane[0])
                self._settle(lane.popleft())
        finally:
            self._out -= len(lane)
            del self._lanes[key]

    async def _send_in_turn(self, reply: Reply) -> Outcome | None:
        """Send it once there is room; None when we are leaving: it waits for the next start."""
        async with self._slots:
            return None if self._is_stopping else await self._send(reply)

    def _settle(self, reply: Reply) -> None:
        self._out -= 1
        self._settled.append(reply.id)
        self._bell.set()

    async def _send(self, reply: Reply) -> Outcome:
        call = Call.from_json(reply.body)
        try:
            await self._line.call(call, await self._files(call))
        except TelegramError as problem:
            return _last_attempt(reply, outcome_of(problem))
        return Outcome(Fate.TOLD)

    async def _files(self, call: Call) -> dict[str, tuple[str, bytes]]:
        if call.attachment is None:
            return {}
        name, picture_id = call.attachment
        picture = await insist(lambda: self._store.read(lambda tx: tx.pictures.get(picture_id)), self._store_trouble)
        return {name: picture} if picture else {}

    async def _put_back(self, replies: Sequence[Reply], outcome: Outcome) -> None:
        """The line is down, or Telegram asks to wait: these stay in the tray, in their order."""
        backoff = timedelta(seconds=min(30, 2 ** replies[0].attempts))
        moment = self._clock.now() + max(outcome.pause, backoff)
        await self._keep(lambda tx: _again(tx, replies, moment))

    async def _lose(self, reply: Reply) -> None:
        now = self._clock.now()
        await self._keep(lambda tx: mark_unreachable(tx, reply.address, now))

    async def _keep(self, unit: Callable[[Transaction], object]) -> None:
        await insist(lambda: self._store.write(unit), self._store_trouble)


def _settle_and_take(tx: Transaction, settled: Sequence[int], room: int, now: datetime) -> Sequence[Reply]:
    if settled:
        tx.replies.sent(settled)
    return tx.replies.take(room, now) if room > 0 else ()


def _again(tx: Transaction, replies: Sequence[Reply], moment: datetime) -> None:
    for reply in replies:
        tx.replies.again(reply.id, moment)


def _last_attempt(reply: Reply, outcome: Outcome) -> Outcome:
    """A reply that has waited for too long is given up; one refused for our own fault is told to the log."""
    if outcome.fate is Fate.WAITING and reply.attempts >= MOST_ATTEMPTS:
        outcome = Outcome(Fate.FAILED, problem=outcome.problem)
    if outcome.fate is Fate.FAILED and not _harmless(outcome.problem):
        log.warning("a reply was refused: %s", outcome.problem)
    return outcome


def _harmless(problem: str) -> bool:
    """Refusals that tell us nothing new: the ballot is right already, or the press is too old to be answered."""
    said = problem.lower()
    return "not modified" in said or "query is too old" in said or "message to edit not found" in said
