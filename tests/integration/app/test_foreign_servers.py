"""Servers that speak the Bot API in their own way: few methods, other errors, bare results. The house starts and works."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from telegram.error import BadRequest, InvalidToken, NetworkError

from app.bootstrap import assemble
from app.commands.check_findings import Level
from app.commands.check_telegram import check_telegram
from app.supervisor import Supervisor
from bot.calls import Call
from bot.connection import AiohttpRequest, Line
from storage import open_store
from tests.stories.house import comes, settings_with
from tests.stories.processes import TOKEN

Answer = tuple[int, Any]
ME = {"id": 666, "first_name": "Bot d’ailleurs", "username": "AilleursBot"}
UNKNOWN = {
    "as Telegram": (404, {"ok": False, "error_code": 404, "description": "Not Found: method not found"}),
    "as telegram-test-api": (500, {"message": "API method 'x' is not supported."}),
    "as a framework": (404, {"detail": "Not Found"}),
    "as HTTP has it": (501, {"error": "Not Implemented"}),
}


class Abroad:
    """A server of the Bot API that knows what it is told to know."""

    def __init__(self, unknown: Answer) -> None:
        self.unknown = unknown
        self.answers: dict[str, Answer] = {"getMe": (200, {"ok": True, "result": ME})}
        self.updates: list[Any] = []
        self.calls: list[tuple[str, dict[str, Any]]] = []

    async def take(self, request: web.Request) -> web.Response:
        method = request.path.rsplit("/", 1)[1]
        body = await request.read()
        self.calls.append((method, json.loads(body) if body.startswith(b"{") else {}))
        status, answer = self._answer(method)
        return web.json_response(answer, status=status)

    def _answer(self, method: str) -> Answer:
        if method == "getUpdates":  # handed over once, at once, whatever the offset
            given, self.updates = self.updates, []
            return 200, {"ok": True, "result": given}
        return self.answers.get(method, self.unknown)

    def said(self, method: str) -> list[dict[str, Any]]:
        return [params for name, params in self.calls if name == method]


Served = Callable[[Abroad], Awaitable[str]]


@pytest.fixture
async def served() -> AsyncIterator[Served]:
    runners: list[web.AppRunner] = []

    async def serve(abroad: Abroad) -> str:
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", abroad.take)
        runners.append(web.AppRunner(app, access_log=None))
        await runners[-1].setup()
        await web.TCPSite(runners[-1], "127.0.0.1", 0).start()
        return f"http://127.0.0.1:{runners[-1].addresses[0][1]}"

    yield serve
    for runner in runners:
        await runner.cleanup()


@asynccontextmanager
async def living(url: str, folder: Path) -> AsyncIterator[None]:
    """The house at work with this server."""
    store = open_store(f"sqlite:///{folder / 'palabre.db'}")
    try:
        house = await assemble(settings_with({"PALABRE__TELEGRAM__API_URL": url}), store, TOKEN, "http://127.0.0.1:1")
        supervisor = Supervisor()
        running = asyncio.create_task(house.run(supervisor))
        yield
        supervisor.stop()
        await running
    finally:
        store.close()


def written(number: int, text: str, **more: Any) -> dict[str, Any]:
    """A message of somebody whose number is 1."""
    person = {"id": 1, "first_name": "Amina", "is_bot": False}
    chat = {"id": 1, "type": "private"}
    return {
        "update_id": number,
        "message": {"message_id": number, "date": 1, "chat": chat, "from": person, "text": text, **more},
    }


@pytest.mark.parametrize(
    ("unknown", "result"), list(zip(UNKNOWN.values(), [True, None, {"message_id": 3}, {}], strict=True)), ids=UNKNOWN
)
async def test_a_server_that_knows_three_methods_is_enough(
    served: Served, tmp_path: Path, unknown: Answer, result: Any, caplog: pytest.LogCaptureFixture
) -> None:
    abroad = Abroad(unknown)
    abroad.answers["sendMessage"] = (200, {"ok": True, "result": result})
    url = await served(abroad)
    abroad.updates = [written(0, "/aide"), written(1, "/aide")]
    with caplog.at_level(logging.WARNING):
        async with living(url, tmp_path):
            await comes(lambda: len(abroad.said("sendMessage")) >= 2)
    assert [message for message in caplog.messages if "incident" in message] == []
    assert {params["chat_id"] for params in abroad.said("sendMessage")} == {1}
    assert [message for message in caplog.messages if "the menu of commands is not shown" in message] != []


async def test_a_bot_without_a_name_for_links_still_starts(served: Served, tmp_path: Path) -> None:
    abroad = Abroad(UNKNOWN["as Telegram"])
    abroad.answers |= {
        "getMe": (200, {"ok": True, "result": {"id": 1}}),
        "sendMessage": (200, {"ok": True, "result": True}),
    }
    url = await served(abroad)
    abroad.updates = [written(1, "/aide")]
    async with living(url, tmp_path):
        await comes(lambda: abroad.said("sendMessage"))


async def test_updates_that_have_no_number_do_not_stop_the_others(served: Served, tmp_path: Path) -> None:
    abroad = Abroad(UNKNOWN["as Telegram"])
    abroad.answers["sendMessage"] = (200, {"ok": True, "result": True})
    url = await served(abroad)
    strange: list[Any] = [
        None,
        7,
        [],
        {},
        {"update_id": "4"},
        {"update_id": -1},
        {"update_id": True},
        {"update_id": 2**70},
    ]
    abroad.updates = [*strange, written(5, "/aide"), {"message": {}}]
    async with living(url, tmp_path):
        await comes(lambda: abroad.said("sendMessage"))
        asked = [params.get("offset") for params in abroad.said("getUpdates")]
        await comes(lambda: len(abroad.said("getUpdates")) > len(asked))
    assert abroad.said("getUpdates")[-1]["offset"] == 6


async def test_a_server_that_does_not_wait_is_not_asked_without_end(served: Served, tmp_path: Path) -> None:
    abroad = Abroad(UNKNOWN["as Telegram"])
    url = await served(abroad)
    async with living(url, tmp_path):
        await comes(lambda: len(abroad.said("getUpdates")) >= 3)
        before = len(abroad.said("getUpdates"))
        await asyncio.sleep(1)
        assert len(abroad.said("getUpdates")) - before <= 5


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        ((200, {"ok": True}), NetworkError),
        ((200, []), NetworkError),
        ((200, "true"), NetworkError),
        ((404, {"ok": False, "description": "Not Found"}), BadRequest),
        ((401, {"ok": False, "description": "Unauthorized"}), InvalidToken),
        ((500, {"ok": False, "description": "Internal Server Error"}), NetworkError),
    ],
    ids=str,
)
async def test_strange_answers_are_outages_or_refusals_never_bugs(
    served: Served, answer: Answer, problem: type[Exception]
) -> None:
    abroad = Abroad(answer)
    line = Line(TOKEN, await served(abroad), AiohttpRequest(), AiohttpRequest())
    await line.open()
    with pytest.raises(problem):
        await line.call(Call("sendMessage", {"chat_id": 1, "text": "x"}))
    await line.close_line()


async def test_check_takes_an_emulator_for_what_it_is(served: Served) -> None:
    url = await served(Abroad(UNKNOWN["as telegram-test-api"]))
    settings = settings_with({"PALABRE__TELEGRAM__API_URL": url})
    assert [finding.level for finding in await check_telegram(settings)] == [Level.GOOD, Level.WARNING]


async def test_a_wrong_token_is_told_as_such_at_the_start(served: Served) -> None:
    abroad = Abroad(UNKNOWN["as Telegram"])
    abroad.answers["getMe"] = (404, {"ok": False, "error_code": 404, "description": "Not Found"})
    line = Line(TOKEN, await served(abroad), AiohttpRequest(), AiohttpRequest())
    with pytest.raises(InvalidToken):
        await line.open()
    await line.close_line()
