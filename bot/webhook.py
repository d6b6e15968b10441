"""The webhook: checks the secret, keeps the update, and only then answers 200; any failure is 503 and Telegram repeats."""

import asyncio
import hmac
import logging

from aiohttp import StreamReader, web

from bot.gathering import Answer, Dealt, Gathering, Told
from bot.intake import Intake, parse_body
from bot.posting import Poster

log = logging.getLogger(__name__)

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 -- a header's name
LARGEST_BODY = 1 << 20
SLOWEST_BODY = 10.0
"""Seconds a client may take to send its body."""
RETRY_SECONDS = 2
"""When Telegram should bring again what could not be kept."""


class Webhook:
    """Takes Telegram's posts. The answer to a press leaves in the response itself: one call less.

    `take` is for the general server; `front_door` reads most posts before it.
    """

    def __init__(self, intake: Intake, poster: Poster, secret: str, store_trouble: type[Exception]) -> None:
        if len(secret.encode()) < 32:
            raise ValueError("a webhook needs a secret of at least 32 bytes")
        self._gathering = Gathering(intake, poster)
        self._secret = secret.encode()
        self._store_trouble = store_trouble

    def knows(self, secret: bytes) -> bool:
        """Whether this is Telegram; as long to say no as to say yes."""
        return hmac.compare_digest(secret, self._secret)

    def bring(self, body: bytes, told: Told) -> None:
        """Keep what this post brings and deal with it, then call `told`. Raises ValueError when it is no update."""
        self._gathering.bring(parse_body(body), told)

    def lament(self, problem: BaseException) -> None:
        """An update could not be kept: whatever it was, Telegram will bring it again."""
        if isinstance(problem, self._store_trouble):
            log.error("an update cannot be kept for the moment (%s): Telegram will repeat it", problem)
        else:
            log.error("an update was not kept, by a fault of ours: Telegram will repeat it", exc_info=problem)

    def gone(self, answer: Answer) -> None:
        """The response that says it has left."""
        self._gathering.gone(answer)

    def stayed(self, answer: Answer) -> None:
        """The response that says it could not leave: it goes by a call."""
        self._gathering.stayed(answer)

    async def take(self, request: web.Request) -> web.StreamResponse:
        """One post: kept and dealt with, or refused with the status that makes Telegram do the right thing."""
        if not self.knows(request.headers.get(SECRET_HEADER, "").encode()):
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
        dealing: asyncio.Future[Dealt] = asyncio.get_running_loop().create_future()
        try:
            self.bring(body, lambda dealt: self._tell(dealing, dealt))
        except ValueError:
            return web.Response(status=400)
        dealt = await dealing
        if dealt.problem is not None:
            self.lament(dealt.problem)
            return web.Response(status=503, headers={"Retry-After": str(RETRY_SECONDS)})
        return await self._answer(request, dealt.answer) if dealt.answer else web.Response(status=200)

    def _tell(self, dealing: "asyncio.Future[Dealt]", dealt: Dealt) -> None:
        if not dealing.done():
            dealing.set_result(dealt)
        elif dealt.answer is not None:  # whoever brought it has hung up
            self.stayed(dealt.answer)

    async def _answer(self, request: web.Request, answer: Answer) -> web.StreamResponse:
        """Say it in the response; if the response cannot leave, by a call."""
        response = web.Response(body=answer.in_response(), content_type="application/json")
        try:
            await response.prepare(request)
            await response.write_eof()
        except ConnectionError:
            self.stayed(answer)
        except asyncio.CancelledError:
            self.stayed(answer)
            raise
        else:
            self.gone(answer)
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
