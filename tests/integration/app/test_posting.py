"""Replies that fail are put back in the tray while others arrive: none is left behind."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from typing import Any, TypeVar

from app.clock import SystemClock
from bot.calls import Call
from bot.connection import Line
from bot.intake import Intake
from bot.posting import Poster
from participation.model.message import Reply
from participation.ports import Transaction, Unit
from rehearsal.botapi import BotApi, Fault, InProcessRequest, Person
from storage import SqlStore, StoreUnavailable, open_store
from tests.stories.house import comes
from tests.stories.processes import TOKEN

T = TypeVar("T")


class SlowStore:
    """A store whose disk can be made to wait."""

    def __init__(self, store: SqlStore) -> None:
        self.store = store
        self.flows = asyncio.Event()
        self.flows.set()

    async def write(self, unit: Unit[T]) -> T:
        await self.flows.wait()
        return await self.store.write(unit)

    async def read(self, unit: Unit[T]) -> T:
        return await self.store.read(unit)

    def listen(self, listener: object) -> None:
        """Nobody listens here."""


@asynccontextmanager
async def posting(api: BotApi) -> AsyncIterator[tuple[Poster, SlowStore, Line]]:
    """A poster at work."""
    store = SlowStore(open_store("sqlite://"))
    line = Line(TOKEN, "http://nowhere", InProcessRequest(api), InProcessRequest(api))
    await line.open()
    poster = Poster(store, SystemClock(), line, StoreUnavailable)
    running = asyncio.create_task(poster.run())
    await comes(poster.has_room)
    try:
        yield poster, store, line
    finally:
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running
        await line.close_line()
        store.store.close()


def claimed(tx: Transaction, amina: Person, *said: tuple[Call, str | None]) -> Sequence[Reply]:
    """Replies of a commit, claimed for the poster."""
    with tx.replies.claiming() as replies:
        for call, key in said:
            tx.replies.add(amina.id, "edit" if key else "message", call.to_json(), datetime.now(UTC), key)
    return replies


async def test_the_newest_text_of_a_message_is_shown_even_if_it_came_while_the_others_were_put_back() -> None:
    api = BotApi()
    api.add_bot(TOKEN)
    amina = api.add_person("Amina")
    amina.opens_link()
    async with posting(api) as (poster, store, line):
        ballot = (await line.call(Call("sendMessage", {"chat_id": amina.id, "text": "Bulletin"})))["message_id"]

        def text(words: str) -> tuple[Call, str | None]:
            return Call("editMessageText", {"chat_id": amina.id, "message_id": ballot, "text": words}), "ballot"

        hello = Call("sendMessage", {"chat_id": amina.id, "text": "Bonjour"})
        before = await store.write(lambda tx: claimed(tx, amina, (hello, None), text("Oui")))
        newer = await store.write(lambda tx: claimed(tx, amina, text("Non")))
        api.faults.add(Fault("server_error", method="sendMessage"))
        store.flows.clear()
        poster.send(before)
        await comes(lambda: api.recorder.counts["sendMessage", 502])
        await asyncio.sleep(0.1)  # « Bonjour » failed, and the tray does not answer yet
        poster.send(newer)
        store.flows.set()
        await comes(lambda: [bubble.text for bubble in amina.phone().messages()][-2:] == ["Non", "Bonjour"])


async def test_nothing_overtakes_what_went_to_the_tray_because_a_neighbour_stumbled() -> None:
    api = BotApi()
    api.add_bot(TOKEN)
    amina = api.add_person("Amina")
    amina.opens_link()

    def turn(tx: Transaction, update: dict[str, Any], now: datetime) -> None:
        call = Call("sendMessage", {"chat_id": amina.id, "text": update["text"]})  # a KeyError without words: our bug
        tx.replies.add(amina.id, "message", call.to_json(), now)

    async with posting(api) as (poster, store, _):
        intake = Intake(store, SystemClock(), 1, turn, poster)
        await intake.accept([{"update_id": 1}, {"update_id": 2, "text": "Un"}])
        await intake.accept([{"update_id": 3, "text": "Deux"}])
        poster.wake()
        await comes(lambda: len(amina.phone().messages()) >= 3)
        assert [bubble.text for bubble in amina.phone().messages()][-2:] == ["Un", "Deux"]
