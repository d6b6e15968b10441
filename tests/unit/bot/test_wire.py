"""The wire of our own and aiohttp, in front of the same server, hear the same: whole, in pieces, in chunks, cut, late."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager

import aiohttp
import pytest

from bot.wire import WireCut, Wires

OK = b'{"ok":true,"result":true}'
HEAD = b"HTTP/1.1 200 OK\r\n"
WHOLE = {
    "with a length": HEAD + b"Content-Length: 25\r\n\r\n" + OK,
    "in small letters": b"HTTP/1.1 200 ok\r\nserver: nginx\r\ncontent-length:25\r\n\r\n" + OK,
    "an error": b"HTTP/1.1 429 Too Many Requests\r\nContent-Length: 25\r\nRetry-After: 3\r\n\r\n" + OK,
    "in chunks": HEAD
    + b"Transfer-Encoding: chunked\r\n\r\na\r\n"
    + OK[:10]
    + b"\r\nF;x=1\r\n"
    + OK[10:]
    + b"\r\n0\r\n\r\n",
    "until the end": HEAD + b"Connection: close\r\n\r\n" + OK,
    "of an old server": b"HTTP/1.0 200 OK\r\nContent-Length: 25\r\n\r\n" + OK,
    "without a body": b"HTTP/1.1 204 No Content\r\n\r\n",
    "an empty one": HEAD + b"Content-Length: 0\r\n\r\n",
    "after a « continue »": b"HTTP/1.1 100 Continue\r\n\r\n" + HEAD + b"Content-Length: 25\r\n\r\n" + OK,
    "closing": HEAD + b"Connection: close\r\nContent-Length: 25\r\n\r\n" + OK,
}
BROKEN = {
    "nothing": b"",
    "half a head": HEAD,
    "half a body": HEAD + b"Content-Length: 25\r\n\r\n" + OK[:7],
    "half a chunk": HEAD + b"Transfer-Encoding: chunked\r\n\r\nF\r\n" + OK[:3],
    "no HTTP": b"SSH-2.0-OpenSSH_9.6\r\n\r\n\r\n\r\n",
    "no length": HEAD + b"Content-Length: many\r\n\r\n" + OK,
}


class Server:
    """Answers each request with the same bytes, cut in pieces; counts connections, keeps what it was asked."""

    def __init__(self, answer: bytes, pieces: int, *, hangs_up: bool) -> None:
        self._answer = answer
        self._pieces = pieces
        self._hangs_up = hangs_up
        self.connections = 0
        self.asked: list[bytes] = []

    async def __call__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        try:
            while head := await _head(reader):
                length = next(
                    int(line[15:]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")
                )
                self.asked.append(await reader.readexactly(length))
                for piece in _cut(self._answer, self._pieces):
                    writer.write(piece)
                    await asyncio.sleep(0)
                if self._hangs_up:
                    return
        finally:
            writer.close()


async def _head(reader: asyncio.StreamReader) -> bytes:
    try:
        return await reader.readuntil(b"\r\n\r\n")
    except (asyncio.IncompleteReadError, ConnectionError):
        return b""


def _cut(answer: bytes, pieces: int) -> Sequence[bytes]:
    size = max(1, -(-len(answer) // pieces))
    return [answer[i : i + size] for i in range(0, len(answer), size)]


@asynccontextmanager
async def serving(server: Callable[..., object]) -> AsyncIterator[str]:
    listening = await asyncio.start_server(server, "127.0.0.1", 0)  # type: ignore[arg-type] # a callable object is a callback
    try:
        yield f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}"
    finally:
        listening.close()


async def by_aiohttp(url: str, body: bytes) -> tuple[int, bytes]:
    async with aiohttp.ClientSession() as session, session.post(f"{url}/bot1:a/getMe", data=body) as answer:
        return answer.status, await answer.read()


async def by_wire(url: str, body: bytes) -> tuple[int, bytes]:
    wires = Wires(url, 4)
    try:
        return await wires.post("/bot1:a/getMe", body, 5, 5)
    finally:
        wires.close()


@pytest.mark.parametrize("pieces", [1, 2, 7, 10_000])
@pytest.mark.parametrize("answer", WHOLE.values(), ids=WHOLE.keys())
async def test_an_answer_is_read_as_aiohttp_reads_it(answer: bytes, pieces: int) -> None:
    async with serving(Server(answer, pieces, hangs_up=True)) as url:
        assert await by_wire(url, b'{"a":1}') == await by_aiohttp(url, b'{"a":1}')


@pytest.mark.parametrize("answer", BROKEN.values(), ids=BROKEN.keys())
async def test_a_broken_answer_is_a_cut_wire_as_it_is_an_error_of_aiohttp(answer: bytes) -> None:
    async with serving(Server(answer, 1, hangs_up=True)) as url:
        with pytest.raises(aiohttp.ClientError):
            await by_aiohttp(url, b"{}")
        with pytest.raises(WireCut):
            await by_wire(url, b"{}")


async def test_calls_one_after_the_other_share_a_connection_and_are_not_mixed_up() -> None:
    server = Server(WHOLE["in chunks"], 3, hangs_up=False)
    async with serving(server) as url:
        wires = Wires(url, 4)
        heard = [await wires.post("/x", b"%d" % n, 5, 5) for n in range(3)]
        wires.close()
    assert (heard, server.connections, server.asked) == ([(200, OK)] * 3, 1, [b"0", b"1", b"2"])


async def test_a_connection_the_server_closed_is_not_used_again() -> None:
    server = Server(WHOLE["with a length"], 1, hangs_up=True)
    async with serving(server) as url:
        wires = Wires(url, 4)
        for _ in range(2):
            assert await wires.post("/x", b"{}", 5, 5) == (200, OK)
            await asyncio.sleep(0.05)
        wires.close()
    assert server.connections == 2


async def test_never_more_connections_than_agreed() -> None:
    server = Server(WHOLE["with a length"], 3, hangs_up=False)
    async with serving(server) as url:
        wires = Wires(url, 3)
        assert await asyncio.gather(*(wires.post("/x", b"{}", 5, 5) for _ in range(20))) == [(200, OK)] * 20
        wires.close()
    assert server.connections == 3


async def test_a_silent_server_is_late_and_its_connection_is_given_up() -> None:
    server = Server(b"", 1, hangs_up=False)
    async with serving(server) as url:
        wires = Wires(url, 1)
        for _ in range(2):
            with pytest.raises(TimeoutError):
                await wires.post("/x", b"{}", 0.05, 5)
        wires.close()
    assert server.connections == 2


async def test_a_call_given_up_leaves_its_connection_unused() -> None:
    server = Server(b"", 1, hangs_up=False)
    async with serving(server) as url:
        wires = Wires(url, 1)
        call = asyncio.ensure_future(wires.post("/x", b"{}", 5, 5))
        await asyncio.sleep(0.05)
        call.cancel()
        with pytest.raises(asyncio.CancelledError):
            await call
        with pytest.raises(TimeoutError):
            await wires.post("/x", b"{}", 0.05, 5)
        wires.close()
    assert server.connections == 2
