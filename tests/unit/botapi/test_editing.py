"""Claims about edits and deletions, by the bot and by persons."""

from typing import Any

import pytest

from rehearsal.botapi import ActionRefused, Upload
from tests.unit.botapi.town import Town, keyboard, picture

NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a "
    "current content and reply markup of the message"
)


@pytest.fixture
async def ballot(town: Town) -> dict[str, Any]:
    """A message of the bot with two buttons, as the request that edits it names it."""
    sent = await town.ask("sendMessage", chat_id=town.amina.id, text="On vote ?", reply_markup=keyboard("Oui", "Non"))
    return {"chat_id": town.amina.id, "message_id": sent["message_id"]}


async def test_an_edit_changes_the_bubble_and_leaves_what_was_received_alone(
    town: Town, ballot: dict[str, Any]
) -> None:
    press = town.amina.presses(ballot["message_id"], "Oui")
    edited = await town.ask("editMessageText", **ballot, text="Votre choix : Oui", reply_markup=keyboard("Non"))
    bubble = town.amina.phone().bubble(ballot["message_id"])
    assert (bubble.text, [button.text for button in bubble.buttons]) == ("Votre choix : Oui", ["Non"])
    assert bubble.edited_at == edited["edit_date"] == town.api.date()
    (update,) = await town.updates()
    assert (update["callback_query"]["id"], update["callback_query"]["message"]["text"]) == (press.id, "On vote ?")


async def test_the_same_content_is_not_modified(town: Town, ballot: dict[str, Any]) -> None:
    same = {"text": "On vote ?", "reply_markup": keyboard("Oui", "Non")}
    assert await town.refusal("editMessageText", **ballot, **same) == NOT_MODIFIED
    assert await town.refusal("editMessageReplyMarkup", **ballot, reply_markup=keyboard("Oui", "Non")) == NOT_MODIFIED
    again = {"text": "Fini"}
    await town.ask("editMessageText", **ballot, **again)
    assert await town.refusal("editMessageText", **ballot, **again) == NOT_MODIFIED


async def test_an_edit_without_keyboard_takes_the_keyboard_away(town: Town, ballot: dict[str, Any]) -> None:
    edited = await town.ask("editMessageReplyMarkup", **ballot)
    assert "reply_markup" not in edited
    assert "edit_date" not in edited


async def test_what_cannot_be_edited(town: Town, ballot: dict[str, Any]) -> None:
    typed = town.amina.sends_text("Bonjour")
    wrong = {"chat_id": town.amina.id, "text": "x"}
    assert await town.refusal("editMessageText", **wrong, message_id=typed) == "Bad Request: message can't be edited"
    assert await town.refusal("editMessageText", **wrong, message_id=99) == "Bad Request: message to edit not found"
    assert await town.refusal("editMessageCaption", **ballot, caption="x") == (
        "Bad Request: there is no caption in the message to edit"
    )
    assert await town.refusal("editMessageReplyMarkup", **ballot, reply_markup={"keyboard": [["A"]]}) == (
        "Bad Request: inline keyboard expected"
    )


async def test_a_picture_gets_another_caption_then_another_picture(town: Town) -> None:
    files = {"photo": Upload("a.png", picture())}
    sent = await town.ask("sendPhoto", files, chat_id=town.amina.id, caption="Nuage")
    where = {"chat_id": town.amina.id, "message_id": sent["message_id"]}
    edited = await town.ask("editMessageCaption", **where, caption="<i>Nuage</i> du matin", parse_mode="HTML")
    assert (edited["caption"], edited["photo"]) == ("Nuage du matin", sent["photo"])
    assert await town.refusal("editMessageText", **where, text="x") == (
        "Bad Request: there is no text in the message to edit"
    )
    other = {"new": Upload("b.png", picture(colour="red"))}
    edited = await town.ask("editMessageMedia", other, **where, media={"type": "photo", "media": "attach://new"})
    assert "caption" not in edited
    shown = town.amina.phone().bubble(sent["message_id"]).attachment
    assert shown is not None
    assert town.api.file(shown.file_id).content == other["new"].content


async def test_deleting_removes_the_bubble_once(town: Town, ballot: dict[str, Any]) -> None:
    assert await town.ask("deleteMessage", **ballot) is True
    assert await town.refusal("deleteMessage", **ballot) == "Bad Request: message to delete not found"
    with pytest.raises(ActionRefused, match="not on this phone"):
        town.amina.presses(ballot["message_id"], "Oui")


async def test_a_message_of_three_days_ago_stays(town: Town, ballot: dict[str, Any]) -> None:
    await town.clock.advance(3 * 24 * 3600)
    assert await town.refusal("deleteMessage", **ballot) == "Bad Request: message can't be deleted"
    await town.ask("editMessageText", **ballot, text="Encore modifiable")


async def test_several_are_deleted_at_once_and_the_unknown_passed_over(town: Town, ballot: dict[str, Any]) -> None:
    assert await town.ask("deleteMessages", chat_id=town.amina.id, message_ids=[ballot["message_id"], 99]) is True
    assert len(town.amina.phone().messages()) == 1
    assert await town.refusal("deleteMessages", chat_id=town.amina.id, message_ids=[]) == (
        "Bad Request: message identifiers are not specified"
    )


async def test_a_person_edits_their_idea_and_the_bot_learns_it(town: Town) -> None:
    idea = town.amina.sends_text("Un banc")
    await town.clock.advance(5)
    town.amina.edits(idea, "Deux bancs")
    town.amina.edits(idea, "Deux bancs")
    written, edited = await town.updates()
    assert (written["message"]["text"], edited["edited_message"]["text"]) == ("Un banc", "Deux bancs")
    assert edited["edited_message"]["edit_date"] - edited["edited_message"]["date"] == 5
