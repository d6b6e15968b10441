"""The one writer: takes every unit that has arrived, runs them one after the other, commits them together."""

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
from storage.problems import DRIVER_PROBLEMS, StoreUnavailable
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
    is_reading: bool = False
    result: Any = None
    problem: BaseException | None = None


class Writer:
    """A thread that owns the writing session."""

    def __init__(self, database: Database, connection: Any, reconnect: Callable[[], Any]) -> None:
        self._database = database
        self._reconnect = reconnect
        self._use(connection)
        self._queue: queue.SimpleQueue[Waiting | None] = queue.SimpleQueue()
        self._listeners: list[Listener] = []
        self._thread = threading.Thread(target=self._run, name="palabre-writer", daemon=True)
        self._is_closed = False
        self._thread.start()

    def listen(self, listener: Listener) -> None:
        """Call this after each commit that changed something, from the writer's thread."""
        self._listeners.append(listener)

    async def submit(self, unit: Unit[Any], *, is_reading: bool = False) -> Any:
        """Queue a unit; returns once it is committed. One that is cancelled before its turn is not run."""
        if self._is_closed:
            raise StoreUnavailable("the store is closed")
        loop = asyncio.get_running_loop()
        future: asyncio.Future[Any] = loop.create_future()
        self._queue.put(Waiting(unit, future, loop, is_reading))
        return await future

    def close(self) -> None:
        """Finish what is queued, then stop."""
        if not self._is_closed:
            self._is_closed = True
            self._queue.put(None)
            self._thread.join()
            if self._connection is not None:
                self._connection.close()

    def _use(self, connection: Any) -> None:
        self._connection = connection
        self._session = Session(connection, self._database)
        self._transaction = SqlTransaction(self._session)

    def _run(self) -> None:
        try:
            closing = False
            while not closing:
                batch, closing = self._next_batch()
                if batch:
                    self._write(batch)
        finally:  # closed, or a bug of ours: nobody may wait for ever
            self._is_closed = True
            self._turn_away()

    def _next_batch(self) -> tuple[list[Waiting], bool]:
        """Whatever has arrived: batches grow by themselves when the disk is slower than the hall."""
        batch: list[Waiting] = []
        with suppress(queue.Empty):
            found = self._queue.get()
            while True:
                if found is None:
                    return batch, True
                batch.append(found)
                if len(batch) >= MOST_TOGETHER:
                    break
                found = self._queue.get_nowait()
        return batch, False

    def _write(self, batch: Sequence[Waiting]) -> None:
        try:
            changes = self._commit(batch)
            if changes is not None:  # before the callers wake up: what they show next is already known to be stale
                self._tell(changes)
        except (StoreUnavailable, *DRIVER_PROBLEMS) as problem:
            self._give_up(batch, problem)
        except BaseException as problem:
            self._give_up(batch, problem)
            raise
        finally:
            _answer(batch)
        if self._transaction.needs_scrub:
            with suppress(StoreUnavailable, *DRIVER_PROBLEMS):  # tried again after the next commit
                self._transaction.needs_scrub = not self._database.scrub(self._session)

    def _commit(self, batch: Sequence[Waiting]) -> Changes | None:
        """All of them at once; if one fails, all are undone and done again, each in a savepoint of its own."""
        if self._connection is None:
            self._use(self._reconnect())
        self._session.begin()
        if not self._do_all(batch):
            self._undo()
            if len(batch) == 1:  # alone, the transaction itself is its savepoint
                return None
            self._session.begin()
            for waiting in batch:
                self._do_apart(waiting)
        self._session.command("COMMIT")
        return self._transaction.changes()

    def _do_all(self, batch: Sequence[Waiting]) -> bool:
        """Whether none failed. The first that does stops them: what follows would be undone with it."""
        for waiting in batch:
            self._do(waiting)
            if waiting.problem is not None:
                return False
        return True

    def _undo(self) -> None:
        self._session.command("ROLLBACK")
        self._transaction.changes()

    def _do_apart(self, waiting: Waiting) -> None:
        waiting.problem = None
        with suppress(_Undone), self._transaction.savepoint():
            self._do(waiting)
            if waiting.problem is not None:
                raise _Undone

    def _do(self, waiting: Waiting) -> None:
        """One unit: what it raises undoes it alone and goes to its caller, unless it is the store's own trouble."""
        if waiting.future.cancelled():
            return
        try:
            waiting.result = self._read(waiting.unit) if waiting.is_reading else waiting.unit(self._transaction)
        except BaseException as problem:  # noqa: BLE001 - nothing is handled here: it is handed to the unit's caller
            # A future cannot carry StopIteration: it would end the coroutine that awaits it.
            waiting.problem = RuntimeError(repr(problem)) if isinstance(problem, StopIteration) else problem
        if self._session.lost is not None:  # raised by the unit, or swallowed by it
            raise self._session.lost

    def _read(self, unit: Unit[Any]) -> Any:
        """In memory, reading units pass here too; they are refused any writing, as on every other database."""
        self._session.command("PRAGMA query_only=ON")
        self._session.is_reading = True
        try:
            return unit(self._transaction)
        finally:
            self._session.is_reading = False
            self._session.command("PRAGMA query_only=OFF")

    def _give_up(self, batch: Sequence[Waiting], problem: BaseException) -> None:
        """Nothing of this batch stays; the connection is changed for a new one where there can be another."""
        log.warning("a commit of %d units failed: %s", len(batch), problem)
        for waiting in batch:
            waiting.problem = StoreUnavailable(str(problem))
            waiting.problem.__cause__ = problem
        self._transaction.changes()
        self._session.lost = None
        if self._connection is None:
            return
        with suppress(StoreUnavailable, *DRIVER_PROBLEMS):  # SQLite may have rolled back by itself
            self._session.command("ROLLBACK")
        if self._database.is_shared:
            with suppress(*DRIVER_PROBLEMS):
                self._connection.close()
            self._connection = None

    def _tell(self, changes: Changes) -> None:
        for listener in self._listeners:
            try:
                listener(changes)
            except Exception:
                log.exception("a listener failed")

    def _turn_away(self) -> None:
        left: list[Waiting] = []
        with suppress(queue.Empty):
            while True:
                if (waiting := self._queue.get_nowait()) is not None:
                    waiting.problem = StoreUnavailable("the store is closed")
                    left.append(waiting)
        _answer(left)


class _Undone(Exception):
    """A unit failed: leaves its savepoint, and says no more."""


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
