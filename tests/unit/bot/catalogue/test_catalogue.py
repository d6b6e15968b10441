"""Every kind of update in every state of the conversation: no exception, one plain answer or silence, nothing changed.

`updates.json` holds the kinds, written by us after the Bot API's documentation. `answer` is « one », « none », or null
when it depends on the state (the state's own tests say which). Words starting with @ are filled in by the test.
"""

import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from participation.ports import Transaction
from storage import SqlStore
from storage.tables import METADATA
from tests.unit.bot.room import Phone, Room

KINDS: list[dict[str, Any]] = json.loads(Path(__file__).with_name("updates.json").read_text(encoding="utf-8"))

ON_THEIR_WAY = {"inbox", "reply", "picture"}


async def stranger(room: Room) -> Phone:
    return room.phone("Driss")


async def reader_of_the_consent(room: Room) -> Phone:
    amina = room.phone("Amina")
    await amina.write(f"/start {await room.code()}")
    return amina


async def member_with_nothing_open(room: Room) -> Phone:
    return await room.councillor()


async def voter(room: Room) -> Phone:
    amina = await room.councillor()
    await asked(room, "/sondage On continue ? | Oui | Non")
    return amina


async def writer(room: Room) -> Phone:
    amina = await room.councillor()
    await asked(room, "/idees Que changer ?")
    await amina.write("Plus de bus")
    return amina


async def giver_of_words(room: Room) -> Phone:
    amina = await room.councillor()
    await asked(room, "/mots Un mot ?")
    return amina


async def late_voter(room: Room) -> Phone:
    amina = await voter(room)
    await bruno(room).write("/fermer")
    return amina


async def somebody_who_left(room: Room) -> Phone:
    amina = await room.councillor()
    await amina.write("/quitter")
    await amina.press("Oui, quitter")
    return amina


async def facilitator_with_a_draft(room: Room) -> Phone:
    await bruno(room).write("/idees Que changer ?")
    return bruno(room)


async def voter_who_voted(room: Room) -> Phone:
    amina = await voter(room)
    await amina.press("Oui")
    return amina


async def voter_with_several_choices(room: Room) -> Phone:
    amina = await room.councillor()
    await asked(room, "/choix 2 Que garder ? | Le bus | Le parc | La place")
    await amina.press("Le parc")
    return amina


async def voter_before_the_opening(room: Room) -> Phone:
    amina = await room.councillor()
    await asked(room, "/sondage On continue ? | Oui | Non dans 30 min")
    return amina


async def somebody_erased(room: Room) -> Phone:
    amina = await voter_who_voted(room)
    await amina.write("/effacer")
    await amina.press("Oui, tout effacer")
    return amina


async def facilitator_about_to_announce(room: Room) -> Phone:
    await room.councillor()
    await bruno(room).write("/annonce La pause finit à 11 h.")
    return bruno(room)


async def organiser_without_a_workshop(room: Room) -> Phone:
    return await room.organiser("Chloé")


STATES: dict[str, Callable[[Room], Awaitable[Phone]]] = {
    f.__name__: f
    for f in (
        stranger,
        reader_of_the_consent,
        member_with_nothing_open,
        voter,
        writer,
        giver_of_words,
        late_voter,
        somebody_who_left,
        facilitator_with_a_draft,
        voter_who_voted,
        voter_with_several_choices,
        voter_before_the_opening,
        somebody_erased,
        facilitator_about_to_announce,
        organiser_without_a_workshop,
    )
}


def bruno(room: Room) -> Phone:
    return next(phone for phone in room.phones.values() if phone.name == "Bruno")


async def asked(room: Room, command: str) -> None:
    await bruno(room).write(command)
    await bruno(room).press("Lancer")


@pytest.fixture
async def hall(store: SqlStore) -> Room:
    room = Room(store)
    await room.facilitator()
    return room


@pytest.mark.parametrize("state", STATES)
async def test_every_kind_of_update_is_one_plain_answer_or_silence(hall: Room, state: str) -> None:
    """One state, all the kinds one after the other: whatever came before changes nothing to what comes after."""
    phone = await STATES[state](hall)
    before = await hall.store.read(snapshot)
    heard: dict[str, int] = {}
    for kind in KINDS:
        hall.later(seconds=5)
        heard[kind["name"]] = await said_to(hall, phone, kind["update"])
        assert await hall.store.read(snapshot) == before, kind["name"]
    expected = {kind["name"]: int(kind["answer"] == "one") for kind in KINDS if kind["answer"]}
    assert {name: count for name, count in heard.items() if name in expected} == expected
    assert {heard[kind["name"]] for kind in KINDS if kind["answer"] is None} <= {0, 1}


async def said_to(room: Room, phone: Phone, update: dict[str, Any]) -> int:
    """How many things the bot said, anywhere, to this update."""
    bubbles = sum(len(other.bubbles) for other in room.phones.values())
    toasts = sum(len(other.toasts) for other in room.phones.values())
    room.elsewhere.clear()
    await room.feed(filled(room, phone, update))
    now = sum(len(other.bubbles) for other in room.phones.values())
    said = sum(len(other.toasts) for other in room.phones.values())
    return now - bubbles + said - toasts + len(room.elsewhere)


albums: list[str] = []


def filled(room: Room, phone: Phone, update: Any) -> Any:
    """The update, as if this person had caused it now."""
    if isinstance(update, dict):
        return {name: filled(room, phone, value) for name, value in update.items()}
    if isinstance(update, list):
        return [filled(room, phone, value) for value in update]
    values: dict[str, Callable[[], object]] = {
        "@ID": lambda: phone.id,
        "@N": room.count,
        "@DATE": lambda: int(room.now.timestamp()),
        "@ALBUM": lambda: albums.append(f"album{room.count()}") or albums[-1],
        "@SAME": lambda: albums[-1],
        "@FOREIGN": lambda: room.conversation.house.seal.pack("vote:1:0", phone.id + 1),
        "@QUERY": lambda: room.expect(f"q{room.count()}", phone),
    }
    return values[update]() if isinstance(update, str) and update in values else update


def snapshot(tx: Transaction) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, but for what is on its way out."""
    kept = [table for table in METADATA.sorted_tables if table.name not in ON_THEIR_WAY]
    session = tx.session  # type: ignore[attr-defined]  # the storage's own
    return {table.name: session.driver.execute(f"SELECT * FROM {table.name}").fetchall() for table in kept}


def test_the_catalogue_is_large_enough_to_mean_something() -> None:
    assert len({kind["name"] for kind in KINDS}) == len(KINDS) >= 140
