"""A stream beats when nothing changes, checks again who looks, and hangs up on those who do not read."""

import asyncio
import socket

import pytest
from aiohttp.test_utils import TestClient, TestServer

import web.streaming
from participation.actions import joining
from participation.model.people import Person, Role
from tests.integration.web.browser import Browser, read_states
from tests.integration.web.hall import Hall
from tests.integration.web.house import web_house
from web.site import SITE


@pytest.fixture
async def bruno(hall: Hall) -> Person:
    return await hall.person("Bruno", Role.FACILITATOR)


async def test_a_quiet_stream_gives_signs_of_life(
    browser: Browser, hall: Hall, bruno: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(web.streaming, "HEARTBEAT", 0.02)
    workshop = await hall.workshop(bruno)
    answer = await browser.client.get(f"/ecran/{workshop.code}/direct")
    lines = [(await answer.content.readline()).decode().strip() for _ in range(12)]
    answer.close()
    assert lines.count("event: state") == 1
    assert lines.count("event: beat") >= 2


async def test_somebody_whose_right_is_withdrawn_is_let_go(
    browser: Browser, hall: Hall, bruno: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(web.streaming, "HEARTBEAT", 0.02)
    monkeypatch.setattr(web.streaming, "RECHECK", 0.05)
    workshop = await hall.workshop(bruno)
    await browser.sign_in(bruno)
    answer = await browser.client.get(f"/ateliers/{workshop.id}/direct")
    states = read_states(answer)
    await anext(states)
    await hall.do(lambda tx: joining.leave(tx, tx.people.get(bruno.id) or bruno, hall.watch.now()))
    async with asyncio.timeout(5):
        rest = [state async for state in states]
    assert [state["activities"] for state in rest] in ([], [[]])
    assert (await browser.get(f"/ateliers/{workshop.id}/direct")).status == 404


async def test_a_client_that_does_not_read_is_hung_up_on_and_holds_nobody_back(
    hall: Hall, bruno: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(web.streaming, "SLOWEST_CLIENT", 0.3)
    workshop = await hall.workshop(bruno)
    activity = await hall.launch(workshop, bruno, "ideas", "Vos idées ?")
    [amina] = await hall.councillors(workshop, 1)
    await hall.reveal(activity)
    for _ in range(24):
        await hall.write(amina, activity, "🙂" * 1000)
    server = TestServer(web_house(hall))
    async with TestClient(server) as client:
        deaf = await never_read(server, f"/ecran/{workshop.code}/direct")
        answer = await client.get(f"/ecran/{workshop.code}/direct")
        states = read_states(answer)
        hub = server.app[SITE].hub
        seen = 0
        async with asyncio.timeout(60):
            while hub.viewers != 1:
                await hall.write(amina, activity, "🙂" * 1000)
                await anext(states)
                seen += 1
        assert seen > 1
        answer.close()
        deaf.close()


async def never_read(server: TestServer, path: str) -> socket.socket:
    """A connection that asks for a stream, and takes one byte of it and no more."""
    deaf = socket.socket()
    deaf.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    deaf.setblocking(False)
    await asyncio.get_running_loop().sock_connect(deaf, (server.host, server.port))
    await asyncio.get_running_loop().sock_sendall(deaf, f"GET {path} HTTP/1.1\r\nHost: {server.host}\r\n\r\n".encode())
    await asyncio.get_running_loop().sock_recv(deaf, 1)
    return deaf
