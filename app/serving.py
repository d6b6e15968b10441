"""What every serving command needs: the event loop, the database opened for service, the web server."""

import asyncio
import contextlib
import gc
from collections.abc import AsyncIterator, Callable
from typing import Protocol

from aiohttp import web

from app.errors import CannotRun
from storage import SqlStore, Unusable, open_store

STOP_SECONDS = 2.0
"""For those who wait for an answer when we stop."""
IDLE_SECONDS = 75.0
"""How long a connection may be silent, or in the middle of the head of a request."""
BACKLOG = 1024
"""Connections that may wait to be accepted: a room that opens the page together."""


def new_event_loop() -> asyncio.AbstractEventLoop:
    """uvloop where it exists: about a fifth less processor time per update."""
    try:
        import uvloop
    except ImportError:  # Windows
        return asyncio.new_event_loop()
    loop: asyncio.AbstractEventLoop = uvloop.new_event_loop()
    return loop


def spare_the_collector() -> None:
    """What was loaded at the start never becomes garbage: do not look at it again (an eighth of a vote's processor time)."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


def open_for_service(url: str) -> SqlStore:
    """The database, for this process alone; a sentence instead of a traceback when it cannot be used."""
    try:
        return open_store(url, exclusive=True)
    except Unusable as problem:
        raise CannotRun(str(problem)) from None


def open_beside(url: str) -> SqlStore:
    """The database of an installation that may be running: nothing is created, nothing is locked for long."""
    try:
        return open_store(url, must_exist=True)
    except Unusable as problem:
        raise CannotRun(str(problem)) from None


Protocols = Callable[[], asyncio.Protocol]
"""Makes one protocol a connection."""


class Front(Protocol):
    """What stands before the pages and takes some connections itself."""

    def __call__(self) -> asyncio.Protocol: ...
    async def close(self, patience: float) -> None:
        """Hang up, once those who wait for an answer have it, or after so many seconds."""


@contextlib.asynccontextmanager
async def serve(
    site: web.Application, host: str, port: int, front: Callable[[Protocols], Front] | None = None
) -> AsyncIterator[int]:
    """Serve an application while the block runs; gives the port (useful when 0 was asked)."""
    runner = web.AppRunner(site, access_log=None, shutdown_timeout=STOP_SECONDS, keepalive_timeout=IDLE_SECONDS)
    await runner.setup()
    try:
        pages: Protocols = runner.server  # type: ignore[assignment] # set up two lines above
        door = front(pages) if front else None
        server = await _listen(door or pages, host, port)
        try:
            yield server.sockets[0].getsockname()[1]
        finally:
            server.close()
            if door is not None:
                await door.close(STOP_SECONDS)
    finally:
        await runner.cleanup()


async def _listen(protocols: Protocols, host: str, port: int) -> asyncio.Server:
    try:
        return await asyncio.get_running_loop().create_server(protocols, host, port, backlog=BACKLOG)
    except OSError as problem:
        raise CannotRun(
            f"The address {host}:{port} cannot be used ({problem.strerror}): set web.port or web.host."
        ) from None


def open_for_invitation(url: str) -> SqlStore:
    """The database, created if it is not there yet: the first organiser may be invited before the first start."""
    try:
        return open_store(url)
    except Unusable as problem:
        raise CannotRun(str(problem)) from None
