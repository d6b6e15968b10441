"""Claims about groups: who reads what, joining and leaving, becoming a supergroup, pins and rights."""

import pytest

from rehearsal.botapi import ActionRefused, Group
from tests.unit.botapi.town import Refused, Town, keyboard


@pytest.fixture
async def group(town: Town) -> Group:
    """Amina's group with the bot in it; the updates of its making are read."""
    group = town.amina.creates_group("Conseil citoyen")
    updates = await town.updates()
    assert [sorted(update)[0] for update in updates] == ["my_chat_member", "message"]
    await town.updates(offset=updates[-1]["update_id"] + 1)
    return group


async def test_a_bot_reads_commands_and_replies_but_not_conversations(town: Town, group: Group) -> None:
    town.amina.sends_text("Bonjour à tous", group)
    town.amina.sends_text("/sondage@other_bot", group)
    town.amina.sends_text("/sondage", group)
    town.amina.sends_text("/sondage@palabre_bot", group)
    sent = await town.ask("sendMessage", chat_id=group.id, text="Dites-moi")
    town.amina.sends_text("Je réponds", group, reply_to=sent["message_id"])
    texts = [update["message"]["text"] for update in await town.updates()]
    assert texts == ["/sondage", "/sondage@palabre_bot", "Je réponds"]


async def test_an_administrator_bot_reads_everything_and_sees_members_change(town: Town, group: Group) -> None:
    await town.updates(allowed_updates=["message", "chat_member"])
    town.api.promotes(group, town.bot)
    town.amina.sends_text("Bonjour à tous", group)
    town.bruno.joins(group)
    updates = await town.updates()
    assert updates[0]["message"]["text"] == "Bonjour à tous"
    assert updates[1]["chat_member"]["new_chat_member"] == {"status": "member", "user": town.bruno.user}
    assert updates[2]["message"]["new_chat_members"] == [town.bruno.user]


async def test_members_see_and_press_what_the_bot_writes(town: Town, group: Group) -> None:
    town.bruno.joins(group)
    sent = await town.ask("sendMessage", chat_id=group.id, text="?", reply_markup=keyboard("Oui"))
    press = town.bruno.presses(sent["message_id"], "Oui", group)
    query = (await town.updates())[-1]["callback_query"]
    assert (query["id"], query["from"]["id"], query["message"]["chat"]["id"]) == (press.id, town.bruno.id, group.id)
    town.bruno.leaves(group)
    with pytest.raises(ActionRefused, match="is not in"):
        town.bruno.presses(sent["message_id"], "Oui", group)


async def test_a_bot_put_out_cannot_write(town: Town, group: Group) -> None:
    town.amina.removes_bot(group)
    (_, change) = await town.updates()
    assert change["my_chat_member"]["new_chat_member"]["status"] == "kicked"
    assert await town.refusal("sendMessage", chat_id=group.id, text="x") == (
        "Forbidden: bot was kicked from the group chat"
    )


async def test_a_bot_may_leave(town: Town, group: Group) -> None:
    assert await town.ask("leaveChat", chat_id=group.id) is True
    assert await town.refusal("sendMessage", chat_id=group.id, text="x") == (
        "Forbidden: bot is not a member of the group chat"
    )


async def test_a_group_that_became_a_supergroup_names_its_new_id(town: Town, group: Group) -> None:
    new = town.api.becomes_supergroup(group)
    with pytest.raises(Refused) as refused:
        await town.ask("sendMessage", chat_id=group.id, text="x")
    assert refused.value.parameters == {"migrate_to_chat_id": new.id}
    assert refused.value.description == "Bad Request: group chat was upgraded to a supergroup chat"
    old_side, new_side = await town.updates()
    assert old_side["message"]["migrate_to_chat_id"] == new.id
    assert new_side["message"]["migrate_from_chat_id"] == group.id
    assert (await town.ask("sendMessage", chat_id=new.id, text="x"))["chat"]["type"] == "supergroup"


async def test_members_and_administrators_are_described(town: Town, group: Group) -> None:
    town.api.promotes(group, town.bot)
    chat = {"chat_id": group.id}
    assert (await town.ask("getChatMember", **chat, user_id=town.amina.id))["status"] == "creator"
    assert (await town.ask("getChatMember", **chat, user_id=town.bruno.id))["status"] == "left"
    administrators = await town.ask("getChatAdministrators", **chat)
    assert [member["status"] for member in administrators] == ["creator", "administrator"]
    assert await town.ask("getChatMemberCount", **chat) == 2
    assert await town.refusal("getChatMember", **chat, user_id=42) == "Bad Request: member not found"


async def test_pinning_in_a_group_needs_the_right(town: Town, group: Group) -> None:
    sent = await town.ask("sendMessage", chat_id=group.id, text="À retenir")
    pin = {"chat_id": group.id, "message_id": sent["message_id"]}
    assert await town.refusal("pinChatMessage", **pin) == (
        "Bad Request: not enough rights to manage pinned messages in the chat"
    )
    town.api.promotes(group, town.bot)
    await town.ask("pinChatMessage", **pin)
    assert town.amina.phone().bubble(sent["message_id"], group).pinned
    assert (await town.ask("getChat", chat_id=group.id))["pinned_message"]["message_id"] == sent["message_id"]
    await town.ask("unpinChatMessage", **pin)
    assert await town.refusal("unpinChatMessage", **pin) == "Bad Request: message to unpin not found"


async def test_a_private_chat_is_described_and_pinned_in(town: Town) -> None:
    chat = await town.ask("getChat", chat_id=town.amina.id)
    assert (chat["first_name"], chat["username"]) == ("Amina", "amina")
    await town.ask("pinChatMessage", chat_id=town.amina.id, message_id=1)
    await town.ask("unpinAllChatMessages", chat_id=town.amina.id)
    assert not town.amina.phone().bubble(1).pinned
    assert await town.refusal("getChatAdministrators", chat_id=town.amina.id) == (
        "Bad Request: there are no administrators in the private chat"
    )


async def test_a_bot_gives_one_reaction(town: Town) -> None:
    where = {"chat_id": town.amina.id, "message_id": 1}
    thumb, party = {"type": "emoji", "emoji": "👍"}, {"type": "emoji", "emoji": "🎉"}
    await town.ask("setMessageReaction", **where, reaction=[thumb])
    assert town.amina.phone().bubble(1).reactions == ("👍",)
    assert await town.refusal("setMessageReaction", **where, reaction=[thumb, party]) == (
        "Bad Request: REACTIONS_TOO_MANY"
    )
    await town.ask("setMessageReaction", **where, reaction=[])
    assert town.amina.phone().bubble(1).reactions == ()
