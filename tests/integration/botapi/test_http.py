"""Claims about the HTTP server alone: encodings, statuses, headers, cut connections, files, and the process."""

import asyncio
import json
import subprocess
import sys
from base64 import b64encode
from collections.abc import AsyncIterator, Iterator
from typing import Any

import aiohttp
import pytest

from rehearsal.botapi import BotApi, BotApiServer, Fault
from rehearsal.botapi.__main__ import main
from tests.unit.botapi.town import TOKEN, picture, until


@pytest.fixture
async def session(server: BotApiServer) -> AsyncIterator[aiohttp.ClientSession]:
    """Posts below /bot<token>/."""
    async with aiohttp.ClientSession(f"{server.url}/bot{TOKEN}/") as session:
        yield session


async def text_sent(session: aiohttp.ClientSession, http_method: str, **request: Any) -> str:
    async with session.request(http_method, "sendMessage", **request) as response:
        answer = await response.json()
    assert (response.status, answer["ok"]) == (200, True)
    return str(answer["result"]["text"])


async def test_every_encoding_is_read_the_same(api: BotApi, session: aiohttp.ClientSession) -> None:
    chat = str(next(iter(api.people)))
    request = {"chat_id": chat, "text": "é & 🎉"}
    form = aiohttp.FormData(request)
    multipart = aiohttp.FormData(request, default_to_multipart=True)
    assert [
        await text_sent(session, "GET", params=request),
        await text_sent(session, "POST", params=request),
        await text_sent(session, "POST", data=form),
        await text_sent(session, "POST", data=multipart),
        await text_sent(session, "POST", json=request),
        await text_sent(session, "POST", params={"chat_id": chat}, json={"text": "é & 🎉"}),
    ] == ["é & 🎉"] * 6


async def test_errors_are_json_with_the_code_as_status(api: BotApi, session: aiohttp.ClientSession) -> None:
    async with session.post("sendMessage", data="{", headers={"Content-Type": "application/json"}) as response:
        assert (response.status, await response.json()) == (
            400, {"ok": False, "error_code": 400, "description": "Bad Request: can't parse JSON object"}
        )  # fmt: skip
    async with session.post("sendNothing") as response:
        assert (response.status, (await response.json())["error_code"]) == (404, 404)
    api.faults.add(Fault("flood", retry_after=9))
    async with session.post("getMe") as response:
        answer = await response.json()
        assert (response.status, response.headers["Retry-After"], answer["parameters"]) == (
            429, "9", {"retry_after": 9}
        )  # fmt: skip


async def test_a_cut_connection_hangs_up(api: BotApi, session: aiohttp.ClientSession) -> None:
    api.faults.add(Fault("cut_before", times=2))  # the client tries a GET again by itself, a POST not
    with pytest.raises(aiohttp.ServerDisconnectedError):
        await session.post("getMe")
    api.faults.clear()
    async with session.post("getMe") as response:
        assert response.status == 200


async def test_files_are_served_to_those_who_have_the_token(api: BotApi, server: BotApiServer) -> None:
    stored = api.files.add("photo", "a.png", picture())
    async with aiohttp.ClientSession(server.url) as session:
        async with session.get(f"/file/bot{TOKEN}/{stored.path}") as response:
            assert await response.read() == picture()
        for wrong in (f"/file/bot1:x/{stored.path}", f"/file/bot{TOKEN}/photos/none.png"):
            async with session.get(wrong) as response:
                assert response.status == 404


async def test_a_poll_whose_client_hung_up_loses_nothing(api: BotApi, session: aiohttp.ClientSession) -> None:
    async with session.get("getUpdates") as response:
        last = (await response.json())["result"][-1]["update_id"]
    poll = asyncio.create_task(session.get("getUpdates", params={"offset": last + 1, "timeout": 20}))
    await until(lambda: api.only_bot.poll is not None)
    poll.cancel()
    await asyncio.gather(poll, return_exceptions=True)
    next(iter(api.people.values())).sends_text("un")
    async with session.get("getUpdates", params={"offset": last + 1}) as response:
        assert [update["message"]["text"] for update in (await response.json())["result"]] == ["un"]


