"""The front door and the general server, asked the same, answer the same: whole, in pieces, forged, foreign, half said."""

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from app.bootstrap import House
from app.serving import Protocols, serve
from bot import front_door
from bot.front_door import FrontDoor
from bot.gathering import Dealt
from tests.integration.app.test_running_troubles import SECRET, WEBHOOK
from tests.stories.house import comes, stage_in

Pieces = Sequence[bytes]
END = b"\r\n\r\n"


def update(number: int, *, size: int = 0) -> bytes:
    """Somebody presses a button that is not ours: answered at once, in the response."""
    person = {"id": 9000 + number, "is_bot": False, "first_name": "A" + "a" * size}
    message = {"message_id": 1, "date": 1, "chat": {"id": person["id"], "type": "private"}}
    query = {
        "id": f"press-{number}",
        "from": person,
        "message": message,
        "data": "vote:1:1.forged",
        "chat_instance": "1",
    }
    return json.dumps({"update_id": number, "callback_query": query}).encode()


def post(body: bytes, *headers: str, path: str = "/telegram", secret: str = SECRET, length: str = "") -> bytes:
    known = [f"X-Telegram-Bot-Api-Secret-Token: {secret}"] if secret else []
    lines = [f"POST {path} HTTP/1.1", "Host: palabre", *known, f"Content-Length: {length or len(body)}", *headers]
    return "\r\n".join(lines).encode() + END + body


def chunked(body: bytes) -> bytes:
    whole = post(body).replace(f"Content-Length: {len(body)}".encode(), b"Transfer-Encoding: chunked")
    return whole.replace(body, f"{len(body):x}\r\n".encode() + body + b"\r\n0\r\n\r\n")


def things_said(base: int) -> dict[str, Pieces]:
    """What may come on a connection; updates are numbered from `base`."""
    body = update(base)
    whole = post(body)
    return {
        "whole": [whole],
        "cut in the first line": [whole[:9], whole[9:]],
        "cut in the head": [whole[:70], whole[70:]],
        "the head, then the body": [whole[: whole.index(END) + 4], body],
        "the body in three": [whole[:-200], whole[-200:-90], whole[-90:]],
        "two at once": [whole + post(update(base + 2))],
        "one and a half at once, then the rest": [whole + post(update(base + 2))[:300], post(update(base + 2))[300:]],
        "three in turn": [whole, post(update(base + 2)), post(update(base + 3))],
        "the same twice": [whole, whole],
        "headers in small letters": [whole.replace(b"X-Telegram-Bot-Api", b"x-telegram-bot-api")],
        "headers in capitals": [whole.replace(b"Content-Length", b"CONTENT-LENGTH")],
        "spaces around the secret": [post(body, secret=f"  {SECRET} \t")],
        "no secret": [post(body, secret="")],
        "another secret": [post(body, secret=SECRET[:-1] + "x"), whole],
        "a secret in accents": [post(body, secret="é" * 30)],
        "the secret after a wrong one": [post(body, f"X-Telegram-Bot-Api-Secret-Token: {SECRET}", secret="x" * 40)],
        "no JSON": [post(b"{")],
        "a list": [post(b"[1]"), whole],
        "no update": [post(b'{"ok": true}')],
        "half a surrogate": [post(body.replace(b"Aa", b"A").replace(b'"A"', b'"\\ud800"'))],
        "an update of nothing": [post(b'{"update_id": 7}')],
        "an empty body": [post(b"")],
        "in chunks": [chunked(body)],
        "in chunks, with a space": [chunked(body).replace(b"Encoding:", b"Encoding :")],
        "the last one, in a hurry": [post(body, "Connection:close")],
        "a hundred that are no update": [post(b"{}") * 100 + whole],
        "a body that waits for a sign": [whole.replace(END, b"\r\nExpect: 100-continue" + END, 1)],
        "a length that is no number": [post(body, length="many")],
        "a negative length": [post(body, length="-1")],
        "a length with a sign": [post(body, length=f"+{len(body)}")],
        "two lengths": [post(body, "Content-Length: 3")],
        "a mebibyte and more": [post(b"", length=str((1 << 20) + 1))],
        "half a mebibyte": [post(update(base + 4, size=1 << 19))],
        "another path": [post(body, path="/elsewhere")],
        "the path and more": [post(body, path="/telegram?x=1")],
        "a page": [b"GET /sante HTTP/1.1\r\nHost: palabre\r\n\r\n"],
        "an update, then a page": [whole, b"GET /telegram HTTP/1.1\r\nHost: palabre\r\n\r\n"],
        "an update and a page at once": [whole + b"GET /telegram HTTP/1.1\r\nHost: palabre\r\n\r\n"],
        "of an old client": [whole.replace(b"HTTP/1.1", b"HTTP/1.0")],
        "the last one": [post(body, "Connection: close")],
        "packed": [post(body, "Content-Encoding: gzip")],
        "no HTTP": [b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + END],
    }


@dataclass(frozen=True)
class Heard:
    """What came back, and what was kept."""

    answers: list[tuple[int, str]]
    is_open: bool
    kept: list[int]


