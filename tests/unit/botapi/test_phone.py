"""Claims about persons and their phones: links, following, what the application itself refuses."""

import asyncio

import pytest

from rehearsal.botapi import ActionRefused, ChatCard, PhoneEvent, as_json
from tests.unit.botapi.town import Town, keyboard


async def test_a_link_starts_the_bot_with_its_parameter(town: Town) -> None:
    town.bruno.opens_link("ATELIER_1-a")
    (update,) = await town.updates()
    assert update["message"]["text"] == "/start ATELIER_1-a"
    assert update["message"]["entities"] == [{"type": "bot_command", "offset": 0, "length": 6}]
    assert town.bruno.phone().started


@pytest.mark.parametrize("parameter", ["é", "a b", "x" * 65, "a=1"])
def test_a_deep_link_takes_64_plain_characters(parameter: str) -> None:
    with pytest.raises(ActionRefused, match="1 to 64"):
        Town().amina.opens_link(parameter)


async def test_a_followed_phone_tells_what_moves_in_order(town: Town) -> None:
    following = town.amina.phone().follow()
    sent = await town.ask("sendMessage", chat_id=town.amina.id, text="?", reply_markup=keyboard("Oui"))
    press = town.amina.presses(sent["message_id"], "Oui")
    await town.ask("answerCallbackQuery", callback_query_id=press.id, text="Merci")
    await town.ask("editMessageText", chat_id=town.amina.id, message_id=sent["message_id"], text="Fini")
    await town.ask("deleteMessage", chat_id=town.amina.id, message_id=sent["message_id"])
    following.close()
    events = [event async for event in following]
    assert [event.kind for event in events] == ["message", "toast", "edited", "deleted"]
    assert events[0].bubble is not None
    assert events[0].bubble.text == "?"
    assert events[1].toast is not None
    assert events[1].toast.text == "Merci"


async def test_a_closed_subscription_hears_nothing_more(town: Town) -> None:
    heard: list[PhoneEvent] = []
    stop = town.amina.phone().listen(heard.append)
    town.amina.sends_text("un")
    stop()
    town.amina.sends_text("deux")
    assert [event.message["text"] for event in heard if event.message] == ["un"]


async def test_one_page_can_follow_every_phone(town: Town) -> None:
    heard: list[tuple[int, str]] = []
    stop = town.api.listen(lambda event: heard.append((event.person_id, event.kind)))
    town.amina.sends_text("un")
    town.bruno.opens_link()
    await town.ask("sendMessage", chat_id=town.bruno.id, text="Bonjour")
    stop()
    assert heard == [(town.amina.id, "message"), (town.bruno.id, "message"), (town.bruno.id, "message")]


async def test_a_group_message_is_told_to_every_member(town: Town) -> None:
    group = town.amina.creates_group("Conseil")
    town.bruno.joins(group)
    heard: list[int] = []
    for person in (town.amina, town.bruno):
        person.phone().listen(lambda event: heard.append(event.person_id))
    await town.ask("sendMessage", chat_id=group.id, text="Bonjour")
    assert heard == [town.amina.id, town.bruno.id]
    assert town.bruno.phone().chats == (
        ChatCard(town.bruno.id, "private", "Palabre"), ChatCard(group.id, "group", "Conseil")
    )  # fmt: skip


async def test_waiting_for_an_event_has_a_limit(town: Town) -> None:
    following = town.amina.phone().follow()
    with pytest.raises(TimeoutError):
        await following.next(0.01)
    waiting = asyncio.create_task(following.next())
    following.close()
    with pytest.raises(StopAsyncIteration):
        await waiting


async def test_a_text_too_long_leaves_as_several_messages(town: Town) -> None:
    town.amina.sends_text("mot " * 2000)
    texts = [update["message"]["text"] for update in await town.updates()]
    assert [len(text) for text in texts] == [4095, 3903]


def test_what_the_application_refuses() -> None:
    town = Town()
    town.amina.sends_text("un")
    with pytest.raises(ActionRefused, match="empty"):
        town.amina.sends_text("  ")
    with pytest.raises(ActionRefused, match="not on this phone"):
        town.amina.sends_text("x", reply_to=99)
    with pytest.raises(ActionRefused, match="can edit"):
        town.bruno.edits(1, "x")
    with pytest.raises(ActionRefused, match="is not in"):
        town.bruno.sends_text("x", town.amina.creates_group("Conseil", bot=False))


async def test_deleting_on_the_phone_tells_the_bot_nothing(town: Town) -> None:
    idea = town.amina.sends_text("Une idée")
    town.amina.deletes(idea)
    assert [bubble.text for bubble in town.amina.phone().messages()] == ["/start"]
    assert len(await town.updates()) == 1


async def test_a_bubble_becomes_a_plain_object_for_a_page(town: Town) -> None:
    await town.ask("sendMessage", chat_id=town.amina.id, text="?", reply_markup=keyboard("Oui"))
    bubble = town.amina.phone().last()
    assert bubble is not None
    drawn = as_json(bubble)
    assert drawn["keyboard"] == (
        ({"row": 0, "column": 0, "text": "Oui", "data": "oui", "url": "", "style": ""},),
    )  # fmt: skip
    assert (drawn["text"], drawn["mine"], drawn["sender"]) == ("?", False, "Palabre")


def test_a_token_without_number_is_refused() -> None:
    with pytest.raises(ValueError, match="a number, a colon and a secret"):
        Town().api.add_bot("secret")
