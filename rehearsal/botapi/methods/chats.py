"""What a bot may learn and change about a chat: members, pins, reactions, leaving."""

from collections.abc import Callable
from typing import Any, Final

from rehearsal.botapi.chats import ADMINISTRATORS, Chat, Group, PrivateChat, member_json
from rehearsal.botapi.errors import bad_request, forbidden
from rehearsal.botapi.methods.call import Call

_ACCEPTED_GIFTS: Final = dict.fromkeys(
    ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels"), False
)


def get_chat(call: Call) -> dict[str, Any]:
    chat = _readable(call)
    full: dict[str, Any] = chat.header | {
        "accent_color_id": abs(chat.id) % 7, "max_reaction_count": 11, "accepted_gift_types": _ACCEPTED_GIFTS,
    }  # fmt: skip
    if chat.pinned:
        full["pinned_message"] = chat.messages[chat.pinned[-1]]
    if isinstance(chat, Group):
        full["permissions"] = {"can_send_messages": True}
    return full


def _readable(call: Call) -> Chat:
    chat = call.chat()
    if isinstance(chat, Group) and chat.upgraded_to is None and not chat.has(call.bot.id):
        chat.check_writable(call.bot)
    return chat


def _user(call: Call, chat: Chat, user_id: int) -> dict[str, Any]:
    if user_id in call.api.people:
        return call.api.people[user_id].user
    if user_id in call.api.bots_by_id:
        return call.api.bots_by_id[user_id].user
    raise bad_request("user not found" if isinstance(chat, PrivateChat) else "member not found")


def get_chat_member(call: Call) -> dict[str, Any]:
    chat = _readable(call)
    user = _user(call, chat, call.parameters.integer("user_id"))
    if isinstance(chat, Group):
        return member_json(chat.statuses.get(user["id"], "left"), user)
    if user["id"] not in (chat.id, call.bot.id):
        raise bad_request("member not found")
    return member_json("member", user)


def get_chat_administrators(call: Call) -> list[dict[str, Any]]:
    chat = _readable(call)
    group = call.group(chat, "there are no administrators in the private chat")
    found = [(user_id, status) for user_id, status in group.statuses.items() if status in ADMINISTRATORS]
    return [member_json(status, _user(call, group, user_id)) for user_id, status in found]


def get_chat_member_count(call: Call) -> int:
    chat = _readable(call)
    return len(chat.present()) if isinstance(chat, Group) else 2


def leave_chat(call: Call) -> bool:
    group = call.group(call.writable_chat(), "chat member status can't be changed in private chats")
    message = group.add(call.bot.user, call.api.date(), {"left_chat_member": call.bot.user})
    call.api.show("message", group, message["message_id"], message)
    group.statuses[call.bot.id] = "left"
    return True


def _check_may_pin(call: Call, chat: Chat) -> None:
    if isinstance(chat, Group) and not chat.is_administrator(call.bot.id):
        raise bad_request("not enough rights to manage pinned messages in the chat")


def pin_chat_message(call: Call) -> bool:
    chat = call.writable_chat()
    message = call.message(chat, "message to pin")
    _check_may_pin(call, chat)
    message_id = message["message_id"]
    if message_id in chat.pinned:
        chat.pinned.remove(message_id)
    chat.pinned.append(message_id)
    call.api.show("edited", chat, message_id, message)
    service = chat.add(call.bot.user, call.api.date(), {"pinned_message": message})
    call.api.show("message", chat, service["message_id"], service)
    if isinstance(chat, Group):  # a bot is told of its own pins in groups
        call.bot.queue.add("message", service, ("chat", chat.id))
    return True


def unpin_chat_message(call: Call) -> bool:
    chat = call.writable_chat()
    _check_may_pin(call, chat)
    message_id = call.parameters.integer("message_id") or (chat.pinned[-1] if chat.pinned else 0)
    if message_id not in chat.pinned:
        raise bad_request("Message to unpin not found")
    chat.pinned.remove(message_id)
    call.api.show("edited", chat, message_id, chat.messages[message_id])
    return True


def unpin_all_chat_messages(call: Call) -> bool:
    chat = call.writable_chat()
    _check_may_pin(call, chat)
    pinned, chat.pinned = chat.pinned, []
    for message_id in pinned:
        call.api.show("edited", chat, message_id, chat.messages[message_id])
    return True


def set_message_reaction(call: Call) -> bool:
    """At most one reaction per message for a bot; an empty list takes it away."""
    chat = call.writable_chat()
    message = call.message(chat, "message to react")
    given = call.parameters.json("reaction", "reaction types") or []
    if not isinstance(given, list):
        raise bad_request("Expected an Array of ReactionType")
    if any(not isinstance(reaction, dict) or reaction.get("type") != "emoji" for reaction in given):
        raise bad_request("Can't parse ReactionType: invalid reaction type specified")
    if len(given) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    chat.reactions.setdefault(message["message_id"], {})[call.bot.id] = given
    call.api.show("edited", chat, message["message_id"], message)
    return True


def get_user_profile_photos(call: Call) -> dict[str, Any]:
    if call.parameters.integer("user_id") not in call.api.people:
        raise bad_request("user not found")
    return {"total_count": 0, "photos": []}


def ban_chat_member(call: Call) -> bool:
    chat = call.writable_chat()
    group = call.group(chat, "can't remove members in private chats")
    if not group.is_administrator(call.bot.id):
        raise bad_request("not enough rights to restrict/unrestrict chat member")
    user_id = call.parameters.integer("user_id")
    if group.statuses.get(user_id) == "creator":
        raise bad_request("can't remove chat owner")
    if user_id == call.bot.id:
        raise forbidden("bot can't restrict self")
    group.statuses[user_id] = "kicked"
    return True


METHODS: Final[dict[str, Callable[[Call], Any]]] = {
    "getChat": get_chat,
    "getChatMember": get_chat_member,
    "getChatAdministrators": get_chat_administrators,
    "getChatMemberCount": get_chat_member_count,
    "leaveChat": leave_chat,
    "pinChatMessage": pin_chat_message,
    "unpinChatMessage": unpin_chat_message,
    "unpinAllChatMessages": unpin_all_chat_messages,
    "setMessageReaction": set_message_reaction,
    "getUserProfilePhotos": get_user_profile_photos,
    "banChatMember": ban_chat_member,
}
