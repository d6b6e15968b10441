"""The line between a page and the stage: the whole state first, then the news; gestures the other way."""

import asyncio
from collections.abc import Callable
from typing import Any

import orjson
from aiohttp import WSMsgType, web

from rehearsal.phones.gestures import MALFORMED, Gestures, Refused
from rehearsal.phones.stage import News, Stage

HEARTBEAT = 20.0
LARGEST_GESTURE = 64 * 1024


class Line:
    """Every open page, as an aiohttp handler; `greet` gives the state a page begins with."""

    def __init__(self, stage: Stage, gestures: Gestures, greet: Callable[[], News]) -> None:
        self._stage = stage
        self._gestures = gestures
        self._greet = greet
        self._open: set[web.WebSocketResponse] = set()

    async def follow(self, request: web.Request) -> web.WebSocketResponse:
        """Serve one page until it goes away; 403 for a page that another site would have opened."""
        if not _same_site(request):
            raise web.HTTPForbidden(text="Cette ligne est réservée à la page des téléphones.")
        socket = web.WebSocketResponse(heartbeat=HEARTBEAT, max_msg_size=LARGEST_GESTURE)
        await socket.prepare(request)
        self._open.add(socket)
        news: asyncio.Queue[News] = asyncio.Queue()
        stop = self._stage.listen(news.put_nowait)
        news.put_nowait(self._greet())
        telling = asyncio.create_task(_tell(socket, news))
        try:
            await self._hear(socket, news)
        finally:
            stop()
            telling.cancel()
            await asyncio.gather(telling, return_exceptions=True)
            self._open.discard(socket)
        return socket

    async def close(self) -> None:
        """Say goodbye to every page; each will try to come back."""
        for socket in tuple(self._open):
            await socket.close(code=1001)

    async def _hear(self, socket: web.WebSocketResponse, news: asyncio.Queue[News]) -> None:
        async for message in socket:
            if message.type is not WSMsgType.TEXT:
                continue
            gesture = _read(message.data)
            try:
                await self._gestures.perform(gesture)
            except Refused as refusal:
                phone = gesture.get("phone")
                news.put_nowait({"type": "refused", "phone": phone, "sentence": str(refusal)})


async def _tell(socket: web.WebSocketResponse, news: asyncio.Queue[News]) -> None:
    try:
        while True:
            await socket.send_str(orjson.dumps(await news.get()).decode())
    except ConnectionError:  # the page has gone; `follow` tidies up
        return


def _read(text: str) -> dict[str, Any]:
    try:
        gesture = orjson.loads(text)
    except orjson.JSONDecodeError:
        return {"do": MALFORMED}
    return gesture if isinstance(gesture, dict) else {"do": MALFORMED}


def _same_site(request: web.Request) -> bool:
    """A browser always names the page's origin; a program that names none is not another site's page."""
    origin = request.headers.get("Origin")
    return origin is None or origin.partition("://")[2] == request.host
