"""Takes updates in: kept, dealt with and answered in one commit; only then is Telegram told that we have them."""

import asyncio
import json
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson

from participation.ports import Clock, Store, Transaction
from participation.ports.trays import Arrival

log = logging.getLogger(__name__)

MOST_FAILURES = 5
"""An update that fails this often is dead: kept, never tried again, and the operator is told."""

Turn = Callable[[Transaction, dict[str, Any], datetime], None]
"""Deals with one raw update inside a transaction."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a batch: how many were new, and which update died of its failures."""

    new: int
    dead: tuple[int, ...] = ()


class Intake:
    """One door for polling and webhook alike."""

    def __init__(self, store: Store, clock: Clock, bot_id: int, turn: Turn) -> None:
        self._store = store
        self._clock = clock
        self._bot_id = bot_id
        self._turn = turn

    async def accept(self, updates: Sequence[dict[str, Any]]) -> Taken:
        """Keep these updates and deal with them; returns once committed. Raises what the store raises: then nothing is kept."""
        taken = await self._store.write(lambda tx: self._take(tx, updates))
        self._after(taken)
        return taken

    async def resume(self) -> int:
        """Deal with what was kept and not dealt with: after a start, and again for what failed before. How many."""
        taken = await self._store.write(self._take_waiting)
        self._after(taken)
        return taken.new

    async def sweep(self, every: float) -> None:
        """Try again, now and then, what failed."""
        while True:
            await asyncio.sleep(every)
            await self.resume()

    def _take(self, tx: Transaction, updates: Sequence[dict[str, Any]]) -> Taken:
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
                dead.append(number)

    def _after(self, taken: Taken) -> None:
        for number in taken.dead:
            log.error("update %s is dead after %s failures: it is kept in the inbox", number, MOST_FAILURES)


def as_ascii(update: dict[str, Any]) -> str:
    """The update as ASCII JSON: no database refuses a NUL or half a surrogate that is escaped."""
    return json.dumps(update, separators=(",", ":"))


def _read(arrival: Arrival) -> dict[str, Any]:
    whole: dict[str, Any] = json.loads(arrival.body)
    return whole


def parse_body(body: bytes) -> dict[str, Any]:
    """A webhook's body, or ValueError when it is no update."""
    try:
        whole = orjson.loads(body)
    except orjson.JSONDecodeError:
        whole = json.loads(body)  # orjson refuses lone surrogates, which Telegram may escape
    if not isinstance(whole, dict) or not isinstance(whole.get("update_id"), int):
        raise ValueError("not an update")
    return whole
