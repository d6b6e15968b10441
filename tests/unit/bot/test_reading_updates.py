"""The hot path reads as the ordinary one does, or leaves the update to it; foreign shapes are nothing."""

import asyncio
import contextlib
import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.incoming import Press, Sender, Written, read
from bot.quick import quick_read
from participation.ports import Transaction
from storage import SqlStore, open_store
from tests.unit.bot.catalogue.test_catalogue import KINDS
from tests.unit.bot.room import Room

ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-5, 2**40),
    st.floats(allow_nan=False),
    st.text(max_size=5),
    st.just([]),
    st.just({}),
)


def shape(required: dict[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
    """An object with these fields, some of them missing or of another type."""
    fields = {name: st.one_of(value, value, value, ODD) for name, value in required.items()}
    return st.builds(
        lambda whole, gone: {k: v for k, v in whole.items() if k not in gone},
        st.fixed_dictionaries(fields),
        st.one_of(st.just(set()), st.sets(st.sampled_from(sorted(required)), max_size=1)),
    )


USERS = shape(
    {
        "id": st.integers(1, 2**40),
        "is_bot": st.booleans(),
        "first_name": st.text(max_size=5),
        "last_name": st.text(max_size=5),
        "language_code": st.sampled_from(["fr", "en", "pt-br"]),
    }
)
CHATS = shape({"id": st.integers(1, 2**40), "type": st.sampled_from(["private", "private", "group", "channel"])})
MESSAGES = shape(
    {
        "message_id": st.integers(1, 2**31),
        "date": st.sampled_from([1_790_000_000, 0, 1]),
        "chat": CHATS,
        "from": USERS,
        "text": st.text(max_size=12),
    }
)
QUERIES = shape(
    {
        "id": st.text("0123456789", min_size=1),
        "from": USERS,
        "message": MESSAGES,
        "data": st.text(max_size=12),
        "chat_instance": st.just("1"),
    }
)
UPDATES = st.one_of(
    st.fixed_dictionaries({"update_id": st.just(1), "message": MESSAGES}),
    st.fixed_dictionaries({"update_id": st.just(1), "callback_query": QUERIES}),
)


@given(UPDATES)
def test_the_hot_path_and_the_ordinary_one_read_the_same(update: dict[str, Any]) -> None:
    quick = quick_read(update)
    if quick is not None:
        assert quick == read(update)


@given(UPDATES)
def test_no_shape_raises(update: dict[str, Any]) -> None:
    read(update)


@st.composite
def mutated(draw: st.DrawFn, sender: int = 5) -> dict[str, Any]:
    """An update of the catalogue with up to three of its parts gone, or of another type, or taken from another update."""
    update: dict[str, Any] = filled(json.loads(json.dumps(draw(st.sampled_from(KINDS))["update"])), sender)
    for _ in range(draw(st.integers(0, 3))):
        if not (found := places(update)):
            break
        *way, last = draw(st.sampled_from(found))
        part: Any = update
        for step in way:
            part = part[step]
        match draw(st.integers(0, 2)):
            case 0:
                del part[last]
            case 1:
                part[last] = draw(ODD | st.just(2**70) | st.just("x" * 5000) | st.just("\ud800"))
            case _:
                other = filled(draw(st.sampled_from(KINDS))["update"], sender)
                part[last] = draw(st.sampled_from([other, *other.values()]))
    return {"update_id": 1, **update}


def places(part: Any, way: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The ways to every part of an update."""
    inside = part.items() if isinstance(part, dict) else enumerate(part) if isinstance(part, list) else ()
    return [place for name, value in inside for place in ((*way, name), *places(value, (*way, name)))]


def filled(part: Any, sender: int) -> Any:
    if isinstance(part, dict):
        return {name: filled(value, sender) for name, value in part.items()}
    if isinstance(part, list):
        return [filled(value, sender) for value in part]
    words = {"@ID": sender, "@N": 77, "@DATE": 1_790_000_000, "@QUERY": "q1", "@FOREIGN": "vote:1:0.x"}
    return words.get(part, part) if isinstance(part, str) else part


@settings(max_examples=400)
@given(mutated())
def test_no_mutation_of_the_catalogue_raises_nor_is_read_in_two_ways(update: dict[str, Any]) -> None:
    ordinary = read(update)
    quick = quick_read(update)
    assert quick is None or quick == ordinary


def test_a_plain_vote_and_a_plain_text_take_the_hot_path() -> None:
    user = {"id": 5, "is_bot": False, "first_name": "Amina", "last_name": "B.", "language_code": "fr"}
    message = {"message_id": 3, "date": 1_790_000_000, "chat": {"id": 5, "type": "private"}, "text": "oui"}
    sender = Sender(5, "Amina B.", "fr")
    press = {"id": "9", "from": user, "message": message, "chat_instance": "1", "data": "vote:1:0.mark"}
    assert quick_read({"update_id": 1, "callback_query": press}) == Press(sender, "9", "vote:1:0.mark", 5, 3)
    written = Written(sender, 5, 3, "oui", datetime.fromtimestamp(1_790_000_000, UTC))
    assert quick_read({"update_id": 1, "message": {**message, "from": user}}) == written


@pytest.mark.parametrize(
    "update", [{}, {"update_id": 1}, {"update_id": 1, "message": []}, {"update_id": 1, "thing_of_2031": {}}]
)
def test_an_unknown_kind_is_nothing(update: dict[str, Any]) -> None:
    assert (quick_read(update) or read(update)) is None


class Undone(Exception):
    """Leaves nothing of an example to the next one."""


def test_no_mutation_of_the_catalogue_is_a_bug_in_the_conversation() -> None:
    """Read, understood, answered: whatever it is, in the state where most is possible, nothing is raised."""

    async def prepared(store: SqlStore) -> Room:
        room = Room(store)
        await room.facilitator()
        amina = await room.councillor()
        bruno = next(phone for phone in room.phones.values() if phone.name == "Bruno")
        for command in ("/sondage On continue ? | Oui | Non", "/idees Que changer ?"):
            await bruno.write(command)
            await bruno.press("Lancer")
        assert amina.id == 101
        return room

    store = open_store("sqlite://")
    room = asyncio.run(prepared(store))

    @settings(max_examples=300, deadline=None)
    @given(mutated(sender=101))
    def holds(update: dict[str, Any]) -> None:
        def unit(tx: Transaction) -> None:
            room.conversation.turn(tx, update, room.now)
            raise Undone

        with contextlib.suppress(Undone):
            asyncio.run(store.write(unit))

    try:
        holds()
    finally:
        store.close()
