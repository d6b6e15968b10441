"""Claims about presses and their answers."""

import asyncio

import pytest

from rehearsal.botapi import ActionRefused, CallbackAnswer, Press
from rehearsal.botapi.clock import let_others_run
from tests.unit.botapi.town import Town, keyboard

TOO_OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"


async def press(town: Town, button: str | tuple[int, int] = "Oui") -> Press:
    sent = await town.ask("sendMessage", chat_id=town.amina.id, text="?", reply_markup=keyboard("Oui", "Non"))
    return town.amina.presses(sent["message_id"], button)


async def test_a_press_reaches_the_bot_with_the_message_it_was_under(town: Town) -> None:
    made = await press(town, (1, 0))
    (update,) = await town.updates()
    query = update["callback_query"]
    assert (query["id"], query["data"], query["from"]) == (made.id, "non", town.amina.user)
    assert query["message"]["message_id"] == made.message_id
    assert query["chat_instance"] == town.amina.conversation().instance


async def test_the_answer_is_a_toast_or_an_alert(town: Town) -> None:
    first, second = await press(town), await press(town)
    await town.ask("answerCallbackQuery", callback_query_id=first.id, text="Merci")
    await town.ask("answerCallbackQuery", callback_query_id=second.id, text="Trop tard", show_alert=True)
    assert first.answer == CallbackAnswer("Merci")
    assert [(toast.text, toast.alert) for toast in town.amina.phone().toasts] == [
        ("Merci", False), ("Trop tard", True)
    ]  # fmt: skip


async def test_a_silent_answer_stops_the_wait_and_shows_nothing(town: Town) -> None:
    made = await press(town)
    waiting = asyncio.create_task(made.answered(30))
    await let_others_run()
    await town.ask("answerCallbackQuery", callback_query_id=made.id)
    assert await waiting == CallbackAnswer()
    assert town.amina.phone().toasts == ()


async def test_a_second_answer_is_accepted_and_shows_nothing(town: Town) -> None:
    made = await press(town)
    for text in ("Merci", "Encore merci"):
        assert await town.ask("answerCallbackQuery", callback_query_id=made.id, text=text) is True
    assert [toast.text for toast in town.amina.phone().toasts] == ["Merci"]


async def test_after_150_seconds_it_is_too_late(town: Town) -> None:
    made = await press(town)
    await town.clock.advance(150)
    assert await town.refusal("answerCallbackQuery", callback_query_id=made.id) == TOO_OLD
    assert (made.pending, made.answer) == (False, None)


async def test_an_invented_query_is_refused(town: Town) -> None:
    assert await town.refusal("answerCallbackQuery", callback_query_id="1") == TOO_OLD


async def test_200_characters_and_no_more(town: Town) -> None:
    made = await press(town)
    too_long = {"callback_query_id": made.id, "text": "é" * 201}
    assert await town.refusal("answerCallbackQuery", **too_long) == "Bad Request: MESSAGE_TOO_LONG"
    await town.ask("answerCallbackQuery", callback_query_id=made.id, text="é" * 200)


async def test_a_button_that_is_not_there_cannot_be_pressed(town: Town) -> None:
    with pytest.raises(ActionRefused, match="« Oui », « Non »"):
        await press(town, "Peut-être")


async def test_a_link_button_sends_nothing_to_the_bot(town: Town) -> None:
    markup = {"inline_keyboard": [[{"text": "Écran", "url": "https://example.org/ecran"}]]}
    sent = await town.ask("sendMessage", chat_id=town.amina.id, text="?", reply_markup=markup)
    with pytest.raises(ActionRefused, match=r"https://example\.org/ecran"):
        town.amina.presses(sent["message_id"], "Écran")
