"""The store: one writer, a few readers beside it, and the cache of what encoders made of texts."""

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any, TypeVar

from participation.ports import Touched, Unit
from storage.database import Database
from storage.lease import FileLease
from storage.problems import DRIVER_PROBLEMS, StoreUnavailable
from storage.statements import Session
from storage.transaction import SqlTransaction
from storage.vectors import Vectors
from storage.writer import Writer

T = TypeVar("T")

READERS = 3


class SqlStore:
    """The `Store` of the rules on SQLite or PostgreSQL."""

    def __init__(
        self, database: Database, connection: Any, reconnect: Callable[[], Any], lease: FileLease | None = None
    ) -> None:
        self.database = database
        self._writer = Writer(database, connection, reconnect)
        self._lease = lease
        self._readers = ThreadPoolExecutor(READERS, thread_name_prefix="palabre-reader")
        self._local = threading.local()
        self._open: set[Any] = set()
        self.vectors = Vectors(self)

    async def write(self, unit: Unit[T]) -> T:
        result: T = await self._writer.submit(unit)
        return result

    async def read(self, unit: Unit[T]) -> T:
        if not self.database.is_shared:  # in memory: the writer's session sees it, no other one does
            result: T = await self._writer.submit(unit, is_reading=True)
            return result
        return await asyncio.get_running_loop().run_in_executor(self._readers, self._read, unit)

    def listen(self, listener: Callable[[Touched], None]) -> None:
        self._writer.listen(listener)

    def close(self) -> None:
        """Finish what is queued, stop the threads, free the lease."""
        self._writer.close()
        self._readers.shutdown(wait=True)
        for connection in self._open:
            with suppress(*DRIVER_PROBLEMS):
                connection.close()
        if self._lease is not None:
            self._lease.free()

    def _read(self, unit: Unit[T]) -> T:
        """On a snapshot: what the writer commits meanwhile is not seen, and nothing is held up."""
        transaction = self._snapshot()
        try:
            return unit(transaction)
        finally:
            if transaction.session.lost is None:
                transaction.session.command("ROLLBACK")
                transaction.changes()

    def _snapshot(self) -> SqlTransaction:
        """A transaction begun on this thread's connection; a connection that was lost is replaced, once."""
        transaction: SqlTransaction | None = getattr(self._local, "transaction", None)
        if transaction is not None and transaction.session.lost is None:
            with suppress(StoreUnavailable):
                transaction.session.begin()
                return transaction
        if transaction is not None:
            self._drop(transaction.session.driver)
        transaction = self._local.transaction = SqlTransaction(self._connect())
        transaction.session.begin()
        return transaction

    def _connect(self) -> Session:
        try:
            connection = self.database.connect(reading=True)
        except DRIVER_PROBLEMS as problem:
            raise StoreUnavailable(str(problem)) from problem
        self._open.add(connection)
        return Session(connection, self.database, is_reading=True)

    def _drop(self, connection: Any) -> None:
        self._open.discard(connection)
        with suppress(*DRIVER_PROBLEMS):
            connection.close()
