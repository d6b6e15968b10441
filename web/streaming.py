"""Server-sent events: the full state first, then each newer one, a heartbeat between them, and no patience for dead lines."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress

from aiohttp import web

from web.live import Draw, Frame, Hub, Viewer
from web.packing import HEAD, packed, takes_packed

FIRST_STATE = 10.0
HEARTBEAT = 15.0
"""Seconds of silence before a sign of life; the page takes twice that for a cut line."""
RECHECK = 60.0
"""Seconds between two checks that this person may still look."""
SLOWEST_CLIENT = 10.0
RETRY = b"retry: 2000\n\n"
BEAT = b"event: beat\ndata: {}\n\n"
PACKED_RETRY, PACKED_BEAT = HEAD + packed(RETRY), packed(BEAT)
BEGUN = web.RequestKey("begun", web.StreamResponse)
"""The answer already under way on this request: an error met later can only end it."""
HEADERS = {
    "Content-Type": "text/event-stream; charset=utf-8",
    "Cache-Control": "no-store",
    "X-Accel-Buffering": "no",
    "Vary": "Accept-Encoding",
}
PACKED = {"Content-Encoding": "gzip"}

Recheck = Callable[[], Awaitable[object]]


async def stream(
    request: web.Request, hub: Hub, key: str, draw: Draw, recheck: Recheck | None = None
) -> web.StreamResponse:
    """Show something to a page until it leaves. What the first drawing refuses is refused before anything is sent."""
    async with hub.watch(key, draw) as viewer:
        first = await viewer.next(FIRST_STATE)
        if first is None:
            raise web.HTTPServiceUnavailable()
        is_packed = takes_packed(request.headers.get("Accept-Encoding", ""))
        response = web.StreamResponse(headers={**HEADERS, **(PACKED if is_packed else {})})
        await response.prepare(request)
        request[BEGUN] = response
        with suppress(ConnectionError):
            await _go_on(request, response, viewer, first, recheck, is_packed=is_packed)
    return response


async def _go_on(
    request: web.Request,
    response: web.StreamResponse,
    viewer: Viewer,
    first: Frame,
    recheck: Recheck | None,
    *,
    is_packed: bool,
) -> None:
    frame: Frame | None = first
    await _send(request, response, PACKED_RETRY if is_packed else RETRY)
    beat = PACKED_BEAT if is_packed else BEAT
    checked = time.monotonic()
    while not viewer.is_over or frame is not None:
        await _send(request, response, (frame.packed if is_packed else frame.event) if frame else beat)
        if recheck is not None and time.monotonic() - checked >= RECHECK:
            await recheck()
            checked = time.monotonic()
        frame = await viewer.next(HEARTBEAT)


async def _send(request: web.Request, response: web.StreamResponse, event: bytes) -> None:
    """Write, or hang up on a client that does not read: the others do not wait for it, and it comes back."""
    try:
        async with asyncio.timeout(SLOWEST_CLIENT):
            await response.write(event)
    except TimeoutError:
        if request.transport is not None:
            request.transport.abort()
        raise ConnectionResetError("a viewer that does not read") from None
