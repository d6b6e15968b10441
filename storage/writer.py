"""The one writer: takes every unit that has arrived, runs each in its own savepoint, commits them together."""

import asyncio
import logging
import queue
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from participation.ports import Touched, Unit
from storage.database import Database
from storage.problems import StoreUnavailable
from storage.statements import Session
from storage.transaction import Changes, SqlTransaction

log = logging.getLogger(__name__)

MOST_TOGETHER = 256
"""Units that share a commit at most: the first of them should not wait long for the last."""

Listener = Callable[[Touched], None]


@dataclass(slots=True)
class Waiting:
    """A unit in the queue and who waits for it."""

    unit: Unit[Any]
    future: "asyncio.Future[Any]"
    loop: asyncio.AbstractEventLoop
    result: Any = None
    problem: BaseException | None = None


class Writer:
    """A thread that owns the writing session."""

    def __init__(self, database: Database, connection: Any) -> None:
        self._database = database
        self._connection = connection
        self._transaction = SqlTransaction(Session(connection, database.dialect))
        self._queue: queue.SimpleQueue[Waiting | None] = queue.SimpleQueue()
        self._listeners: list[Listener] = []
        self._thread = threading.Thread(target=self._run, name="palabre-writer", daemon=True)
        self._is_closed = False
        self._thread.start()

    def listen(self, listener: Listener) -> None:
        """Call this after each commit that changed something, from the writer's thread."""
        self._listeners.append(listener)

    async def submit(self, unit: Unit[Any]) -> Any:
        """Queue a unit; returns once it is committed."""
        if self._is_closed:
            raise StoreUnavailable("the store is closed")
        loop = asyncio.get_running_loop()
        future: asyncio.Future[Any] = loop.create_future()
        self._queue.put(Waiting(unit, future, loop))
        return await future

    def close(self) -> None:
        """Finish what is queued, then stop."""
        if not self._is_closed:
            self._is_closed = True
            self._queue.put(None)
            self._thread.join()
            self._connection.close()

    def _run(self) -> None:
        closing = False
        while not closing:
            batch, closing = self._next_batch()
            if batch:
                self._write(batch)

    def _next_batch(self) -> tuple[list[Waiting], bool]:
        """Whatever has arrived: batches grow by themselves when the disk is slower than the hall."""
        batch: list[Waiting] = []
        with suppress(queue.Empty):
            found = self._queue.get()
            while True:
                if found is None:
                    return batch, True
                if not found.future.cancelled():
                    batch.append(found)
                if len(batch) >= MOST_TOGETHER:
                    break
                found = self._queue.get_nowait()
        return batch, False

    def _write(self, batch: Sequence[Waiting]) -> None:
        changes: Changes | None = None
        try:
            self._begin()
            for waiting in batch:
                self._do(waiting)
            self._transaction.session.command("COMMIT")
            changes = self._transaction.changes()
        except Exception as problem:  # noqa: BLE001 -- whatever stopped the commit, everybody who waits must be told
            self._give_up(batch, problem)
        _answer(batch)
        if changes is not None:
            for listener in self._listeners:
                listener(changes)
        if self._transaction.needs_scrub:
            self._scrub()

    def _do(self, waiting: Waiting) -> None:
        """One unit: what it raises undoes it alone, unless it is the store's own trouble."""
        try:
            with self._transaction.savepoint():
                waiting.result = waiting.unit(self._transaction)
        except Exception as problem:
            if self._database.is_outage(problem) or isinstance(problem, StoreUnavailable):
                raise
            waiting.problem = problem

    def _begin(self) -> None:
        if self._connection is None:
            self._connect()
        self._transaction.session.command(self._database.begin_writing)

    def _connect(self) -> None:
        self._connection = self._database.connect()
        self._transaction = SqlTransaction(Session(self._connection, self._database.dialect))

    def _give_up(self, batch: Sequence[Waiting], problem: Exception) -> None:
        """Nothing of this batch stays; the connection is changed for a new one where there can be another."""
        outage = self._database.is_outage(problem) or isinstance(problem, StoreUnavailable)
        told = StoreUnavailable(str(problem)) if outage else problem
        log.log(logging.WARNING if outage else logging.ERROR, "a commit of %d units failed: %s", len(batch), problem)
        for waiting in batch:
            waiting.problem = told
        with suppress(Exception):
            self._transaction.session.command("ROLLBACK")
        self._transaction.changes()
        if self._database.is_shared:
            with suppress(Exception):
                self._connection.close()
            self._connection = None

    def _scrub(self) -> None:
        with suppress(Exception):
            self._transaction.needs_scrub = not self._database.scrub(self._transaction.session)


def _answer(batch: Sequence[Waiting]) -> None:
    """Wake everybody who waited, once per event loop."""
    loops: dict[asyncio.AbstractEventLoop, list[Waiting]] = {}
    for waiting in batch:
        loops.setdefault(waiting.loop, []).append(waiting)
    for loop, those in loops.items():
        with suppress(RuntimeError):  # a loop closed meanwhile: nobody waits there any more
            loop.call_soon_threadsafe(_settle, those)


def _settle(those: Sequence[Waiting]) -> None:
    for waiting in those:
        if waiting.future.done():
            continue
        if waiting.problem is not None:
            waiting.future.set_exception(waiting.problem)
        else:
            waiting.future.set_result(waiting.result)
