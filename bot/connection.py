"""The line to the Bot API: python-telegram-bot's Bot over aiohttp, four to nine times cheaper per call than its default."""

import asyncio
import json
import logging
from collections.abc import Mapping
from typing import Any

import aiohttp
import orjson
from telegram import Bot, InputFile
from telegram._utils.defaultvalue import DefaultValue  # PTB's own marker for "not given": part of do_request's contract
from telegram.error import ChatMigrated, NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

from bot.calls import Call
from bot.health import Health
from bot.intake import is_update
from bot.plain import PlainData
from bot.wire import WireCut, Wires

log = logging.getLogger(__name__)

LONGEST_WAIT = 10.0
"""Seconds an ordinary call may take; a long poll gives its own."""


class AiohttpRequest(BaseRequest):
    """PTB's transport: plain calls on wires of our own, those with files on an aiohttp session.

    `connections` bounds the calls in flight, of each sort.
    """

    def __init__(self, connections: int = 64) -> None:
        self._connections = connections
        self._session: aiohttp.ClientSession | None = None
        self._wires: dict[str, Wires] = {}

    @property
    def read_timeout(self) -> float | None:
        return LONGEST_WAIT

    async def initialize(self) -> None:
        if self._session is None:
            connector = aiohttp.TCPConnector(limit=self._connections)
            self._session = aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar())

    async def shutdown(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None
        for wires in self._wires.values():
            wires.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        if self._session is None:
            raise NetworkError("the line to the Bot API is closed")
        seconds = LONGEST_WAIT if isinstance(read_timeout, DefaultValue) else read_timeout
        try:
            if isinstance(request_data, PlainData):
                return _understood(url, *await self._post_plain(url, request_data.body, seconds or LONGEST_WAIT))
            timeout = aiohttp.ClientTimeout(total=seconds and seconds + 5, sock_connect=LONGEST_WAIT)
            async with self._session.request(method, url, data=_form(request_data), timeout=timeout) as answer:
                return _understood(url, answer.status, await answer.read())
        except TimeoutError:
            raise TimedOut from None  # the cause holds the URL, hence the token
        except (aiohttp.ClientError, WireCut, OSError) as problem:
            raise NetworkError(type(problem).__name__) from None

    async def _post_plain(self, url: str, body: bytes, seconds: float) -> tuple[int, bytes]:
        scheme, _, rest = url.partition("://")
        server, _, path = rest.partition("/")
        wires = self._wires.get(server)
        if wires is None:
            wires = self._wires[server] = Wires(f"{scheme}://{server}", self._connections)
        return await wires.post(f"/{path}", body, seconds + 5, LONGEST_WAIT)

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """orjson first; the standard library for what orjson refuses (a lone surrogate in one message must not stop all)."""
        whole: dict[str, Any]
        try:
            whole = orjson.loads(payload)
        except orjson.JSONDecodeError:
            try:
                whole = json.loads(payload.decode("utf-8", "replace"))
            except (ValueError, RecursionError):
                raise TelegramError("the server's answer is not JSON") from None
        return whole


class HeldBack(asyncio.CancelledError):
    """Cancelled while it waited for its turn: it was certainly not sent."""


class Line(Bot):
    """PTB's Bot, making calls that were decided earlier; its representation never shows the token."""

    def __init__(self, token: str, api_url: str, request: BaseRequest, updates_request: BaseRequest) -> None:
        base = api_url.rstrip("/")
        super().__init__(
            token,
            base_url=f"{base}/bot",
            base_file_url=f"{base}/file/bot",
            request=request,
            get_updates_request=updates_request,
        )
        self._health = Health()

    def __repr__(self) -> str:
        return "Line(…)"

    @property
    def is_up(self) -> bool:
        """Whether the latest calls arrived."""
        return self._health.is_up

    async def open(self) -> dict[str, Any]:
        """Open the sessions and ask who we are (getMe's raw answer)."""
        for request in self._request:
            await request.initialize()
        whoami: dict[str, Any] = await self.call(Call("getMe"))
        return whoami

    async def close_line(self) -> None:
        """Close the sessions."""
        for request in self._request:
            await request.shutdown()

    async def call(self, call: Call, files: Mapping[str, tuple[str, bytes]] | None = None) -> Any:
        """Make a call; `files` maps parameters to (name, content). Returns the raw result, raises PTB's errors."""
        params: dict[str, Any] = dict(call.params)
        for name, (filename, content) in (files or {}).items():
            params[name] = InputFile(content, filename=filename)
        try:
            return await self._make(call.method, params)
        except ChatMigrated as moved:  # the group became a supergroup since it spoke to us
            return await self._make(call.method, {**params, "chat_id": moved.new_chat_id})

    async def updates(self, offset: int | None, wait: float, kinds: list[str]) -> list[dict[str, Any]]:
        """The next raw updates, waiting up to `wait` seconds; nothing is parsed before it is kept."""
        params = {"offset": offset, "timeout": int(wait), "limit": 100, "allowed_updates": kinds}
        found = await self._make("getUpdates", params, read_timeout=wait + 5)
        updates = [update for update in found or () if is_update(update)]
        if len(updates) < len(found or ()):
            log.error("%d updates without a number were left: this server is not Telegram's", len(found) - len(updates))
        return updates

    async def _make(self, method: str, params: dict[str, Any], **more: Any) -> Any:
        """One call, in its turn; what becomes of it tells whether the line works."""
        try:
            await self._health.turn()
        except asyncio.CancelledError:
            raise HeldBack from None
        try:
            answer = await self._do_post(method, params, **more)
        except TelegramError as problem:
            self._health.judge(problem)
            raise
        except (KeyError, TypeError, AttributeError):  # a 200 that holds no result: not a server's of the Bot API
            foreign = NetworkError("the answer is not the Bot API's")
            self._health.judge(foreign)
            raise foreign from None
        self._health.succeeded()
        return answer

    async def _do_post(self, endpoint: str, data: dict[str, Any], **timeouts: Any) -> Any:
        """An ordinary call goes as JSON; only files need python-telegram-bot's own encoding."""
        if InputFile in map(type, data.values()):
            return await super()._do_post(endpoint, data, **timeouts)
        request = self._request[0 if endpoint == "getUpdates" else 1]
        plain: Any = PlainData(data)  # not a RequestData, which cannot be subclassed
        return await request.post(f"{self._base_url}/{endpoint}", plain, **timeouts)


def _understood(url: str, status: int, body: bytes) -> tuple[int, bytes]:
    """What the server says, as Telegram would say it: a method it does not know is a refusal of this call (400).

    Telegram says 404, which it also says of a token; but then getMe would not have passed. Others say 500 or 501 and
    « not supported »: taken for an outage, that call would be made again and again, and the chat's others wait behind.
    """
    if status < 400 or url.endswith("/getMe"):
        return status, body
    said = body[:2000].lower()
    is_json = said.lstrip().startswith(b"{")  # a proxy's page says nothing of the method
    if is_json and (status in (404, 501) or b"not supported" in said or b"not implemented" in said):
        return 400, b'{"ok":false,"description":"Bad Request: this server does not know the method"}'
    return status, body


def _form(data: RequestData | None) -> aiohttp.FormData | None:
    if data is None:
        return None
    form = aiohttp.FormData()
    for name, value in data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, kind) in data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=kind)
    return form