async def heard(house: House, port: int, pieces: Pieces, base: int) -> Heard:
    """Say it on a new connection, and listen until nothing more comes."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    answers: list[tuple[int, str]] = []
    for piece in pieces:
        writer.write(piece)
        await asyncio.sleep(0.1)
    while (answer := await _answer(reader)) is not None:
        answers.append((answer[0], answer[1].replace(f"press-{base // 10}", "press-")))
    is_open = not reader.at_eof()
    writer.close()
    return Heard(answers, is_open, [number - base for number in await kept(house) if base <= number < base + 10])


async def _answer(reader: asyncio.StreamReader) -> tuple[int, str] | None:
    """The status, and what the response asks Telegram to do; None when nothing more comes."""
    try:
        async with asyncio.timeout(1):
            head = (await reader.readuntil(END)).decode().lower()
            length = next((int(line[15:]) for line in head.split("\r\n") if line.startswith("content-length:")), 0)
            body = await reader.readexactly(length)
    except (TimeoutError, asyncio.IncompleteReadError, ConnectionResetError):
        return None
    return int(head[9:12]), body.decode() if b'"method"' in body else ""


async def kept(house: House) -> list[int]:
    def numbers(tx: object) -> list[int]:
        rows = tx.session.driver.execute("SELECT update_id FROM inbox ORDER BY 1", {})  # type: ignore[attr-defined]
        return [row[0] for row in rows]

    return await house.store.read(numbers)


@asynccontextmanager
async def two_doors(house: House) -> AsyncIterator[tuple[int, int]]:
    """The port of the front door, and one of the general server behind it."""
    behind: list[Protocols] = []

    def front(inside: Protocols) -> FrontDoor:
        assert house.front is not None
        behind.append(inside)
        return house.front(inside)

    async with serve(house.site, "127.0.0.1", 0, front) as port:
        general = await asyncio.get_running_loop().create_server(behind[0], "127.0.0.1", 0)
        yield port, general.sockets[0].getsockname()[1]
        general.close()


async def test_the_front_door_answers_as_the_general_server_does(tmp_path: Path) -> None:
    names = list(things_said(0))

    async def everything(house: House, port: int, base: int) -> dict[str, Heard]:
        bases = [base + 10 * number for number in range(len(names))]
        listened = (heard(house, port, things_said(b)[name], b) for name, b in zip(names, bases, strict=True))
        return dict(zip(names, await asyncio.gather(*listened), strict=True))

    async with stage_in(tmp_path).lives(**WEBHOOK) as house, two_doors(house) as (front, general):
        at_the_door = await everything(house, front, 10_000)
        inside = await everything(house, general, 20_000)
    assert at_the_door == inside
    assert at_the_door["three in turn"].kept == [0, 2, 3]
    assert '"method":"answerCallbackQuery"' in at_the_door["whole"].answers[0][1]


async def test_posts_are_read_at_the_door_itself(tmp_path: Path) -> None:
    """Else the test above would compare the general server with itself."""

    def nobody() -> asyncio.Protocol:
        raise AssertionError("the general server was asked")

    async with stage_in(tmp_path).lives(**WEBHOOK) as house:
        assert house.front is not None
        door = house.front(nobody)
        server = await asyncio.get_running_loop().create_server(door, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        said = things_said(10_000)
        answered = [
            await heard(house, port, said[name], 10_000) for name in ("three in turn", "the body in three", "a list")
        ]
        server.close()
        await door.close(1.0)
    assert [[status for status, _ in each.answers] for each in answered] == [[200] * 3, [200], [400, 200]]


async def test_thousands_of_posts_in_one_breath_are_answered_in_turn(tmp_path: Path) -> None:
    async with stage_in(tmp_path).lives(**WEBHOOK) as house, serve(house.site, "127.0.0.1", 0, house.front) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(post(b"{}") * 1200)  # under the most that is read here, far over what Python may nest
        statuses = [int((await reader.readuntil(END))[9:12]) for _ in range(1200)]
        writer.close()
    assert statuses == [400] * 1200


async def test_a_fault_in_telling_one_leaves_the_others_of_the_batch_their_answer(tmp_path: Path) -> None:
    def faulty(_: Dealt) -> None:
        raise ZeroDivisionError

    told: list[Dealt] = []
    async with stage_in(tmp_path).lives(**WEBHOOK) as house:
        assert house.front is not None
        webhook = house.front(asyncio.Protocol).webhook
        webhook.bring(update(1), faulty)
        webhook.bring(update(2), told.append)
        await comes(lambda: told)
    assert [dealt.answer is not None for dealt in told] == [True]


async def test_who_says_nothing_or_never_ends_is_hung_up_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(front_door, "WATCH_SECONDS", 0.05)
    monkeypatch.setattr(front_door, "IDLE_SECONDS", 0.2)
    monkeypatch.setattr(front_door, "SLOWEST_BODY", 0.2)
    async with stage_in(tmp_path).lives(**WEBHOOK) as house, serve(house.site, "127.0.0.1", 0, house.front) as port:
        for beginning in (b"", post(update(1))[:-5]):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(beginning)
            async with asyncio.timeout(10):
                with pytest.raises((asyncio.IncompleteReadError, ConnectionResetError)):
                    await reader.readexactly(1)
            writer.close()
        assert await kept(house) == []


async def test_closing_lets_those_who_wait_have_their_answer(tmp_path: Path) -> None:
    async with stage_in(tmp_path).lives(**WEBHOOK) as house:
        async with serve(house.site, "127.0.0.1", 0, house.front) as port:
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(post(update(1)))
            while not await kept(house):  # noqa: ASYNC110 - a table has no event
                await asyncio.sleep(0.001)
        head = await reader.readuntil(END)
        writer.close()
    assert head.startswith(b"HTTP/1.1 200")
