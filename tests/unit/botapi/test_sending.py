"""Claims about messages a bot sends: what arrives on the phone, and what is refused with which words."""

from typing import Any

import pytest

from rehearsal.botapi import ActionRefused
from tests.unit.botapi.town import Refused, Town, keyboard


async def test_a_message_arrives_on_the_phone_with_its_keyboard(town: Town) -> None:
    sent = await town.ask(
        "sendMessage", chat_id=town.amina.id, text="<b>Bonjour</b> &amp; merci", parse_mode="HTML",
        reply_markup=keyboard("Oui", "Non"),
    )  # fmt: skip
    bubble = town.amina.phone().bubble(sent["message_id"])
    assert (bubble.text, bubble.html, bubble.mine) == ("Bonjour & merci", "<b>Bonjour</b> &amp; merci", False)
    assert [(button.text, button.data) for button in bubble.buttons] == [("Oui", "oui"), ("Non", "non")]


async def test_message_ids_grow_in_each_chat_on_its_own(town: Town) -> None:
    town.bruno.opens_link()
    ids = [
        (await town.ask("sendMessage", chat_id=person.id, text="Bonjour"))["message_id"]
        for person in (town.amina, town.amina, town.bruno)
    ]
    assert ids == [2, 3, 2]


async def test_a_number_may_come_as_a_string_and_a_keyboard_as_json(town: Town) -> None:
    markup = '{"inline_keyboard":[[{"text":"Oui","callback_data":"oui"}]]}'
    sent = await town.ask("SENDMESSAGE", chat_id=str(town.amina.id), text="?", reply_markup=markup)
    assert sent["reply_markup"] == keyboard("Oui")


@pytest.mark.parametrize(
    ("changed", "description"),
    [
        ({"text": ""}, "Bad Request: message text is empty"),
        ({"text": " \n "}, "Bad Request: text must be non-empty"),
        ({"text": "é" * 4097}, "Bad Request: message is too long"),
        ({"text": "🎉" * 2049}, "Bad Request: message is too long"),
        ({"chat_id": 42}, "Bad Request: chat not found"),
        ({"chat_id": ""}, "Bad Request: chat_id is empty"),
        ({"chat_id": "@nobody"}, "Bad Request: chat not found"),
        ({"text": "<b>x", "parse_mode": "HTML"},
         'Bad Request: can\'t parse entities: Can\'t find end tag corresponding to start tag "b"'),
        ({"parse_mode": "XML"}, "Bad Request: unsupported parse_mode"),
        ({"reply_to_message_id": 99}, "Bad Request: message to be replied not found"),
        ({"reply_markup": "{"}, "Bad Request: can't parse reply keyboard markup JSON object"),
        ({"reply_markup": {"inline_keyboard": [[{"text": "A", "callback_data": "é" * 33}]]}},
         "Bad Request: BUTTON_DATA_INVALID"),
        ({"reply_markup": {"inline_keyboard": [[{"text": "A"}]]}},
         "Bad Request: can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"),
        ({"reply_markup": {"inline_keyboard": [[{"text": "A", "url": "http://localhost/x"}]]}},
         "Bad Request: inline keyboard button URL 'http://localhost/x' is invalid: Wrong HTTP URL"),
        ({"reply_markup": {"inline_keyboard": [[{"text": "A", "callback_data": "a"}] * 8] * 13}},
         "Bad Request: reply markup is too long"),
        ({"reply_markup": {"inline_keyboard": {"text": "A"}}},
         'Bad Request: can\'t parse field "inline_keyboard": expected an Array'),
    ],
)  # fmt: skip
async def test_what_is_refused(town: Town, changed: dict[str, Any], description: str) -> None:
    request = {"chat_id": town.amina.id, "text": "Bonjour", **changed}
    assert await town.refusal("sendMessage", **request) == description
    assert len(town.amina.phone().messages()) == 1


async def test_4096_units_64_bytes_and_100_buttons_are_accepted(town: Town) -> None:
    rows = [[{"text": "A", "callback_data": "é" * 32}] * 8] * 12 + [[{"text": "B", "callback_data": "b"}] * 4]
    sent = await town.ask(
        "sendMessage", chat_id=town.amina.id, text="🎉" * 2048, reply_markup={"inline_keyboard": rows}
    )  # fmt: skip
    assert len(town.amina.phone().bubble(sent["message_id"]).buttons) == 100


async def test_markup_does_not_count_in_the_length(town: Town) -> None:
    await town.ask("sendMessage", chat_id=town.amina.id, text=f"<b>{'é' * 4096}</b>", parse_mode="HTML")


async def test_a_person_who_never_wrote_cannot_be_written_to(town: Town) -> None:
    with pytest.raises(Refused) as refused:
        await town.ask("sendMessage", chat_id=town.bruno.id, text="Bonjour")
    assert (refused.value.code, refused.value.description) == (
        403, "Forbidden: bot can't initiate conversation with a user"
    )  # fmt: skip


