"""In a group the bot shows the way to the private chat, once per call, and takes no vote."""

from typing import Any

import pytest

from tests.unit.bot.room import Room

GROUP = {"id": -1001, "type": "supergroup", "title": "Quartier"}


async def heard(room: Room, text: str, **more: Any) -> list[dict[str, Any]]:
    """What the bot says in the group."""
    room.elsewhere.clear()
    amina = room.phone("Amina")
    await room.feed({"message": amina.message(text=text) | {"chat": GROUP} | more})
    return [dict(call.params) for call in room.elsewhere]


async def test_a_command_gets_one_message_with_one_button_to_the_private_chat(room: Room) -> None:
    (answer,) = await heard(room, "/aide@palabre_bot")
    assert answer["chat_id"] == GROUP["id"]
    assert answer["reply_markup"] == {
        "inline_keyboard": [[{"text": "Ouvrir la conversation privée", "url": "https://t.me/palabre_bot"}]]
    }


async def test_the_code_of_a_workshop_goes_along(room: Room) -> None:
    await room.facilitator()
    code = await room.code()
    (answer,) = await heard(room, f"/start {code}")
    assert answer["reply_markup"]["inline_keyboard"][0][0]["url"] == f"https://t.me/palabre_bot?start={code}"


@pytest.mark.parametrize("text", ["oui", "1", "/aide@autre_bot", "@palabre_botanique bonjour", "bonjour /aide"])
async def test_everything_else_is_none_of_our_business(room: Room, text: str) -> None:
    assert await heard(room, text) == []


async def test_a_voice_without_a_person_is_ignored(room: Room) -> None:
    assert await heard(room, "/aide", sender_chat=GROUP) == []


async def test_no_vote_is_taken_in_a_group(room: Room) -> None:
    bruno = await room.facilitator()
    amina = await room.councillor()
    await bruno.write("/sondage On continue ? | Oui | Non")
    await bruno.press("Lancer")
    await room.feed({"message": amina.message(text="oui") | {"chat": GROUP}})
    assert (await bruno.write("/resultats"))[0].endswith("Aucune réponse pour l’instant.")
