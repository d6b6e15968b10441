"""Worker processes: slow work is done in one of them, and work nobody wants any more is stopped with its process."""

import asyncio
import multiprocessing
import os
import signal
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any, TypeVar

from analysis.parallel import leave_with_parent

T = TypeVar("T")


class Workers:
    """So many workers; work waits for a free one, the one that worked last first: it has everything loaded."""

    def __init__(self, count: int, warm_up: Callable[[], None]) -> None:
        self._all = [_Worker(warm_up) for _ in range(count)]
        self._free: asyncio.LifoQueue[_Worker] = asyncio.LifoQueue()
        for worker in self._all:
            self._free.put_nowait(worker)

    @property
    def count(self) -> int:
        """How many pieces of work may go on at once."""
        return len(self._all)

    def warm_up(self) -> None:
        """Load what is long to load, where it is not, before somebody waits for it."""
        for worker in self._all:
            worker.warm_up()

    async def run(self, work: Callable[..., T], *given: Any) -> T:
        """What `work`, a function of a module, gives. Cancelled, its process is stopped and another one started."""
        worker = await self._free.get()
        try:
            return await worker.run(work, *given)
        finally:
            self._free.put_nowait(worker)

    def close(self) -> None:
        """Stop without waiting for what is being computed: it is asked again at the next start."""
        for worker in self._all:
            worker.close()


class _Worker:
    """One process; one that dies (memory) is replaced, and its work is tried again once."""

    def __init__(self, warm_up: Callable[[], None]) -> None:
        self._load = warm_up
        self._is_warm = False
        self._is_closed = False
        self._pool = _new_pool()

    def warm_up(self) -> None:
        if not self._is_warm and not self._is_closed:
            self._is_warm = True
            self._pool.submit(self._load)

    async def run(self, work: Callable[..., T], *given: Any) -> T:
        try:
            return await self._once(work, *given)
        except BrokenProcessPool:
            if self._is_closed:  # it did not die: we stopped it
                raise
            self._start_again()
            return await self._once(work, *given)

    async def _once(self, work: Callable[..., T], *given: Any) -> T:
        try:
            return await asyncio.get_running_loop().run_in_executor(self._pool, work, *given)
        except asyncio.CancelledError:
            # A process pool cannot interrupt what it computes.
            self._stop()
            if not self._is_closed:
                self._start_again()
            raise

    def _start_again(self) -> None:
        self._pool = _new_pool()  # its process starts with its first work
        self._is_warm = False

    def close(self) -> None:
        """For good: what was under way in it fails, and no other process is started."""
        self._is_closed = True
        self._stop()

    def _stop(self) -> None:
        for process in list((self._pool._processes or {}).values()):
            process.terminate()
        self._pool.shutdown(wait=False, cancel_futures=True)


def _new_pool() -> ProcessPoolExecutor:
    # spawn: a fork would copy the writer's thread, its locks and the open database into the worker
    return ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn"), initializer=_quiet)


def _quiet() -> None:
    """A worker leaves Ctrl+C to its parent, and the processor to those who vote.

    One thread each: on a busy machine OpenMP's threads spin while they wait (a grouping of 0.5 s took 10 s here).
    """
    leave_with_parent()
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
        os.environ.setdefault(name, "1")
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(os, "nice"):
        os.nice(10)
