"""A hall and its web server, for the tests that go through HTTP."""

from collections.abc import AsyncIterator, Iterator

import pytest
import pytest_asyncio
from aiohttp import CookieJar
from aiohttp.test_utils import TestClient, TestServer

from storage import open_store
from tests.integration.web.browser import Browser
from tests.integration.web.hall import Hall
from tests.integration.web.house import web_house


@pytest.fixture
def hall() -> Iterator[Hall]:
    store = open_store("sqlite://")
    yield Hall(store)
    store.close()


@pytest_asyncio.fixture
async def server(hall: Hall) -> AsyncIterator[TestServer]:
    server = TestServer(web_house(hall))
    await server.start_server()
    yield server
    await server.close()


@pytest_asyncio.fixture
async def browser(server: TestServer, hall: Hall) -> AsyncIterator[Browser]:
    """Somebody's browser, with no cookie yet."""
    async with TestClient(server, cookie_jar=CookieJar(unsafe=True)) as client:
        yield Browser(client, hall)


@pytest_asyncio.fixture
async def other_browser(server: TestServer, hall: Hall) -> AsyncIterator[Browser]:
    """Another person's browser."""
    async with TestClient(server, cookie_jar=CookieJar(unsafe=True)) as client:
        yield Browser(client, hall)
