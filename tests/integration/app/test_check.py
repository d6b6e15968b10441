"""`palabre check` finds what would go wrong, says what to do, and never prints the token."""

from __future__ import annotations

import asyncio
import os
import socket
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from app.cli import main
from app.commands.check_findings import Level
from app.commands.check_places import check_database, check_web
from app.commands.check_telegram import check_telegram
from app.settings import Settings, load_settings

TOKEN = "123456:AAcanary"


@pytest.fixture
async def telegram() -> AsyncIterator[TestServer]:
    """A Bot API that knows one token, whose bot has a webhook left by somebody."""

    async def answer(request: web.Request) -> web.Response:
        if request.match_info["token"] != TOKEN:
            return web.json_response({"ok": False, "error_code": 401, "description": "Unauthorized"}, status=401)
        told = {"getMe": {"username": "palabre_bot"}, "getWebhookInfo": {"url": "https://x", "pending_update_count": 3}}
        return web.json_response({"ok": True, "result": told[request.match_info["method"]]})

    application = web.Application()
    application.router.add_get("/bot{token}/{method}", answer)
    application.router.add_get("/other/bot{token}/{method}", _page)
    server = TestServer(application)
    await server.start_server()
    yield server
    await server.close()


async def _page(request: web.Request) -> web.Response:
    return web.Response(text="<h1>It works</h1>", content_type="text/html")


def _settings(**variables: str) -> Settings:
    return load_settings(None, {f"PALABRE__{name}": value for name, value in variables.items()})


async def test_a_bot_that_answers_is_named_and_a_forgotten_webhook_is_told(telegram: TestServer) -> None:
    found = await check_telegram(_settings(TELEGRAM__TOKEN=TOKEN, TELEGRAM__API_URL=str(telegram.make_url("/"))))
    assert [finding.level for finding in found] == [Level.GOOD, Level.WARNING]
    assert found[0].fact.startswith("@palabre_bot answers at http://127.0.0.1")
    assert found[1].fact == "a webhook is set for this bot; 3 updates wait"


@pytest.mark.parametrize(
    ("token", "path", "fact"),
    [
        ("123456:wrong", "", "does not know this token (answer 401)"),
        (TOKEN, "/other", "does not speak the Bot API"),
        (TOKEN, "/nothing", "does not speak the Bot API"),
    ],
)
async def test_a_wrong_token_or_server_is_an_error(telegram: TestServer, token: str, path: str, fact: str) -> None:
    address = str(telegram.make_url("/")).rstrip("/") + path
    (found,) = await check_telegram(_settings(TELEGRAM__TOKEN=token, TELEGRAM__API_URL=address))
    assert (found.level, found.fact) == (Level.ERROR, f"{address} {fact}")


async def test_a_server_that_is_not_there_is_an_error_without_the_token() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    (found,) = await check_telegram(_settings(TELEGRAM__TOKEN=TOKEN, TELEGRAM__API_URL=f"http://127.0.0.1:{port}"))
    assert found.level is Level.ERROR
    assert "canary" not in f"{found}"


async def test_the_database_is_looked_at_and_never_made(tmp_path: Path) -> None:
    place = tmp_path / "new" / "palabre.db"
    (found,) = await check_database(_settings(DATABASE__URL=f"sqlite:///{place}"))
    assert (found.level, found.fact) == (Level.GOOD, f"{place} will be made at the first start")
    assert os.listdir(tmp_path) == []


async def test_a_file_that_is_no_database_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "palabre.db").write_bytes(b"")
    (found,) = await check_database(_settings(DATABASE__URL=f"sqlite:///{tmp_path}/palabre.db"))
    assert (found.level, found.fact) == (Level.ERROR, f"{tmp_path}/palabre.db is not an SQLite database")


async def test_a_missing_postgresql_is_an_error_without_the_password() -> None:
    (found,) = await check_database(_settings(DATABASE__URL="postgresql://p:sesame@127.0.0.1:1/p"))
    assert found.level is Level.ERROR
    assert found.fact.partition(" (")[0] == "nothing answers at 127.0.0.1:1"
    assert "sesame" not in f"{found}"


async def test_a_postgresql_is_looked_for_at_its_socket_too(tmp_path: Path) -> None:
    url = f"postgresql://palabre@/p?host={tmp_path}"
    (found,) = await check_database(_settings(DATABASE__URL=url))
    assert found.fact.partition(" (")[0] == f"nothing answers at {tmp_path}/.s.PGSQL.5432"
    server = await asyncio.start_unix_server(lambda _reader, writer: writer.close(), tmp_path / ".s.PGSQL.5432")
    async with server:
        (found,) = await check_database(_settings(DATABASE__URL=url))
    assert found.level is Level.GOOD


async def test_a_taken_port_is_a_warning() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        (found,) = check_web(_settings(WEB__PORT=str(port)))
    assert found.level is Level.WARNING


def test_errors_are_numbered_counted_and_give_exit_code_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "palabre.db").write_bytes(b"not a database")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PALABRE__DATABASE__URL", "sqlite:///palabre.db")
    monkeypatch.setenv("PALABRE__WEB__PORT", "0")
    assert main(["check", "--offline"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[1] == "2. ERROR   database: palabre.db is not an SQLite database"
    assert lines[-1] == "1 error."
    monkeypatch.setenv("PALABRE__DATABASE__URL", "sqlite:///other.db")
    assert main(["check", "--offline"]) == 0


async def test_a_server_that_hangs_up_is_an_error() -> None:
    async def hang_up(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1)
        writer.close()

    server = await asyncio.start_server(hang_up, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    (found,) = await check_telegram(_settings(TELEGRAM__TOKEN=TOKEN, TELEGRAM__API_URL=f"http://127.0.0.1:{port}"))
    server.close()
    assert found.fact == f"http://127.0.0.1:{port} cannot be reached (ServerDisconnectedError)"
