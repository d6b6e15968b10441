"""Takes updates in: kept, dealt with and answered in one commit; only then is Telegram told that we have them."""

import asyncio
import json
import logging
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol, TypeGuard

import orjson

from participation.model.journal import Fact
from participation.model.message import Reply
from participation.ports import Clock, Store, Transaction
from participation.ports.trays import Arrival

log = logging.getLogger(__name__)

MOST_FAILURES = 5
"""An update that fails this often is dead: kept, never tried again, and the operator is told."""

UPDATE_DIED = "update-died"
"""The journal's fact; `alarm` tells the organisers."""

Turn = Callable[[Transaction, dict[str, Any], datetime], None]
"""Deals with one raw update inside a transaction."""


class Outlet(Protocol):
    """Whoever sends replies: it takes them in memory, right after the commit that claimed them for it."""

    def has_room(self) -> bool:
        """Asked inside a unit of work: whether it takes replies now, or whether they must wait in the tray."""

    def hold(self) -> None:
        """Told inside a unit of work that puts replies in the tray: those of the next units wait behind them."""

    def send(self, replies: Sequence[Reply]) -> None:
        """They are committed, claimed: send them."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a batch: how many were new, which update died of its failures, what is to be said at once."""

    new: int
    dead: tuple[int, ...] = ()
    replies: Sequence[Reply] = ()


class Stumbled(Exception):
    """A turn failed by a bug of ours: the whole batch is undone, and dealt with again with more care."""


class Intake:
    """One door for polling and webhook alike."""

    def __init__(self, store: Store, clock: Clock, bot_id: int, turn: Turn, outlet: Outlet | None = None) -> None:
        self._store = store
        self._clock = clock
        self._bot_id = bot_id
        self._turn = turn
        self._outlet = outlet

    async def accept(self, updates: Sequence[dict[str, Any]]) -> Taken:
        """Keep these updates and deal with them; returns once committed. Raises what the store raises: then nothing is kept."""
        taken = await self.keep(updates)
        if taken.replies and self._outlet is not None:
            self._outlet.send(taken.replies)
        return taken

    async def keep(self, updates: Sequence[dict[str, Any]]) -> Taken:
        """The same; what is to be said at once is for the caller to send."""
        try:
            return await self._store.write(lambda tx: self._take_all(tx, updates))
        except Stumbled:
            taken = await self._store.write(lambda tx: self._take_each(tx, updates))
        _lament(taken)
        return taken

    async def resume(self) -> int:
        """Deal with what was kept and not dealt with: after a start, and again for what failed before. How many."""
        taken = await self._store.write(self._take_waiting)
        _lament(taken)
        return taken.new

    async def sweep(self, every: float) -> None:
        """Try again, now and then, what failed."""
        while True:
            await asyncio.sleep(every)
            await self.resume()

    def _take_all(self, tx: Transaction, updates: Sequence[dict[str, Any]]) -> Taken:
        """The quick way, all or nothing: each is dealt with as it is kept, no savepoint, and a bug undoes all of them."""
        now = self._clock.now()
        try:
            with self._claiming(tx) as replies:
                new = [update for update in updates if tx.inbox.take(self._bot_id, update["update_id"], now)]
                for update in new:
                    self._turn(tx, update, now)
        except tx.failures:
            raise
        except Exception as problem:
            raise Stumbled from problem
        return Taken(len(new), replies=replies)

    def _claiming(self, tx: Transaction) -> AbstractContextManager[list[Reply]]:
        """What is said goes to the outlet while it has room."""
        return tx.replies.claiming() if self._outlet is not None and self._outlet.has_room() else nullcontext([])

    def _hold(self) -> None:
        if self._outlet is not None:
            self._outlet.hold()

    def _take_each(self, tx: Transaction, updates: Sequence[dict[str, Any]]) -> Taken:
        """The careful way: each is kept, then dealt with in a savepoint of its own."""
        self._hold()
        now = self._clock.now()
        dead: list[int] = []
        new = 0
        for update in updates:
            number = update["update_id"]
            if tx.inbox.add(self._bot_id, number, as_ascii(update), now):
                new += 1
                self._deal(tx, number, update, now, dead)
        return Taken(new, tuple(dead))

    def _take_waiting(self, tx: Transaction) -> Taken:
        now = self._clock.now()
        dead: list[int] = []
        waiting = tx.inbox.waiting(100)
        if waiting:
            self._hold()
        for arrival in waiting:
            self._deal(tx, arrival.update_id, _read(arrival), now, dead)
        return Taken(len(waiting), tuple(dead))

    def _deal(self, tx: Transaction, number: int, update: dict[str, Any], now: datetime, dead: list[int]) -> None:
        """One update in its own savepoint: a bug in it costs this update one attempt and its neighbours nothing."""
        try:
            with tx.savepoint():
                self._turn(tx, update, now)
                tx.inbox.done(self._bot_id, number)
        except tx.failures:
            raise
        except Exception as problem:
            log.exception("update %s could not be dealt with", number)
            if tx.inbox.failed(self._bot_id, number, type(problem).__name__, MOST_FAILURES):
                tx.journal.write(Fact(UPDATE_DIED, now, details={"update": number, "problem": type(problem).__name__}))
                dead.append(number)


def _lament(taken: Taken) -> None:
    for number in taken.dead:
        log.error("update %s is dead after %s failures: it is kept in the inbox", number, MOST_FAILURES)


def as_ascii(update: dict[str, Any]) -> str:
    """The update as ASCII JSON: no database refuses a NUL or half a surrogate that is escaped."""
    return json.dumps(update, separators=(",", ":"))


def _read(arrival: Arrival) -> dict[str, Any]:
    whole: dict[str, Any] = json.loads(arrival.body)
    return whole


def is_update(update: object) -> TypeGuard[dict[str, Any]]:
    """Whether it has the number by which it is kept and told from its repetitions."""
    number = update.get("update_id") if isinstance(update, dict) else None
    return type(number) is int and 0 <= number < 2**63


def parse_body(body: bytes) -> dict[str, Any]:
    """A webhook's body, or ValueError when it is no update."""
    try:
        whole = orjson.loads(body)
    except orjson.JSONDecodeError:
        whole = _read_with_care(body)
    if not is_update(whole):
        raise ValueError("not an update")
    return whole


def _read_with_care(body: bytes) -> object:
    """orjson refuses lone surrogates, which Telegram may escape."""
    try:
        return json.loads(body)
    except RecursionError:
        raise ValueError("nested without end") from None
