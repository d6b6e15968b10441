"""The webhook: checks the secret, keeps the update, and only then answers 200; any failure is 503 and Telegram repeats."""

import asyncio
import hmac
import logging

from aiohttp import web

from bot.intake import Intake, parse_body

log = logging.getLogger(__name__)

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 -- a header's name
LARGEST_BODY = 1 << 20
SLOWEST_BODY = 10.0
"""Seconds a client may take to send its body."""


class Webhook:
    """An aiohttp handler for Telegram's posts."""

    def __init__(self, intake: Intake, secret: str, store_trouble: type[Exception]) -> None:
        if len(secret.encode()) < 32:
            raise ValueError("a webhook needs a secret of at least 32 bytes")
        self._intake = intake
        self._secret = secret.encode()
        self._store_trouble = store_trouble

    async def __call__(self, request: web.Request) -> web.Response:
        given = request.headers.get(SECRET_HEADER, "").encode()
        if not hmac.compare_digest(given, self._secret):
            return web.Response(status=401)
        if request.content_length is not None and request.content_length > LARGEST_BODY:
            return web.Response(status=413)
        try:
            async with asyncio.timeout(SLOWEST_BODY):
                body = await request.content.read(LARGEST_BODY + 1)
                while not request.content.at_eof() and len(body) <= LARGEST_BODY:
                    body += await request.content.read(LARGEST_BODY + 1 - len(body))
        except TimeoutError:
            return web.Response(status=408)
        if len(body) > LARGEST_BODY:
            return web.Response(status=413)
        return await self._accept(body)

    async def _accept(self, body: bytes) -> web.Response:
        try:
            update = parse_body(body)
        except ValueError:
            return web.Response(status=400)
        try:
            await self._intake.accept([update])
        except self._store_trouble as problem:
            log.error("an update cannot be kept for the moment (%s): Telegram will repeat it", problem)
            return web.Response(status=503, headers={"Retry-After": "2"})
        return web.Response(status=200)
