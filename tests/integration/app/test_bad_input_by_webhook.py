"""What may come to the webhook's door: every kind of update, in several states, and clients that never end their sentence."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import pytest

import app.serving
from app.bootstrap import House
from bot import front_door, webhook
from participation.ports import Transaction
from rehearsal.botapi import Person
from tests.integration.app.test_running_webhook import SECRET, life
from tests.stories.house import Stage, councillors_of, launch, organiser_of, stage_in
from tests.stories.processes import free_port
from tests.unit.bot.catalogue.test_catalogue import KINDS, snapshot

SAID = ("sendMessage", "answerCallbackQuery", "editMessageText", "sendPhoto")
LIVELY = {"pulse", "member", "inbox", "reply", "picture"}
"""Tables in which time alone leaves a trace."""


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    stage = stage_in(tmp_path)
    yield stage
    await stage.api.close()


@asynccontextmanager
async def open_door(stage: Stage) -> AsyncIterator[tuple[House, int]]:
    port = free_port()
    async with life(stage, port) as house:
        yield house, port


class Courier:
    """Brings updates as Telegram does, one by one, and counts what the bot says to each, in the response or by a call."""

    def __init__(self, stage: Stage, house: House, port: int, session: aiohttp.ClientSession) -> None:
        self._stage = stage
        self._house = house
        self._url = f"http://127.0.0.1:{port}/telegram"
        self._session = session
        self._number = 500_000

    async def brings(self, update: dict[str, Any]) -> tuple[int, int]:
        """The status, and how many things were said."""
        before = self._calls()
        self._number += 1
        body = json.dumps({"update_id": self._number, **update}).encode()
        headers = {"X-Telegram-Bot-Api-Secret-Token": SECRET, "Content-Type": "application/json"}
        async with self._session.post(self._url, data=body, headers=headers) as answer:
            in_response = b'"method"' in await answer.read()
        await self._silence()
        return answer.status, int(in_response) + self._calls() - before

    def _calls(self) -> int:
        return sum(len(self._stage.api.recorder.of(method)) for method in SAID)

    async def _silence(self) -> None:
        """Until nothing more is on its way, but for answers that left in a response and wait to be forgotten."""
        async with asyncio.timeout(30):
            while await self._house.store.read(lambda tx: _waiting(tx, "lane <> 'answer'")):  # noqa: ASYNC110 - no event tells
                await asyncio.sleep(0.005)


def _waiting(tx: Transaction, which: str) -> int:
    rows = tx.session.driver.execute(f"SELECT count(*) FROM reply WHERE {which}", {})  # type: ignore[attr-defined]
    return int(rows.fetchall()[0][0])


def rows_of(tx: Transaction) -> dict[str, object]:
    return {name: rows for name, rows in snapshot(tx).items() if name not in LIVELY}


def inbox(tx: Transaction) -> set[str]:
    rows = tx.session.driver.execute("SELECT DISTINCT state FROM inbox", {})  # type: ignore[attr-defined]
    return {state for (state,) in rows.fetchall()}


def filled(update: Any, person: Person, count: "Count") -> Any:
    """The update, as if this person had caused it now."""
    if isinstance(update, dict):
        return {name: filled(value, person, count) for name, value in update.items()}
    if isinstance(update, list):
        return [filled(value, person, count) for value in update]
    number = count()
    words = {
        "@ID": person.id,
        "@N": number,
        "@DATE": 1_790_000_000 + number * 3600,
        "@ALBUM": "album",
        "@SAME": "album",
        "@FOREIGN": "vote:1:0.foreigndata1",
        "@QUERY": f"foreign-{number}",
    }
    return words.get(update, update) if isinstance(update, str) else update


class Count:
    def __init__(self) -> None:
        self._count = 10_000

    def __call__(self) -> int:
        self._count += 1
        return self._count


async def stranger(stage: Stage, _: House) -> Person:
    return stage.api.add_person("Driss")


async def voter(stage: Stage, house: House) -> Person:
    organiser, code = await organiser_of(stage, house)
    [amina] = await councillors_of(stage, code, 1)
    await launch(organiser, "/sondage On continue ? | Oui | Non", "On continue", [amina])
    return amina


async def writer(stage: Stage, house: House) -> Person:
    organiser, code = await organiser_of(stage, house)
    [amina] = await councillors_of(stage, code, 1)
    await launch(organiser, "/idees Que changer ?", "Que changer", [amina])
    return amina


@pytest.mark.parametrize("state", [stranger, voter, writer], ids=lambda state: state.__name__)
async def test_the_whole_catalogue_is_answered_as_by_polling_and_changes_nothing(
    stage: Stage, state: Any, caplog: pytest.LogCaptureFixture
) -> None:
    async with open_door(stage) as (house, port), aiohttp.ClientSession() as session:
        person = await state(stage, house)
        courier, count = Courier(stage, house, port, session), Count()
        before = await house.store.read(rows_of)
        with caplog.at_level(logging.ERROR):
            heard = {kind["name"]: await courier.brings(filled(kind["update"], person, count)) for kind in KINDS}
        assert {status for status, _ in heard.values()} == {200}
        expected = {kind["name"]: (200, int(kind["answer"] == "one")) for kind in KINDS if kind["answer"]}
        assert {name: said for name, said in heard.items() if name in expected} == expected
        assert {heard[kind["name"]][1] for kind in KINDS if kind["answer"] is None} <= {0, 1}
        assert await house.store.read(rows_of) == before
        assert await house.store.read(inbox) == {"done"}
        assert [record.getMessage() for record in caplog.records] == []


@pytest.mark.parametrize(
    "body",
    [
        b'{"update_id": 1' + b"1" * 30 + b"}",
        b'{"update_id": -1}',
        b'{"update_id": true}',
        b'{"update_id": 1.5}',
        b'{"update_id": "7"}',
        b'{"update_id": null}',
        b'{"update_id": 7, "x": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
        b"[" * 200_000,
        b'{"update_id": NaN}',
        b"\xff\xfe",
        b"\x00" * 1000,
    ],
    ids=range(11),
)
async def test_what_is_no_update_is_refused_for_good_and_nothing_is_kept(
    stage: Stage, body: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    async with open_door(stage) as (house, port), aiohttp.ClientSession() as session:
        headers = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
        with caplog.at_level(logging.ERROR):
            async with session.post(f"http://127.0.0.1:{port}/telegram", data=body, headers=headers) as answer:
                assert answer.status == 400
        assert await house.store.read(inbox) == set()
        assert caplog.records == []


# -- clients that never end their sentence --


HEAD = f"POST /telegram HTTP/1.1\r\nHost: x\r\nX-Telegram-Bot-Api-Secret-Token: {SECRET}\r\nContent-Length: 500\r\n\r\n"
SLOW = {
    "nothing at all": b"",
    "a line without end": b"POST /telegram HTTP/1.1\r\nHost: x\r\nX-A: ",
    "headers without end": b"POST /telegram HTTP/1.1\r\nHost: x\r\n",
    "a body without end": HEAD.encode(),
    "a body in chunks without end": HEAD.replace("Content-Length: 500", "Transfer-Encoding: chunked").encode()
    + b"fff\r\n",
    "a page without end": b"GET /sante HTTP/1.1\r\nHost: x\r\n",
}


async def hung_up(port: int, begun: bytes, drop: bytes) -> bool:
    """Whether the server ends a conversation that goes on one drop at a time."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(begun)
    try:
        async with asyncio.timeout(20):
            while True:
                writer.write(drop)
                await writer.drain()
                try:
                    async with asyncio.timeout(0.1):
                        if await reader.read(1000) == b"":
                            return True
                except TimeoutError:
                    continue
    except ConnectionError:
        return True
    except TimeoutError:
        return False
    finally:
        writer.close()


