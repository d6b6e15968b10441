"""Claims about what organisers are told that nobody sees from the room."""

from dataclasses import replace
from datetime import timedelta

from bot.alarm import NOT_BEFORE, tell_conflict, tell_deaths
from bot.calls import Call
from bot.intake import UPDATE_DIED
from participation.model.journal import Fact
from participation.model.people import Role
from participation.ports import Transaction
from tests.unit.bot.room import Room

CHLOE, DRISS = 501, 502


def furnish(tx: Transaction, room: Room) -> None:
    for number, language, role in ((CHLOE, "fr", Role.ORGANISER), (DRISS, "en", None)):
        person = tx.people.add(number, "x", language, room.now)
        tx.people.save(replace(person, role=role))


def die(tx: Transaction, room: Room, count: int) -> None:
    for _ in range(count):
        tx.journal.write(Fact(UPDATE_DIED, room.now, details={"update": 1, "problem": "KeyError"}))


async def sweep(room: Room, deaths: int = 0, **later: float) -> list[tuple[int, str]]:
    """So many die, the time passes, a sweep looks: who is written to, and the first words."""
    await room.store.write(lambda tx: die(tx, room, deaths))
    room.later(**later)
    await room.store.write(lambda tx: tell_deaths(tx, room.conversation.house, room.now))
    told = await room.store.write(lambda tx: tx.replies.take(99, room.now))
    await room.store.write(lambda tx: tx.replies.sent(reply.id for reply in told))
    return [(reply.address, Call.from_json(reply.body).params["text"][:22]) for reply in told]


async def test_each_organiser_is_told_at_once_then_once_an_hour_with_the_count(room: Room) -> None:
    await room.store.write(lambda tx: furnish(tx, room))
    assert await sweep(room, deaths=0) == []
    assert await sweep(room, deaths=1) == [(CHLOE, "⚠ Un message reçu n’a ")]
    assert await sweep(room, deaths=2, minutes=30) == []
    assert await sweep(room, deaths=1, minutes=29) == []
    assert await sweep(room, minutes=1) == [(CHLOE, "⚠ 3 messages reçus n’o")]
    assert await sweep(room, hours=9) == []


async def test_without_an_organiser_who_can_be_written_to_the_deaths_wait_to_be_told(room: Room) -> None:
    assert await sweep(room, deaths=2) == []
    await room.store.write(lambda tx: furnish(tx, room))
    assert await sweep(room) == [(CHLOE, "⚠ 2 messages reçus n’o")]


async def test_a_clock_set_back_does_not_silence_the_alarm(room: Room) -> None:
    await room.store.write(lambda tx: furnish(tx, room))
    await sweep(room, deaths=1)
    assert await sweep(room, deaths=1, days=-3) == [(CHLOE, "⚠ Un message reçu n’a ")]
    assert timedelta(days=3) > NOT_BEFORE


async def test_each_sort_of_alarm_has_its_own_hour(room: Room) -> None:
    await room.store.write(lambda tx: furnish(tx, room))
    assert len(await sweep(room, deaths=1)) == 1
    told = []
    for _ in range(3):
        told.append(await room.store.write(lambda tx: tell_conflict(tx, room.conversation.house, room.now)))
        room.later(minutes=30)
    assert told == [True, False, True]
