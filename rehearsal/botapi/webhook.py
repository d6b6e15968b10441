"""Delivery of updates to a bot's own address: in order within a chat or a person, in parallel otherwise."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import aiohttp
import orjson

from rehearsal.botapi.errors import ConnectionCut
from rehearsal.botapi.forms import read_form
from rehearsal.botapi.parameters import Upload
from rehearsal.botapi.updates import Pending

if TYPE_CHECKING:
    from rehearsal.botapi.bots import Bot
    from rehearsal.botapi.core import BotApi

SECRET_HEADER: Final = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 -- a header's name, not a secret
_ANSWER_SECONDS: Final = 60.0
_LONGEST_RETRY_AFTER: Final = 3600
_GONE_SECONDS: Final = 23 * 3600.0
_NOT_IN_ANSWERS: Final = ("get", "setwebhook", "deletewebhook", "close", "logout")


@dataclass(frozen=True, slots=True)
class Delivered:
    """What the bot's address answered; `parameters` may hold one method to call, under "method"."""

    status: int
    retry_after: int = 0
    parameters: Mapping[str, Any] = field(default_factory=dict)
    files: Mapping[str, Upload] = field(default_factory=dict)


Post = Callable[[str, bytes, Mapping[str, str]], Awaitable[Delivered]]


class Webhook:
    """One address. A failed delivery is tried again at once, then after 2, 4, 8… seconds, up to a minute or
    two; what follows it in the same queue waits; it is dropped when its time is over."""

    def __init__(self, api: BotApi, bot: Bot, url: str, secret: str, max_connections: int) -> None:
        self._api = api
        self._bot = bot
        self.url = url
        self.secret = secret
        self.max_connections = max_connections
        self._queues: dict[tuple[str, int], deque[Pending]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._free = asyncio.Semaphore(max_connections)
        self._last_error: tuple[int, str] | None = None
        self._gone_since: float | None = None

    def start(self) -> None:
        for pending in self._bot.queue.waiting():
            self._take(pending)
        self._bot.queue.on_arrival = self._take

    async def stop(self) -> None:
        """Cut what is under way: those updates stay pending, and may therefore be delivered twice. What came in
        an answer that was read is obeyed all the same."""
        self._bot.queue.on_arrival = None
        current = asyncio.current_task()
        tasks = [task for task in self._tasks if task is not current]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def info(self) -> dict[str, Any]:
        error = {}
        if self._last_error is not None:
            error = {"last_error_date": self._last_error[0], "last_error_message": self._last_error[1]}
        return {"url": self.url, "max_connections": self.max_connections, **error}

    def _take(self, pending: Pending) -> None:
        queue = self._queues.get(pending.key)
        if queue is not None:
            queue.append(pending)
            return
        self._queues[pending.key] = deque((pending,))
        task = asyncio.get_running_loop().create_task(self._serve(pending.key))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _serve(self, key: tuple[str, int]) -> None:
        queue = self._queues[key]
        while queue:
            await self._deliver(queue[0])
            queue.popleft()
        del self._queues[key]

    async def _deliver(self, pending: Pending) -> None:
        failures, delay = 0, 1.0
        while self._bot.queue.is_live(pending):
            async with self._free:
                delivered = await self._try(pending)
            if delivered.status // 100 == 2:
                self._gone_since = None
                self._bot.queue.forget(pending.update_id)
                self._api.do_apart(self._obey_answer(delivered))
                return
            self._note_failure(delivered.status)
            wait = float(min(delivered.retry_after, _LONGEST_RETRY_AFTER))
            if not wait and failures:
                delay = min(delay * 2, self._api.random.uniform(60, 120))
                wait = delay
            failures += 1
            if self._api.clock.now() + wait > pending.expires_at:
                self._bot.queue.forget(pending.update_id)
                return
            await self._api.clock.sleep(wait)

    async def _try(self, pending: Pending) -> Delivered:
        headers = {"Content-Type": "application/json"} | ({SECRET_HEADER: self.secret} if self.secret else {})
        try:
            self._api.faults.cut_post(after=False)
            delivered = await self._api.post(self.url, orjson.dumps(pending.body), headers)
            self._api.faults.cut_post(after=True)
            return delivered
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            self._last_error = (self._api.date(), f"Connection failed: {type(error).__name__}")
            return Delivered(0)

    def _note_failure(self, status: int) -> None:
        now = self._api.clock.now()
        if status:
            self._last_error = (int(now), f"Wrong response from the webhook: {status}")
        if status != 410:
            self._gone_since = None
        elif self._gone_since is None:
            self._gone_since = now
        elif now - self._gone_since > _GONE_SECONDS and self._bot.webhook is self:
            self._bot.webhook = None
            self._bot.queue.on_arrival = None
            for task in self._tasks:
                task.cancel()

    async def _obey_answer(self, delivered: Delivered) -> None:
        """One method may come in the answer's body; its result is seen by nobody."""
        method = str(delivered.parameters.get("method", ""))
        if not method or method.lower().startswith(_NOT_IN_ANSWERS):
            return
        parameters = {name: value for name, value in delivered.parameters.items() if name != "method"}
        try:
            await self._api.call(self._bot.token, method, parameters, delivered.files)
        except ConnectionCut:
            return


class HttpPost:
    """Posts over real HTTP, with as many connections as the webhooks ask for."""

    def __init__(self) -> None:
        self._session: aiohttp.ClientSession | None = None

    async def __call__(self, url: str, body: bytes, headers: Mapping[str, str]) -> Delivered:
        if self._session is None or self._session.closed:
            timeout = aiohttp.ClientTimeout(sock_read=_ANSWER_SECONDS)
            self._session = aiohttp.ClientSession(timeout=timeout, connector=aiohttp.TCPConnector(limit=0))
        async with self._session.post(url, data=body, headers=headers, allow_redirects=False) as response:
            content = await response.read()
            retry_after = response.headers.get("Retry-After", "")
            parameters, files = await read_form(response.headers.get("Content-Type", ""), content)
            seconds = int(retry_after) if retry_after.isdecimal() else 0
            return Delivered(response.status, seconds, parameters, files)

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None
