"""What holds the writer until others have queued up, and the smallest unit there is."""

import asyncio
import threading
from collections.abc import Callable
from typing import Any

from participation.ports import Transaction
from storage import SqlStore
from tests.integration.storage.room import NOW


class Gate:
    """A unit that holds the writer until the others have queued up behind it."""

    def __init__(self, store: SqlStore) -> None:
        self._inside, self._open = threading.Event(), threading.Event()
        self._held = asyncio.ensure_future(store.write(self._hold))

    async def shut(self) -> "Gate":
        await asyncio.to_thread(self._inside.wait, 10)
        return self

    async def pass_through(self, *waiting: "asyncio.Future[Any]") -> list[Any]:
        await asyncio.sleep(0.02)  # the others put themselves in the queue
        self._open.set()
        await self._held
        return await asyncio.gather(*waiting, return_exceptions=True)

    def _hold(self, _tx: Transaction) -> None:
        self._inside.set()
        self._open.wait(10)


def add(code: str) -> Callable[[Transaction], int]:
    return lambda tx: tx.workshops.add(code, code, "Europe/Paris", "fr", NOW).id


async def codes(store: SqlStore) -> list[str]:
    return sorted(w.code for w in await store.read(lambda tx: tx.workshops.all()))
