"""A delivery says what is true when it leaves, and nothing when it has no more purpose."""

from dataclasses import replace
from typing import Any

from bot.calls import Call
from participation.actions import activities, telling
from participation.model.activity import Activity
from participation.model.message import Delivery, Kind
from participation.ports import Transaction
from participation.questions.kit import Phrase
from tests.unit.bot.room import Phone, Room, plain


async def launched(room: Room, bruno: Phone, command: str) -> Activity:
    """Ask, launch, and hold what would be sent."""
    await bruno.write(command)
    await room.store.write(lambda tx: activities.launch(tx, newest(tx), room.now))
    return await room.store.read(newest)


def newest(tx: Transaction) -> Activity:
    return tx.activities.of_workshop(tx.workshops.all()[0].id)[-1]


async def held(room: Room) -> list[tuple[Delivery, Call | None]]:
    """What is waiting, and what it would say now."""

    def take(tx: Transaction) -> list[tuple[Delivery, Call | None]]:
        return [(d, room.drawer.draw(tx, d, room.now)) for d in tx.deliveries.take(50, room.now)]

    return await room.store.write(take)


def text(call: Call | None) -> str:
    assert call is not None
    return plain(str(call.params["text"]))


async def change(room: Room, amina: Phone, **fields: Any) -> None:
    def write(tx: Transaction) -> None:
        person = tx.people.by_telegram(amina.id)
        assert person is not None
        tx.people.save(replace(person, **fields))

    await room.store.write(write)


async def test_a_ballot_that_leaves_after_the_close_says_nothing(room: Room) -> None:
    bruno = await room.facilitator()
    await room.councillor()
    await launched(room, bruno, "/sondage On continue ? | Oui | Non")
    waiting = await held(room)
    assert [delivery.kind for delivery, _ in waiting] == [Kind.BALLOT]
    room.later(minutes=1)
    await room.store.write(lambda tx: activities.close(tx, newest(tx), room.now))
    (delivery, _) = waiting[0]
    assert await room.store.read(lambda tx: room.drawer.draw(tx, delivery, room.now)) is None


async def test_a_ballot_shows_the_answer_given_meanwhile_and_is_sealed_for_its_reader(room: Room) -> None:
    bruno = await room.facilitator()
    amina = await room.councillor()
    activity = await launched(room, bruno, "/sondage On continue ? | Oui | Non")
    await room.store.write(lambda tx: tx.answers.put(activity.id, 2, (0,), room.now, "telegram"))
    ((_, call),) = await held(room)
    assert text(call).endswith("Votre choix : Oui")
    assert call is not None
    data = call.params["reply_markup"]["inline_keyboard"][1][0]["callback_data"]
    assert room.conversation.house.seal.open(data, amina.id) == f"vote:{activity.id}:1"


async def test_a_reminder_is_useless_once_answered(room: Room) -> None:
    bruno = await room.facilitator()
    await room.councillor()
    activity = await launched(room, bruno, "/sondage On continue ? | Oui | Non")
    await held(room)
    await room.store.write(lambda tx: telling.remind(tx, activity, room.now))
    await room.store.write(lambda tx: tx.answers.put(activity.id, 2, (0,), room.now, "telegram"))
    assert [call for _, call in await held(room)] == [None]


async def test_somebody_who_left_is_told_nothing_more(room: Room) -> None:
    bruno = await room.facilitator()
    amina = await room.councillor()
    await launched(room, bruno, "/sondage On continue ? | Oui | Non")
    waiting = await held(room)
    await amina.write("/quitter")
    await amina.press("Oui, quitter")
    (delivery, call) = waiting[0]
    assert call is not None
    assert await room.store.read(lambda tx: room.drawer.draw(tx, delivery, room.now)) is None


async def test_each_person_is_told_in_their_language(room: Room) -> None:
    bruno = await room.facilitator()
    await room.councillor("Amina")
    await room.councillor("Driss", language="en")
    await launched(room, bruno, "/idees Que changer ?")
    said = sorted(text(call).split("\n")[2][:11] for _, call in await held(room))
    assert said == ["Write your ", "Écrivez vot"]


async def test_a_notice_to_those_who_steer_carries_the_panel(room: Room) -> None:
    bruno = await room.facilitator()
    activity = await launched(room, bruno, "/idees Que changer ?")
    phrase = Phrase("notice-closed", {"number": activity.number})
    await room.store.write(lambda tx: telling.notify(tx, activity, phrase, room.now))
    ((delivery, call),) = await held(room)
    assert delivery.address == bruno.id
    assert text(call) == (
        "La question n° 1 vient de se fermer, à l’heure prévue.\n\nQuestion n° 1 : Que changer ?\n\n🟢 Elle est ouverte."
    )


async def test_after_an_outage_the_ballot_comes_again_with_its_reason(room: Room) -> None:
    bruno = await room.facilitator()
    amina = await room.councillor()
    activity = await launched(room, bruno, "/sondage On continue ? | Oui | Non")
    await room.deliver()
    await room.store.write(lambda tx: tx.deliveries.add(Kind.AGAIN, [2], room.now, activity_id=activity.id))
    ((_, call),) = await held(room)
    assert text(call).endswith("On continue ?\n\nTouchez votre choix. Vous pouvez changer d’avis jusqu’à la fermeture.")
    assert text(call) != plain(amina.last.text)
