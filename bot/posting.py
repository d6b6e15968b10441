"""Sends the answers to updates: drawn and committed before, they leave in order for each chat and survive a kill."""

import asyncio
import contextlib
import logging
from collections import deque
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

from telegram.error import TelegramError

from bot.calls import Call
from bot.connection import Line
from bot.flights import Flights, insist
from bot.outcomes import fate_of
from bot.pace import Patience
from bot.reachability import mark_unreachable
from bot.responses import Responses
from participation.model.message import Fate, Outcome, Reply
from participation.ports import Clock, Store, Transaction

log = logging.getLogger(__name__)

BATCH = 100
MOST_OUT = 1000
"""Replies claimed and not yet gone, at most. A kill repeats those that were in the air or gone and not settled, and what
was given in responses not long before."""
SETTLE_SECONDS = 0.1
"""Answers and edits may be repeated without harm: that they are gone is written together. A message's, at once."""
SETTLE_TOGETHER = 500


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
        self._responses = Responses()
        self._settled: list[int] = []
        self._out = 0
        self._is_flowing = False
        self._later: asyncio.TimerHandle | None = None
        self._is_stopping = False

    def has_room(self) -> bool:
        """Asked inside a unit of work. Once replies wait in the tray, the following ones do too: none overtakes another."""
        if self._out >= MOST_OUT or self._is_stopping:
            self._is_flowing = False
        return self._is_flowing

    def hold(self) -> None:
        """Told inside a unit of work that fills the tray without us: until it is empty, nobody's replies go past it."""
        self._is_flowing = False

    def send(self, replies: Sequence[Reply]) -> None:
        """Send these, claimed for us by a commit. Leaving, we do not: they wait for the next start."""
        if not self._is_stopping:
            for reply in replies:
                self._line_up(reply)

    def gave(self, press: object, reply: Reply) -> None:
        """This one left in the response to the press: it stays in the tray until it has surely arrived."""
        self._responses.keep(press, reply)

    def said(self, press: object) -> Reply | None:
        """What was given in response to this press, when Telegram repeats it for not having read it."""
        return self._responses.of(press)

    def wake(self) -> None:
        """Something is in the tray."""
        self._bell.set()

    async def run(self) -> None:
        """Send until cancelled. What an earlier process claimed and did not settle goes back in the tray first."""
        await self._keep(lambda tx: tx.replies.resume())
        self._is_stopping = False
        try:
            while True:
                await self._turn()
        finally:
            await self._finish()

    async def _turn(self) -> None:
        self._bell.clear()
        if self._later is not None:
            self._later.cancel()
            self._later = None
        room = min(BATCH, MOST_OUT - self._out)
        self._settled += self._responses.ripe()
        settled = tuple(self._settled)
        try:
            taken = await self._store.write(lambda tx: self._settle_and_take(tx, settled, room))
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

    def _settle_and_take(self, tx: Transaction, settled: Sequence[int], room: int) -> Sequence[Reply]:
        if settled:
            tx.replies.sent(settled)
        taken = tx.replies.take(room, self._clock.now()) if room > 0 else ()
        self._is_flowing = len(taken) < room
        return taken

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
        # Not wait_for: before Python 3.12 it may swallow a cancellation that comes together with the bell.
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(1.0):
                await self._bell.wait()

    def _line_up(self, reply: Reply) -> None:
        self._out += 1
        key: object = ("press", reply.id) if reply.lane == "answer" else reply.address
        if key in self._lanes:
            self._join(self._lanes[key], reply)
            return
        self._lanes[key] = deque([reply])
        self._flights.start(self._send_lane(key))

    def _join(self, lane: deque[Reply], reply: Reply) -> None:
        """Take one's place; a newer text of a message replaces the one that has not left."""
        last = lane[-1]
        if len(lane) > 1 and reply.key is not None and last.key == reply.key:
            self._settle(lane.pop())
        lane.append(reply)

    async def _send_lane(self, key: object) -> None:
        lane = self._lanes[key]
        try:
            while lane:
                outcome = await self._send_in_turn(lane[0])
                if outcome is None:
                    return
                if outcome.fate is Fate.WAITING:
                    await self._put_back(lane, outcome)
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
        if reply.lane == "message" or len(self._settled) >= SETTLE_TOGETHER:
            self._bell.set()
        elif self._later is None:
            self._later = asyncio.get_running_loop().call_later(SETTLE_SECONDS, self._bell.set)

    async def _send(self, reply: Reply) -> Outcome:
        call = Call.from_json(reply.body)
        try:
            await self._line.call(call, await self._files(call))
        except TelegramError as problem:
            return _told(fate_of(problem, reply.attempts, line_works=self._line.is_up))
        return Outcome(Fate.TOLD)

    async def _files(self, call: Call) -> dict[str, tuple[str, bytes]]:
        if call.attachment is None:
            return {}
        name, picture_id = call.attachment
        picture = await insist(lambda: self._store.read(lambda tx: tx.pictures.get(picture_id)), self._store_trouble)
        return {name: picture} if picture else {}

    async def _put_back(self, lane: deque[Reply], outcome: Outcome) -> None:
        """The line is down, or Telegram asks to wait: these, and those that join meanwhile, stay in the tray in order."""
        moment = self._clock.now() + outcome.pause
        tried = lane[0] if outcome.counts else None
        while those := tuple(lane):
            await self._keep(partial(self._again, replies=those, moment=moment, tried=tried))
            for reply in those:
                if lane and lane[0] is reply:  # meanwhile a newer text may have taken the place of the last one
                    lane.popleft()
                    self._out -= 1

    def _again(self, tx: Transaction, replies: Sequence[Reply], moment: datetime, tried: Reply | None) -> None:
        """Only the one that was `tried` has had an attempt."""
        self._is_flowing = False
        for reply in replies:
            tx.replies.again(reply.id, moment, counts=reply is tried)

    async def _lose(self, reply: Reply) -> None:
        now = self._clock.now()
        await self._keep(lambda tx: mark_unreachable(tx, reply.address, now))

    async def _keep(self, unit: Callable[[Transaction], object]) -> None:
        await insist(lambda: self._store.write(unit), self._store_trouble)


def _told(outcome: Outcome) -> Outcome:
    """One refused for our own fault, or given up, is told to the log."""
    if outcome.fate is Fate.FAILED and not _harmless(outcome.problem):
        log.warning("a reply was refused: %s", outcome.problem)
    return outcome


def _harmless(problem: str) -> bool:
    """Refusals that tell us nothing new: the ballot is right already, or the press is too old to be answered."""
    said = problem.lower()
    return "not modified" in said or "query is too old" in said or "message to edit not found" in said
