"""Fifty walls and twenty desks cost what one of each costs: one query, one drawing, one compression, none on the event loop."""

import asyncio
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import pytest
from aiohttp import ClientResponse, CookieJar
from aiohttp.test_utils import TestClient, TestServer

import web.live
from participation.model.people import Role
from participation.ports import Transaction
from storage import SqlStore, open_store
from tests.integration.web.browser import Browser, read_states
from tests.integration.web.hall import POLICY, Hall
from tests.integration.web.house import BOT, CATALOG
from web.application import web_application
from web.live import Hub
from web.site import SITE

T = TypeVar("T")
WALLS, DESKS, BOARDS = 50, 20, 10


class Watched:
    """A store that remembers which threads read it."""

    def __init__(self, store: SqlStore) -> None:
        self._store = store
        self.threads: set[int] = set()
        self.listen = store.listen
        self.write = store.write

    async def read(self, unit: Callable[[Transaction], T]) -> T:
        def seen(tx: Transaction) -> T:
            self.threads.add(threading.get_ident())
            return unit(tx)

        return await self._store.read(seen)


class Counted(Hub):
    """A hub that counts its drawings."""

    drawings = 0

    async def draw(self, draw: Any) -> Any:
        self.drawings += 1
        return await super().draw(draw)


async def test_seventy_pages_cost_as_many_queries_as_there_are_things_to_show(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = open_store(f"sqlite:///{tmp_path / 'palabre.db'}")
    watched, hall = Watched(store), Hall(store)
    compressions: list[int] = []
    really = web.live.packed
    monkeypatch.setattr(web.live, "packed", lambda event: compressions.append(threading.get_ident()) or really(event))
    hub = Counted(watched, hall.watch, spacing=0.05)
    app = web_application(
        store=watched, clock=hall.watch, catalog=CATALOG, policy=POLICY, public_url="", bot_username=BOT, hub=hub
    )  # fmt: skip
    try:
        async with TestClient(TestServer(app), cookie_jar=CookieJar(unsafe=True)) as client:
            await look_at_everything(hall, client, hub)
        assert app[SITE].hub is hub
        assert threading.get_ident() not in watched.threads
        assert (threading.get_ident() not in compressions, len(compressions)) == (True, hub.drawings)
    finally:
        store.close()


async def look_at_everything(hall: Hall, client: TestClient[Any, Any], hub: Counted) -> None:
    chloe = await hall.person("Chloé", Role.ORGANISER)
    workshop = await hall.workshop(chloe)
    activity = await hall.launch(workshop, chloe, "ideas", "Que changer ?")
    amina, *_ = await hall.councillors(workshop, 3)
    await Browser(client, hall).sign_in(chloe)
    room = f"/ateliers/{workshop.id}"
    places = {
        f"/ecran/{workshop.code}/direct": WALLS,
        f"{room}/direct": DESKS,
        f"{room}/activites/{activity.id}/themes/direct": BOARDS,
    }
    pages = [await client.get(path) for path, count in places.items() for _ in range(count)]
    states = [read_states(page) for page in pages]
    await asyncio.gather(*(anext(each) for each in states))
    assert hub.drawings == len(places), "eighty pages, three things shown"
    before = hub.drawings
    await hall.write(amina, activity, "Plus de bus le soir")
    seen = await asyncio.gather(*(anext(each) for each in states))
    assert hub.drawings - before <= 2 * len(places), "one more each, or two when the commit came in two halves"
    boards = [state for state in seen if "themes" in state]
    assert {state["loose"]["count"] for state in boards} == {1}
    close_all(pages)


def close_all(pages: list[ClientResponse]) -> None:
    for page in pages:
        page.close()


async def test_who_reads_no_gzip_is_shown_the_same(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path / 'palabre.db'}")
    hall = Hall(store)
    app = web_application(
        store=store, clock=hall.watch, catalog=CATALOG, policy=POLICY, public_url="", bot_username=BOT
    )  # fmt: skip
    try:
        async with TestClient(TestServer(app)) as client:
            workshop = await hall.workshop(await hall.person("Chloé", Role.ORGANISER))
            path = f"/ecran/{workshop.code}/direct"
            shown = []
            for offered in ("gzip", "identity"):
                page = await client.get(path, headers={"Accept-Encoding": offered})
                assert page.headers.get("Content-Encoding") == (offered if offered == "gzip" else None)
                assert page.headers["Vary"] == "Accept-Encoding"
                shown.append(await anext(read_states(page)))
                page.close()
            assert shown[0] == shown[1]
    finally:
        store.close()