@pytest.fixture(scope="module")
def process_url() -> Iterator[str]:
    """The server as a process of its own, started once for this file."""
    command = [sys.executable, "-m", "rehearsal.botapi", "--port", "0", "--token", TOKEN]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        yield json.loads(process.stdout.readline())["url"]
        process.terminate()
        assert process.wait() == 0


@pytest.fixture
async def process(process_url: str) -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(process_url) as session:
        yield session


async def control(session: aiohttp.ClientSession, path: str, **body: Any) -> Any:
    async with session.post(f"/_control/{path}", json=body) as response:
        answer = await response.json()
    assert response.status == 200, answer
    return answer


async def shown(session: aiohttp.ClientSession, path: str) -> Any:
    async with session.get(f"/_control/{path}") as response:
        return await response.json()


async def test_a_process_is_steered_from_outside(process: aiohttp.ClientSession) -> None:
    (amina,) = (await control(process, "people", first_name="Amina"))["ids"]
    assert len((await control(process, "people", first_name="P", count=3))["ids"]) == 3
    person = f"people/{amina}"
    await control(process, f"{person}/opens_link", start_parameter="CODE")
    await control(process, f"{person}/sends_photo", content=b64encode(picture()).decode(), caption="Ici")
    assert await shown(process, "pending") == {"pending": 2}
    markup = {"inline_keyboard": [[{"text": "Oui", "callback_data": "oui"}]]}
    message = {"chat_id": amina, "text": "?", "reply_markup": markup}
    async with process.post(f"/bot{TOKEN}/sendMessage", json=message) as response:
        message_id = (await response.json())["result"]["message_id"]
    press = (await control(process, f"{person}/presses", message_id=message_id, button="Oui"))["press"]
    assert (await shown(process, "presses"))[press] == {"pending": True, "answer": None}
    async with process.post(f"/bot{TOKEN}/answerCallbackQuery", json={"callback_query_id": press, "text": "Ok"}):
        pass
    phone = await shown(process, f"{person}/phone")
    assert [bubble["text"] for bubble in phone["messages"]] == ["/start CODE", "Ici", "?"]
    assert [toast["text"] for toast in phone["toasts"]] == ["Ok"]
    counts = (await shown(process, "recorder"))["counts"]
    assert (counts["sendMessage 200"], counts["answerCallbackQuery 200"]) == (1, 1)
    await control(process, "clock", advance=24 * 3600)
    assert await shown(process, "pending") == {"pending": 0}
    group = (await control(process, f"{person}/creates_group", title="Conseil"))["group"]
    await control(process, f"{person}/sends_text", text="/aide", chat=group)
    group_phone = await shown(process, f"{person}/phone?group={group}")
    assert group_phone["messages"][-1]["text"] == "/aide"


async def test_a_mistake_in_steering_is_named(process: aiohttp.ClientSession) -> None:
    (amina,) = (await control(process, "people", first_name="Amina"))["ids"]
    for path, body, status, word in (
        (f"people/{amina}/dances", {}, 400, "unknown action"),
        (f"people/{amina}/sends_text", {"words": "x"}, 400, "words"),
        ("people/42/sends_text", {"text": "x"}, 400, "42"),
        (f"people/{amina}/presses", {"message_id": 1, "button": "Oui"}, 409, "not on this phone"),
        ("faults", {"kind": "earthquake"}, 400, "earthquake"),
    ):
        async with process.post(f"/_control/{path}", json=body) as response:
            assert (response.status, word in (await response.json())["error"]) == (status, True)


async def test_faults_are_added_and_cleared_from_outside(process: aiohttp.ClientSession) -> None:
    await control(process, "faults", kind="server_error", times=None)
    async with process.post(f"/bot{TOKEN}/getMe") as response:
        assert response.status == 502
    async with process.delete("/_control/faults"):
        pass
    async with process.post(f"/bot{TOKEN}/getMe") as response:
        assert response.status == 200
    (recorded, _) = await shown(process, "recorder/getMe")
    assert (recorded["status"], recorded["answer"]["description"]) == (502, "Bad Gateway")


def test_a_malformed_token_stops_the_start_with_a_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["botapi", "--token", "secret"])
    with pytest.raises(SystemExit) as stopped:
        main()
    said = "A bot token is a number, a colon and a secret, this one is 'secret'.\n"
    assert (stopped.value.code, capsys.readouterr().err) == (2, said)