async def test_a_person_who_blocks_the_bot_is_out_of_reach_until_they_come_back(town: Town) -> None:
    town.amina.blocks_bot()
    with pytest.raises(Refused) as refused:
        await town.ask("sendMessage", chat_id=town.amina.id, text="Bonjour")
    assert (refused.value.code, refused.value.description) == (403, "Forbidden: bot was blocked by the user")
    town.amina.opens_link("CODE")
    changes = [update["my_chat_member"] for update in await town.updates() if "my_chat_member" in update]
    statuses = [(change["old_chat_member"]["status"], change["new_chat_member"]["status"]) for change in changes]
    assert statuses == [("member", "kicked"), ("kicked", "member")]
    await town.ask("sendMessage", chat_id=town.amina.id, text="Rebonjour")


async def test_somebody_who_blocked_the_bot_cannot_write_to_it(town: Town) -> None:
    town.amina.blocks_bot()
    with pytest.raises(ActionRefused, match="unblock"):
        town.amina.sends_text("Bonjour")


async def test_a_deleted_account_is_deactivated(town: Town) -> None:
    town.amina.deletes_account()
    assert await town.refusal("sendMessage", chat_id=town.amina.id, text="x") == "Forbidden: user is deactivated"


async def test_an_answer_quotes_the_message_it_answers(town: Town) -> None:
    sent = await town.ask("sendMessage", chat_id=town.amina.id, text="Oui", reply_parameters={"message_id": 1})
    assert sent["reply_to_message"]["text"] == "/start"
    assert town.amina.phone().bubble(sent["message_id"]).reply_to == 1


async def test_contacts_places_and_dice(town: Town) -> None:
    contact = await town.ask("sendContact", chat_id=town.amina.id, phone_number="+331", first_name="Mairie")
    venue = await town.ask(
        "sendVenue", chat_id=town.amina.id, latitude=4.9, longitude=-52.3, title="Mairie", address="1, place"
    )  # fmt: skip
    place = await town.ask("sendLocation", chat_id=town.amina.id, latitude="4.9", longitude="-52.3")
    dice = await town.ask("sendDice", chat_id=town.amina.id)
    kinds = [town.amina.phone().bubble(sent["message_id"]).kind for sent in (contact, venue, place, dice)]
    assert kinds == ["contact", "venue", "location", "dice"]


async def test_a_reply_keyboard_stays_until_it_is_removed(town: Town) -> None:
    rows = [[{"text": "Oui"}, {"text": "Non"}]]
    await town.ask("sendMessage", chat_id=town.amina.id, text="?", reply_markup={"keyboard": rows})
    shown = town.amina.phone().reply_keyboard()
    assert shown is not None
    assert shown.rows == (("Oui", "Non"),)
    await town.ask("sendMessage", chat_id=town.amina.id, text="!", reply_markup={"remove_keyboard": True})
    assert town.amina.phone().reply_keyboard() is None


async def test_typing_is_told_to_the_phone(town: Town) -> None:
    following = town.amina.phone().follow()
    await town.ask("sendChatAction", chat_id=town.amina.id, action="typing")
    event = await following.next()
    assert (event.kind, event.action) == ("action", "typing")
    following.close()
    assert await town.refusal("sendChatAction", chat_id=town.amina.id, action="dancing") == (
        "Bad Request: wrong parameter action in request"
    )


async def test_a_wrong_token_and_a_wrong_method_are_named(town: Town) -> None:
    reply = await town.api.call("1:wrong", "getMe", {})
    assert (reply.status, reply.answer["description"]) == (401, "Unauthorized")
    reply = await town.api.call(town.bot.token, "sendNothing", {})
    assert (reply.status, reply.answer["description"]) == (404, "Not Found: method not found")


async def test_only_the_last_messages_are_kept_when_asked() -> None:
    town = Town(options={"kept_messages": 3, "recorded": 2})
    town.amina.opens_link()
    for number in range(5):
        await town.ask("sendMessage", chat_id=town.amina.id, text=str(number))
    assert [bubble.text for bubble in town.amina.phone().messages()] == ["2", "3", "4"]
    assert len(town.api.recorder.calls) == 2
    assert town.api.recorder.counts == {("sendMessage", 200): 5}


async def test_forwarding_names_the_author_and_copying_does_not(town: Town) -> None:
    typed = town.amina.sends_text("Une idée")
    request = {"chat_id": town.amina.id, "from_chat_id": town.amina.id, "message_id": typed}
    forwarded = await town.ask("forwardMessage", **request)
    copied = await town.ask("copyMessage", **request)
    bubbles = town.amina.phone().messages()[-2:]
    assert [bubble.message_id for bubble in bubbles] == [forwarded["message_id"], copied["message_id"]]
    assert [(bubble.text, bubble.forwarded_from) for bubble in bubbles] == [("Une idée", "Amina"), ("Une idée", "")]
