"""The hot path of the webhook: plain posts read on the connection itself, a fifth of what a general HTTP server costs.

It knows the one request Telegram makes. A connection that says anything else, says it in another way or without the secret,
is handed over for good to the general server, with what it has said so far; a test holds the two equal.
"""

import asyncio
import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus

from bot.gathering import Dealt
from bot.webhook import RETRY_SECONDS, SECRET_HEADER, SLOWEST_BODY, Webhook

LARGEST_PLAIN = 1 << 18
"""Bytes of a post that is read here, head included; Telegram's are a hundred times smaller."""
IDLE_SECONDS = 75.0
"""As long as the general server lets a silent connection stay."""
WATCH_SECONDS = 5.0
_SECRET = f"\r\n{SECRET_HEADER}:".lower().encode()
_LENGTH = b"\r\ncontent-length:"
_UNUSUAL = (
    b"\r\ntransfer-encoding",
    b"\r\ncontent-encoding",
    b"\r\nexpect",
    b"\r\nupgrade",
    b"\r\nconnection:c",
    b"\r\nconnection: c",
)
"""Beginnings of lines that ask for more than we know; a space before the colon is for the general server to refuse."""


class FrontDoor:
    """Stands before the general server, at its address. `path` is the webhook's; `inside` gives the server's protocols."""

    def __init__(self, webhook: Webhook, path: str, inside: Callable[[], asyncio.Protocol]) -> None:
        self.webhook = webhook
        self.line = f"POST {path} HTTP/1.1\r\n".encode()
        self.inside = inside
        self.visits: set[Visit] = set()
        self.answered: asyncio.Event | None = None
        """Rings at each answer, once we are closing."""

    def __call__(self) -> "Visit":
        """Somebody connects."""
        return Visit(self)

    async def close(self, patience: float) -> None:
        """Hang up, once those who wait for an answer have it, or after so many seconds."""
        self.answered = asyncio.Event()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(patience):
                while any(visit.is_answering for visit in self.visits):
                    await self.answered.wait()
                    self.answered.clear()
        for visit in tuple(self.visits):
            visit.hang_up()


class Visit(asyncio.Protocol):
    """One connection, one post at a time."""

    def __init__(self, door: FrontDoor) -> None:
        self._door = door
        self._loop = asyncio.get_running_loop()
        self._transport: asyncio.Transport | None = None
        self._received = b""
        self._until = 0.0
        """By the loop's clock, when this connection has been silent, or in the middle of a post, for too long."""
        self._is_begun = False
        self._is_looking = False
        self.is_answering = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport  # type: ignore[assignment] # both ways, always: a TCP connection's
        self._door.visits.add(self)
        self._until = self._loop.time() + IDLE_SECONDS
        self._watch()

    def connection_lost(self, problem: Exception | None) -> None:
        self._leave()

    def data_received(self, data: bytes) -> None:
        self._received = self._received + data if self._received else data
        if not self.is_answering:
            self._look()
        elif len(self._received) > LARGEST_PLAIN:  # nobody says so much before hearing the answer
            self.hang_up()

    def hang_up(self) -> None:
        """End the connection, now."""
        if self._transport is not None:
            self._transport.abort()
        self._leave()

    def _look(self) -> None:
        """Take the posts that are here whole, one after the other, until one has to wait for its answer."""
        if self._is_looking:  # answered at once, from inside the loop below
            return
        self._is_looking = True
        try:
            while self._received and not self.is_answering and self._take_next():
                continue
        finally:
            self._is_looking = False

    def _take_next(self) -> bool:
        """Whether there was a whole post; the rest of its body is waited for, anything else is for the general server."""
        post = _read(self._received, self._door.line)
        if post is None or not self._door.webhook.knows(post.secret):
            self._hand_over()
            return False
        if post.end <= len(self._received):
            self._received, self._is_begun = self._received[post.end :], False
            self._take(post)
            return True
        if not self._is_begun:
            self._is_begun = True
            self._until = self._loop.time() + SLOWEST_BODY
        return False

    def _take(self, post: "Post") -> None:
        self.is_answering = True
        try:
            self._door.webhook.bring(post.body, self._told)
        except ValueError:
            self._respond(HTTPStatus.BAD_REQUEST)

    def _told(self, dealt: Dealt) -> None:
        """Committed, or impossible."""
        webhook, answer = self._door.webhook, dealt.answer
        if dealt.problem is not None:
            webhook.lament(dealt.problem)
            self._respond(HTTPStatus.SERVICE_UNAVAILABLE, f"Retry-After: {RETRY_SECONDS}\r\n")
        elif answer is None:
            self._respond(HTTPStatus.OK)
        elif self._respond(HTTPStatus.OK, "Content-Type: application/json\r\n", answer.in_response()):
            webhook.gone(answer)
        else:
            webhook.stayed(answer)

    def _respond(self, status: HTTPStatus, headers: str = "", body: bytes = b"") -> bool:
        """Whether all of it has left this process. The next post, if it is here already, is looked at."""
        self.is_answering = False
        if self._door.answered is not None:
            self._door.answered.set()
        if self._transport is None or self._transport.is_closing():
            return False
        head = f"HTTP/1.1 {status.value} {status.phrase}\r\n{headers}Content-Length: {len(body)}\r\n\r\n"
        self._transport.write(head.encode() + body)
        has_left = self._transport.get_write_buffer_size() == 0
        self._until = self._loop.time() + IDLE_SECONDS
        self._look()
        return has_left

    def _hand_over(self) -> None:
        """The general server takes the connection as if it had just been made."""
        transport, received = self._transport, self._received
        self._leave()
        if transport is not None and not transport.is_closing():
            server = self._door.inside()
            transport.set_protocol(server)
            server.connection_made(transport)
            server.data_received(received)

    def _leave(self) -> None:
        self._transport = None
        self._received = b""
        self._door.visits.discard(self)

    def _watch(self) -> None:
        """Now and then: hang up on who has nothing to say, or never ends saying it."""
        if self._transport is None:
            return
        if not self.is_answering and self._loop.time() > self._until:
            self.hang_up()
        else:
            self._loop.call_later(WATCH_SECONDS, self._watch)


@dataclass(frozen=True, slots=True)
class Post:
    """A post whose head is here: the secret it gives, its body as far as it is here, where it ends."""

    secret: bytes
    body: bytes
    end: int


def _read(received: bytes, line: bytes) -> Post | None:
    """The post at the beginning of these bytes; None when it is not one of Telegram's plain ones."""
    head_end = received.find(b"\r\n\r\n")
    if head_end < 0 or not received.startswith(line):
        return None
    head = received[:head_end].lower()
    start = head_end + 4
    length = _value(head, head, _LENGTH)
    if not length.isdigit() or len(length) > len(str(LARGEST_PLAIN)) or any(sign in head for sign in _UNUSUAL):
        return None
    end = start + int(length)
    return Post(_value(head, received, _SECRET), received[start:end], end) if end <= LARGEST_PLAIN else None


def _value(head: bytes, original: bytes, name: bytes) -> bytes:
    """The value of a header that stands there once, in its own letters; empty when it is missing, or repeated."""
    place = head.find(name)
    if place < 0 or head.find(name, place + 1) >= 0:
        return b""
    start = place + len(name)
    end = head.find(b"\r\n", start)
    return original[start : end if end >= 0 else len(head)].strip()
