"""The webhook: checks the secret, keeps the update, and only then answers 200; any failure is 503 and Telegram repeats."""

import asyncio
import hmac
import logging

import orjson
from aiohttp import StreamReader, web

from bot.calls import Call
from bot.gathering import Answer, Gathering
from bot.intake import Intake, parse_body
from bot.posting import Poster

log = logging.getLogger(__name__)

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 -- a header's name
LARGEST_BODY = 1 << 20
SLOWEST_BODY = 10.0
"""Seconds a client may take to send its body."""


class Webhook:
    """Takes Telegram's posts. The answer to a press leaves in the response itself: one call less."""

    def __init__(self, intake: Intake, poster: Poster, secret: str, store_trouble: type[Exception]) -> None:
        if len(secret.encode()) < 32:
            raise ValueError("a webhook needs a secret of at least 32 bytes")
        self._gathering = Gathering(intake, poster)
        self._poster = poster
        self._secret = secret.encode()
        self._store_trouble = store_trouble

    async def take(self, request: web.Request) -> web.StreamResponse:
        """One post: kept and dealt with, or refused with the status that makes Telegram do the right thing."""
        given = request.headers.get(SECRET_HEADER, "").encode()
        if not hmac.compare_digest(given, self._secret):
            return web.Response(status=401)
        if request.content_length is not None and request.content_length > LARGEST_BODY:
            return web.Response(status=413)
        try:
            body = await _body(request.content)
        except TimeoutError:
            return web.Response(status=408)
        if len(body) > LARGEST_BODY:
            return web.Response(status=413)
        return await self._accept(request, body)

    async def _accept(self, request: web.Request, body: bytes) -> web.StreamResponse:
        try:
            update = parse_body(body)
        except ValueError:
            return web.Response(status=400)
        try:
            answer = await self._gathering.accept(update)
        except self._store_trouble as problem:
            log.error("an update cannot be kept for the moment (%s): Telegram will repeat it", problem)
            return web.Response(status=503, headers={"Retry-After": "2"})
        return await self._answer(request, answer) if answer else web.Response(status=200)

    async def _answer(self, request: web.Request, answer: Answer) -> web.StreamResponse:
        """Say it in the response; if the response cannot leave, by a call."""
        response = web.Response(body=in_response(answer.call), content_type="application/json")
        try:
            await response.prepare(request)
            await response.write_eof()
        except ConnectionError:
            self._poster.send([answer.reply])
        except asyncio.CancelledError:
            self._poster.send([answer.reply])
            raise
        else:
            self._poster.gave(answer.call.params["callback_query_id"], answer.reply)
        return response


async def _body(content: StreamReader) -> bytes:
    """What was sent, one byte more than the largest at most; nearly always, all of it is here already."""
    if content.is_eof() and content.total_bytes <= LARGEST_BODY:
        return content.read_nowait()
    async with asyncio.timeout(SLOWEST_BODY):
        body = await content.read(LARGEST_BODY + 1)
        while not content.at_eof() and len(body) <= LARGEST_BODY:
            body += await content.read(LARGEST_BODY + 1 - len(body))
    return body


def in_response(call: Call) -> bytes:
    """A call as Telegram reads it in the response to an update: its method among its parameters."""
    return orjson.dumps({"method": call.method, **call.params})
