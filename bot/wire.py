"""The hot path of sending: JSON posts to one server on connections kept open, a fifth of what a general HTTP client costs.

It knows what the Bot API needs and no more: HTTP/1.1, no redirects, no cookies, no compression, no proxy. Calls with files go
by aiohttp; a test holds the two equal, answers in pieces, chunks and cut connections included.
"""

import asyncio
import ssl
from collections import deque
from urllib.parse import urlsplit

LARGEST_HEAD = 1 << 16
LARGEST_BODY = 1 << 26
IDLE_SECONDS = 15.0
"""A connection that did nothing for this long is not trusted any more: servers close theirs silently."""
Answer = tuple[int, bytes]
"""The HTTP status and the body."""


class WireCut(Exception):
    """The connection ended, or spoke no HTTP: whether the call was obeyed is not known."""


class Wire(asyncio.Protocol):
    """One connection, one call at a time."""

    def __init__(self) -> None:
        self._transport: asyncio.Transport | None = None
        self._answer: asyncio.Future[Answer] | None = None
        self._received = bytearray()
        self._status = 0
        self._length: int | None = None
        """Bytes of the body; None: not known yet. -1: chunked; -2: until the connection ends."""
        self._closes = False
        self.idle_since = 0.0

    @property
    def is_open(self) -> bool:
        """Whether another call may be made on it."""
        return self._transport is not None and not self._transport.is_closing()

    def post(self, request: bytes, answer: "asyncio.Future[Answer]") -> None:
        """Send a whole request; `answer` is settled when its response is complete."""
        if self._transport is None or self._transport.is_closing():
            raise WireCut
        self._answer = answer
        self._transport.write(request)

    def close(self) -> None:
        """Hang up."""
        if self._transport is not None:
            self._transport.abort()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport  # type: ignore[assignment] # both ways, always: a TCP connection's

    def connection_lost(self, problem: Exception | None) -> None:
        self._transport = None
        if self._length == -2 and problem is None:
            self._settle(bytes(self._received))
        self._fail()

    def data_received(self, data: bytes) -> None:
        self._received += data
        try:
            if self._length is None and not self._read_head():
                return
            self._read_body()
        except ValueError:
            self.close()
            self._fail()

    def _read_head(self) -> bool:
        """The status line and the two or three headers that matter; whether they are complete."""
        end = self._received.find(b"\r\n\r\n")
        if end < 0:
            if len(self._received) > LARGEST_HEAD:
                raise ValueError("a head without an end")
            return False
        head = bytes(self._received[:end]).lower()
        del self._received[: end + 4]
        if not head.startswith(b"http/1."):
            raise ValueError("not HTTP")
        self._status = int(head[9:12])
        if 100 <= self._status < 200:  # « continue »: the answer itself follows
            return self._read_head()
        self._closes = _value(head, b"connection") == b"close" or head.startswith(b"http/1.0")
        self._length = self._length_of(head)
        return True

    def _length_of(self, head: bytes) -> int:
        if self._status in (204, 304):
            return 0
        if b"chunked" in _value(head, b"transfer-encoding"):
            return -1
        length = _value(head, b"content-length")
        if length and (not length.isdigit() or int(length) > LARGEST_BODY):
            raise ValueError("an impossible length")
        return int(length) if length else -2

    def _read_body(self) -> None:
        if len(self._received) > LARGEST_BODY:
            raise ValueError("too long")
        if self._length == -1:
            whole = _unchunked(self._received)
            if whole is not None:
                self._settle(whole)
        elif self._length is not None and 0 <= self._length <= len(self._received):
            self._settle(bytes(self._received[: self._length]))

    def _settle(self, body: bytes) -> None:
        answer, self._answer = self._answer, None
        self._received.clear()
        self._length = None
        if self._closes:
            self.close()
        if answer is not None and not answer.done():
            answer.set_result((self._status, body))

    def _fail(self) -> None:
        answer, self._answer = self._answer, None
        if answer is not None and not answer.done():
            answer.set_exception(WireCut())


class Wires:
    """The connections to one server, opened when needed, at most `most` at a time."""

    def __init__(self, base_url: str, most: int) -> None:
        parts = urlsplit(base_url)
        self._host, self._port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
        self._tls = ssl.create_default_context() if parts.scheme == "https" else None
        self._name = parts.netloc.rpartition("@")[2]
        self._free: deque[Wire] = deque()
        self._busy: set[Wire] = set()
        self._room = asyncio.Semaphore(most)

    async def post(self, path: str, body: bytes, seconds: float, connect_seconds: float) -> Answer:
        """The server's answer. Raises `WireCut` or `OSError` when there is none, `TimeoutError` when it is late."""
        request = (
            f"POST {path} HTTP/1.1\r\nHost: {self._name}\r\nContent-Type: application/json\r\n"
            f"Content-Length: {len(body)}\r\n\r\n"
        ).encode() + body
        async with self._room:
            loop = asyncio.get_running_loop()
            wire = self._resting(loop.time()) or await self._open(connect_seconds)
            answer: asyncio.Future[Answer] = loop.create_future()
            late = loop.call_later(seconds, _is_late, answer)
            self._busy.add(wire)
            try:
                wire.post(request, answer)
                return await answer
            finally:
                late.cancel()
                self._put_away(wire, answer, loop.time())

    def close(self) -> None:
        """Hang up everywhere."""
        for wire in (*self._free, *self._busy):
            wire.close()
        self._free.clear()

    def _put_away(self, wire: Wire, answer: "asyncio.Future[Answer]", now: float) -> None:
        self._busy.discard(wire)
        if answer.done() and not answer.cancelled() and answer.exception() is None and wire.is_open:
            wire.idle_since = now
            self._free.append(wire)
        else:
            wire.close()

    def _resting(self, now: float) -> Wire | None:
        """The connection used last, if it can still be trusted."""
        while self._free:
            wire = self._free.pop()
            if wire.is_open and now - wire.idle_since < IDLE_SECONDS:
                return wire
            wire.close()
        return None

    async def _open(self, seconds: float) -> Wire:
        loop = asyncio.get_running_loop()
        async with asyncio.timeout(seconds):
            _, wire = await loop.create_connection(Wire, self._host, self._port, ssl=self._tls)
        return wire


def _is_late(answer: "asyncio.Future[Answer]") -> None:
    if not answer.done():
        answer.set_exception(TimeoutError())


def _value(head: bytes, name: bytes) -> bytes:
    """The value of a header in a head in small letters; empty when it is not there."""
    start = head.find(b"\r\n" + name + b":")
    if start < 0:
        return b""
    start += len(name) + 3
    end = head.find(b"\r\n", start)
    return head[start : end if end >= 0 else len(head)].strip()


def _unchunked(received: bytearray) -> bytes | None:
    """The whole body of a chunked answer; None while some of it is missing."""
    body, at = bytearray(), 0
    while (end := received.find(b"\r\n", at)) >= 0:
        size = int(received[at:end].partition(b";")[0], 16)
        if size == 0:
            return bytes(body) if received.endswith(b"\r\n\r\n") else None
        at = end + 2 + size + 2
        if at > len(received):
            return None
        body += received[end + 2 : at - 2]
    return None
