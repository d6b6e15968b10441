"""A bot that is killed and born again, and the nursery it is born in."""

import asyncio
import json
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

from tests.stories.processes import ROOT, clean_environment

POLITE = 5.0
"""Seconds a bot may take to stop when asked."""


class Nursery:
    """The process that forks bots, seen from the harness."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self._born: asyncio.Queue[int] = asyncio.Queue()
        self._ends: dict[int, asyncio.Future[int]] = {}
        self._ready = asyncio.Event()
        self._reader = asyncio.create_task(self._listen())
        self._one_birth = asyncio.Lock()

    async def ready(self) -> None:
        """Wait until everything is imported."""
        await self._ready.wait()

    async def birth(self, environment: Mapping[str, str], folder: Path, said: str, *words: str) -> int:
        """The pid of a new `palabre`."""
        request = {
            "environment": dict(environment), "folder": str(folder), "said": str(folder / said), "words": words
        }  # fmt: skip
        assert self._process.stdin is not None
        async with self._one_birth:
            self._process.stdin.write(json.dumps(request).encode() + b"\n")
            return await self._born.get()

    def end_of(self, pid: int) -> "asyncio.Future[int]":
        """Its exit code, minus the signal's number when killed."""
        return self._ends.setdefault(pid, asyncio.get_running_loop().create_future())

    async def _listen(self) -> None:
        assert self._process.stdout is not None
        async for line in self._process.stdout:
            told: dict[str, Any] = json.loads(line)
            if "born" in told:
                self._born.put_nowait(told["born"])
            elif "ended" in told:
                self.end_of(told["ended"]).set_result(told["code"])
            else:
                self._ready.set()

    async def close(self) -> None:
        """No more births."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        await self._process.wait()
        await self._reader


@asynccontextmanager
async def nursery() -> AsyncIterator[Nursery]:
    """A nursery, ready."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.faults.nursery", cwd=ROOT, env=clean_environment({}),
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip
    opened = Nursery(process)
    await opened.ready()
    try:
        yield opened
    finally:
        await opened.close()


class Mortal:
    """One bot through its lives: the same settings, the same database."""

    def __init__(self, nursery: Nursery, folder: Path, environment: Mapping[str, str]) -> None:
        self.nursery = nursery
        self._folder = folder
        self.environment = environment
        self._pid = 0
        self.lives = 0
        self.deaths = 0
        self.slow_stops = 0

    async def starts(self, crash_at: str = "", **more: str) -> None:
        """Begin a life; with a crash point it ends by itself, perhaps."""
        self.lives += 1
        crash = {"PALABRE_CRASH_AT": crash_at} if crash_at else {"PALABRE_CRASH_AT": ""}
        environment = {**self.environment, **crash, **more}
        self._pid = await self.nursery.birth(environment, self._folder, "palabre.log", "run")

    @property
    def is_dead(self) -> bool:
        return self.nursery.end_of(self._pid).done()

    async def opens(self, seconds: float) -> None:
        """Wait until its door is open; not longer than this, and not for the dead."""
        port = self.environment["PALABRE__WEB__PORT"]
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                while not self.is_dead and not await _answers(int(port)):  # noqa: ASYNC110 - a port has no event
                    await asyncio.sleep(0.02)

    async def dies(self) -> None:
        """kill -9, unless a crash point was quicker; back once it is gone."""
        with suppress(ProcessLookupError):
            os.kill(self._pid, signal.SIGKILL)
        await self.nursery.end_of(self._pid)
        self.deaths += 1

    async def crashes(self, seconds: float) -> bool:
        """Wait for the crash point; kill -9 when it was not passed in time. Whether it struck."""
        struck, _ = await asyncio.wait([self.nursery.end_of(self._pid)], timeout=seconds)
        await self.dies()
        return bool(struck)

    async def is_stopped(self) -> None:
        """SIGTERM; a stop over five seconds is counted, then forced."""
        with suppress(ProcessLookupError):
            os.kill(self._pid, signal.SIGTERM)
        done, _ = await asyncio.wait([self.nursery.end_of(self._pid)], timeout=POLITE)
        if not done:
            self.slow_stops += 1
        await self.dies()

    def log(self) -> str:
        """What it said in all its lives."""
        return (self._folder / "palabre.log").read_text("utf-8", "replace")


async def _answers(port: int) -> bool:
    try:
        _, writer = await asyncio.open_connection("127.0.0.1", port)
    except OSError:
        return False
    writer.close()
    return True