async def test_slow_clients_are_hung_up_on_and_delay_nobody(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    for module, name in (
        (webhook, "SLOWEST_BODY"), (front_door, "SLOWEST_BODY"), (front_door, "IDLE_SECONDS"),
        (front_door, "WATCH_SECONDS"), (app.serving, "IDLE_SECONDS"),
    ):  # fmt: skip
        monkeypatch.setattr(module, name, 0.5)
    async with open_door(stage) as (_, port), aiohttp.ClientSession() as session:
        drops = {name: b"" if name == "nothing at all" else b"x" for name in SLOW}
        drops["headers without end"] = drops["a page without end"] = b"X-A: b\r\n"
        slow = {
            name: [asyncio.ensure_future(hung_up(port, begun, drops[name])) for _ in range(20)]
            for name, begun in SLOW.items()
        }
        await asyncio.sleep(0.1)
        update = {"update_id": 1, "message": {"text": "/aide"}}
        headers = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
        async with session.post(f"http://127.0.0.1:{port}/telegram", json=update, headers=headers) as answer:
            assert answer.status == 200
        assert {name: all(await asyncio.gather(*tasks)) for name, tasks in slow.items()} == dict.fromkeys(SLOW, True)


@pytest.mark.parametrize("told", [True, False])
async def test_a_body_over_a_mebibyte_is_refused_before_it_is_read_whole(stage: Stage, told: bool) -> None:
    async with open_door(stage) as (house, port):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        length = f"Content-Length: {50 << 20}" if told else "Transfer-Encoding: chunked"
        writer.write(HEAD.replace("Content-Length: 500", length).encode())
        sent = 0
        try:
            while sent < 50 << 20 and not reader._buffer:  # type: ignore[attr-defined]
                piece = b"x" * 65536
                writer.write(piece if told else b"10000\r\n" + piece + b"\r\n")
                await writer.drain()
                sent += len(piece)
                await asyncio.sleep(0)
            head = await reader.read(100)
        except ConnectionError:
            head = b""
        assert head[9:12] in (b"413", b"")
        assert sent < 8 << 20
        assert await house.store.read(inbox) == set()
        writer.close()
