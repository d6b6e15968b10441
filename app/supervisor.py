"""Owns every long-running task: starts them, starts again what failed, stops all of them in order at a signal."""

import asyncio
import contextlib
import logging
import secrets
import signal
from collections.abc import Awaitable, Callable, Collection, Mapping

log = logging.getLogger(__name__)

FIRST_PAUSE = 1.0
LONGEST_PAUSE = 30.0
PATIENCE = 2.5
"""Seconds granted to a task that is told to end, before it is told again: more than what is being sent may take."""


class Supervisor:
    """Runs named tasks until told to stop. A bug in one is logged with an incident number and the task starts again."""

    def __init__(self) -> None:
        self._stopping = asyncio.Event()

    def stop(self) -> None:
        """Ask for the end; `run` returns once every task is cancelled."""
        self._stopping.set()

    async def run(self, tasks: Mapping[str, Callable[[], Awaitable[None]]]) -> None:
        """Run all of them until `stop` or SIGINT/SIGTERM."""
        loop = asyncio.get_running_loop()
        with contextlib.ExitStack() as undo:
            for number in (signal.SIGINT, signal.SIGTERM):
                with contextlib.suppress(NotImplementedError, RuntimeError):  # not the main thread, or Windows
                    loop.add_signal_handler(number, self.stop)
                    undo.callback(loop.remove_signal_handler, number)
            running = [asyncio.create_task(self._keep(name, start), name=name) for name, start in tasks.items()]
            await self._stopping.wait()
            await _end(running)

    async def _keep(self, name: str, start: Callable[[], Awaitable[None]]) -> None:
        pause = FIRST_PAUSE
        while True:
            began = asyncio.get_running_loop().time()
            try:
                await start()
                return
            except Exception:
                log.exception("incident %s: %s failed and starts again in %.0f s", incident(), name, pause)
            if asyncio.get_running_loop().time() - began > LONGEST_PAUSE * 2:
                pause = FIRST_PAUSE
            await asyncio.sleep(pause)
            pause = min(LONGEST_PAUSE, pause * 2)


async def _end(running: Collection[asyncio.Task[None]]) -> None:
    """Cancel them until they are gone: a library may swallow a cancellation, and a stop must not hang on it."""
    left = set(running)
    while left:
        for task in left:
            task.cancel()
        _, left = await asyncio.wait(left, timeout=PATIENCE)


def incident() -> str:
    """A short number to find a failure in the log."""
    return secrets.token_hex(4)
