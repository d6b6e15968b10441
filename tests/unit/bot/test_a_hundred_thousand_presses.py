"""A hundred thousand presses that are forged, foreign, or replayed by somebody else or after being forgotten make no vote."""

import random
import string
from collections.abc import Iterator
from typing import Any

from bot.keyboards import Seal
from participation.ports import Transaction
from tests.unit.bot.room import Phone, Room

EACH = 20_000
LETTERS = string.ascii_letters + string.digits + "-_:."


async def test_a_hundred_thousand_forged_replayed_and_foreign_presses_make_no_vote(room: Room) -> None:
    bruno = await room.facilitator()
    amina = await room.councillor("Amina")
    esra = await room.councillor("Esra")
    left = await room.councillor("Fanta")
    await bruno.write("/sondage On continue ? | Oui | Non")
    await bruno.press("Lancer")
    data = {
        phone.name: [key["callback_data"] for row in phone.last.keyboard for key in row]
        for phone in (amina, esra, left)
    }
    await left.press("Oui")
    await left.write("/effacer")
    await left.press("Oui, tout effacer")
    assert await votes(room) == {}
    chance = random.Random(2026)
    kinds = (
        forged(chance, amina, data["Amina"]),
        twisted(chance, amina, data["Amina"]),
        of_others(
            chance, [room.phone(f"Driss {n}") for n in range(98)] + [bruno], [d for own in data.values() for d in own]
        ),
        of_others(chance, [esra], [*data["Amina"], *data["Fanta"]]),
        of_another_bot(chance, amina),
        after_being_forgotten(left, data["Fanta"]),
    )
    for presses in kinds:
        await arrive(room, presses)
        assert await votes(room) == {}
    await amina.press("Oui")
    assert await votes(room) == {(0,): 1}, "her own button works"


def forged(chance: random.Random, phone: Phone, seen: list[str]) -> Iterator[dict[str, Any]]:
    """References of the right shape with a made-up mark, and noise of any length."""
    for number in range(EACH):
        mark = "".join(chance.choices(LETTERS, k=12))
        shape = (f"vote:1:{number % 3}.{mark}", f"vote:1:0.{mark}{mark}", mark, seen[0].partition(".")[0] + "." + mark)
        yield press_of(phone, shape[number % 4])


def twisted(chance: random.Random, phone: Phone, seen: list[str]) -> Iterator[dict[str, Any]]:
    """A real reference with one sign changed, lost or added."""
    for _ in range(EACH):
        data, place = chance.choice(seen), chance.randrange(10)
        other = chance.choice(LETTERS.replace(data[place], ""))
        yield press_of(
            phone, chance.choice((data[:place] + other + data[place + 1 :], data[:-1], data + other, other + data))
        )


def of_others(chance: random.Random, people: list[Phone], seen: list[str]) -> Iterator[dict[str, Any]]:
    """Real references, pressed by people they were not made for: strangers, the facilitator, another member."""
    for _ in range(EACH):
        yield press_of(chance.choice(people), chance.choice(seen))


def of_another_bot(chance: random.Random, phone: Phone) -> Iterator[dict[str, Any]]:
    """Sealed for this very person, with the key of another bot."""
    for number in range(EACH):
        seal = Seal(chance.randbytes(32))
        yield press_of(phone, seal.pack(f"vote:1:{number % 2}", phone.id))


def after_being_forgotten(phone: Phone, seen: list[str]) -> Iterator[dict[str, Any]]:
    """One's own real buttons, after having been erased."""
    for number in range(EACH):
        yield press_of(phone, seen[number % len(seen)])


def press_of(phone: Phone, data: str) -> dict[str, Any]:
    return {"update_id": phone.room.count(), "callback_query": phone.query(data, 5)}


async def arrive(room: Room, presses: Iterator[dict[str, Any]]) -> None:
    """All of them, by the conversation; their answers are not read here."""

    def unit(tx: Transaction) -> int:
        count = 0
        for update in presses:
            room.conversation.turn(tx, update, room.now)
            count += 1
        tx.session.driver.execute("DELETE FROM reply", {})  # type: ignore[attr-defined]
        return count

    assert await room.store.write(unit) == EACH


async def votes(room: Room) -> dict[Any, int]:
    return await room.store.read(lambda tx: dict(tx.answers.tally(1)))
