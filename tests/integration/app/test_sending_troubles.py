"""Telegram away for hours, a message it never takes, one we cannot draw, a polite stop: nobody else is forgotten."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from telegram.error import NetworkError

from bot.broadcasting import Broadcaster, Draw
from bot.calls import Call
from bot.connection import Line
from bot.outcomes import MOST_ATTEMPTS
from bot.pace import Pace
from bot.posting import Poster
from participation.model.message import Delivery, Fate, Kind
from participation.model.people import Role
from participation.ports import Transaction
from rehearsal.botapi import BotApi, Fault, InProcessRequest, Person
from storage import SqlStore, StoreUnavailable, open_store
from storage.statements import Statement
from storage.tables.trays import REPLY
from tests.stories.processes import TOKEN

ATTEMPTS = Statement(sa.select(REPLY.c.attempts).order_by(REPLY.c.id))


class Leaping:
    """A clock that goes an hour on at each look: a delay that was asked for has passed at the next one."""

    def __init__(self) -> None:
        self._now = datetime(2026, 11, 27, tzinfo=UTC)

    def now(self) -> datetime:
        self._now += timedelta(hours=1)
        return self._now


class Wire(InProcessRequest):
    """A wire to Telegram that can be pulled out."""

    def __init__(self, api: BotApi) -> None:
        super().__init__(api)
        self.is_cut = False
        self.tried = 0

    async def do_request(self, *given: object, **more: object) -> tuple[int, bytes]:
        self.tried += 1
        if self.is_cut:
            raise NetworkError("no route to host")
        return await super().do_request(*given, **more)  # type: ignore[arg-type]


@dataclass
class Desk:
    """A poster and a broadcaster at work on one store, over one line."""

    api: BotApi
    store: SqlStore
    line: Line
    wire: Wire
    clock: Leaping
    poster: Poster
    broadcaster: Broadcaster
    people: list[Person]
    running: list[asyncio.Task[None]]

    async def stop(self) -> None:
        """Politely, as a supervisor does."""
        for task in self.running:
            task.cancel()
        await asyncio.gather(*self.running, return_exceptions=True)

    async def until(self, done: Callable[[], bool]) -> None:
        """Both look at their trays again and again."""
        async with asyncio.timeout(60):
            while not done():
                self.poster.wake()
                self.broadcaster.wake()
                await asyncio.sleep(0.002)

    async def both_claimed(self) -> None:
        async with asyncio.timeout(60):
            while (await self.fates()).get(Fate.TAKEN) != len(self.people):
                self.broadcaster.wake()
                await asyncio.sleep(0.002)

    def heard(self) -> list[list[str]]:
        """What each person was sent."""
        return [
            [bubble.text for bubble in person.phone().messages() if bubble.text != "/start"] for person in self.people
        ]

    async def attempts(self) -> list[int]:
        return await self.store.read(lambda tx: [row[0] for row in tx.session.all(ATTEMPTS)])  # type: ignore[attr-defined]

    async def fates(self) -> dict[Fate, int]:
        return dict(await self.store.read(lambda tx: tx.deliveries.counts()))


def announced(tx: Transaction, people: Sequence[Person], now: datetime, *said: str) -> None:
    workshop = tx.workshops.add("ABCDEF", "Essai", "Europe/Paris", "fr", now)
    members = [
        tx.members.add(workshop.id, tx.people.add(person.id, "Amina", "fr", now).id, Role.COUNCILLOR, now).id
        for person in people
    ]
    for number, text in enumerate(said or ("Annonce",)):
        tx.deliveries.add(Kind.ANNOUNCEMENT, members, now, text=text, round_number=number)


def posted(tx: Transaction, person: Person, now: datetime, *said: str) -> None:
    for text in said:
        tx.replies.add(person.id, "message", Call("sendMessage", {"chat_id": person.id, "text": text}).to_json(), now)


def as_typed(_: Transaction, delivery: Delivery, __: datetime) -> Call:
    return Call("sendMessage", {"chat_id": delivery.address, "text": delivery.text})


@asynccontextmanager
async def desk(monkeypatch: pytest.MonkeyPatch, draw: Draw = as_typed, pace: Pace | None = None) -> AsyncIterator[Desk]:
    """Two people who may be written to; a line that is down is tried every millisecond instead of every five seconds."""
    monkeypatch.setattr("bot.health.SHORTEST", 0.001)
    monkeypatch.setattr("bot.health.LONGEST", 0.001)
    api = BotApi()
    api.add_bot(TOKEN)
    people = [api.add_person(name) for name in ("Amina", "Bruno")]
    for person in people:
        person.opens_link()
    wire, clock, store = Wire(api), Leaping(), open_store("sqlite://")
    line = Line(TOKEN, "http://nowhere", wire, wire)
    await line.open()
    poster = Poster(store, clock, line, StoreUnavailable)
    broadcaster = Broadcaster(store, clock, line, draw, pace or Pace(1000), StoreUnavailable)
    running = [asyncio.create_task(room.run()) for room in (poster, broadcaster)]
    at = Desk(api, store, line, wire, clock, poster, broadcaster, people, running)
    try:
        yield at
    finally:
        await at.stop()
        await line.close_line()
        store.close()


async def test_an_outage_of_a_day_loses_no_answer_and_no_broadcast(monkeypatch: pytest.MonkeyPatch) -> None:
    async with desk(monkeypatch) as at:
        at.wire.is_cut = True
        await at.store.write(lambda tx: announced(tx, at.people, at.clock.now()))
        await at.store.write(lambda tx: posted(tx, at.people[0], at.clock.now(), "Reçu"))
        before = at.wire.tried
        await at.until(lambda: at.wire.tried - before > 4 * MOST_ATTEMPTS)
        at.wire.is_cut = False
        await at.until(lambda: sum(map(len, at.heard())) == 3)
        assert [sorted(texts) for texts in at.heard()] == [["Annonce", "Reçu"], ["Annonce"]]


async def test_what_waited_behind_a_failing_one_has_had_no_attempt(monkeypatch: pytest.MonkeyPatch) -> None:
    async with desk(monkeypatch) as at:
        at.api.faults.add(Fault("server_error", method="sendMessage", times=None))
        await at.store.write(lambda tx: posted(tx, at.people[0], at.clock.now(), "Un", "Deux"))
        while (attempts := await at.attempts())[0] < 8:
            await at.line.call(Call("getMe"))  # the line works: it is these messages that are not taken
            at.poster.wake()
        assert attempts[1] <= 1  # claimed at this moment, or not
        at.api.faults.clear()
        await at.until(lambda: at.heard()[0] == ["Un", "Deux"])


async def test_a_message_that_fails_while_others_arrive_is_given_up_in_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.outcomes.MOST_ATTEMPTS", 12)
    async with desk(monkeypatch) as at:
        at.api.faults.add(Fault("server_error", method="sendMessage", chat_id=at.people[0].id, times=None))
        await at.store.write(lambda tx: posted(tx, at.people[0], at.clock.now(), "Un"))
        await at.store.write(lambda tx: announced(tx, at.people, at.clock.now()))
        async with asyncio.timeout(60):
            while await at.attempts() or Fate.FAILED not in await at.fates():
                await at.line.call(Call("getMe"))
                at.poster.wake()
                at.broadcaster.wake()
        await at.until(lambda: at.heard() == [[], ["Annonce"]])
        assert await at.fates() == {Fate.FAILED: 1, Fate.TOLD: 1}


async def test_one_delivery_that_cannot_be_drawn_stops_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    def draw(tx: Transaction, delivery: Delivery, now: datetime) -> Call:
        if delivery.text == "Piège":
            raise KeyError(delivery.text)
        return as_typed(tx, delivery, now)

    async with desk(monkeypatch, draw) as at:
        await at.store.write(lambda tx: announced(tx, at.people, at.clock.now(), "Piège", "Annonce"))
        await at.until(lambda: at.heard() == [["Annonce"], ["Annonce"]])
        assert (await at.fates())[Fate.FAILED] == 2


async def test_what_waited_for_the_line_at_a_polite_stop_does_not_count_as_sent(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("bot.flights.LAST_SECONDS", 0.05)
    async with desk(monkeypatch) as at:
        monkeypatch.setattr("bot.health.SHORTEST", 3600)
        monkeypatch.setattr("bot.health.LONGEST", 3600)
        at.wire.is_cut = True
        await at.store.write(lambda tx: announced(tx, at.people, at.clock.now()))
        await at.until(lambda: not at.line.is_up)
        await at.both_claimed()
        await at.stop()
        assert await at.fates() == {Fate.WAITING: 2}
        assert await at.store.write(lambda tx: tx.deliveries.resume(at.clock.now())) == 0


async def test_what_waited_for_its_slot_at_a_polite_stop_does_not_count_as_sent(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pace = Pace(1000)

    def draw(tx: Transaction, delivery: Delivery, now: datetime) -> Call:
        pace.flooded(3600)  # Telegram asks us to wait for an hour, right after they were claimed
        return as_typed(tx, delivery, now)

    async with desk(monkeypatch, draw, pace) as at:
        await at.store.write(lambda tx: announced(tx, at.people, at.clock.now()))
        await at.until(lambda: sum(map(len, at.heard())) == 1)
        await at.stop()
        assert await at.fates() == {Fate.TOLD: 1, Fate.WAITING: 1}
        assert await at.store.write(lambda tx: tx.deliveries.resume(at.clock.now())) == 0
