"""Messages without a file: texts, contacts, places, dice; and what every sent message shares."""

from collections.abc import Callable
from typing import Any, Final

from rehearsal.botapi.actions import quoted
from rehearsal.botapi.chats import Chat
from rehearsal.botapi.errors import bad_request
from rehearsal.botapi.methods.call import Call
from rehearsal.botapi.methods.markup import reply_markup

_ACTIONS: Final = frozenset(
    [
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    ]
)


def deliver(call: Call, content: dict[str, Any], chat: Chat | None = None) -> dict[str, Any]:
    """Put a message from the bot in a chat and on the phones; the Message a client receives."""
    chat = chat or call.writable_chat()
    extra = shared_fields(call, chat)
    markup = reply_markup(call)
    if call.api.rates is not None:
        call.api.rates.check(chat.id)
    inline = {"reply_markup": markup} if markup and "inline_keyboard" in markup else {}
    message = post(call, chat, {**extra, **content, **inline})
    if markup and not inline and "force_reply" not in markup:
        chat.markups.append(markup)
    return message


def post(call: Call, chat: Chat, content: dict[str, Any]) -> dict[str, Any]:
    message = chat.add(call.bot.user, call.api.date(), content)
    call.api.show("message", chat, message["message_id"], message)
    return message


def shared_fields(call: Call, chat: Chat) -> dict[str, Any]:
    """What any sent message may have: protection, the message it answers."""
    parameters = call.parameters
    if parameters.has("business_connection_id"):
        raise bad_request("business connection not found")
    if parameters.has("message_thread_id"):
        raise bad_request("message thread not found")
    extra: dict[str, Any] = {"has_protected_content": True} if parameters.boolean("protect_content") else {}
    return extra | _reply(call, chat)


def _reply(call: Call, chat: Chat) -> dict[str, Any]:
    """The message answered: reply_parameters, or the older reply_to_message_id."""
    given = call.parameters.json("reply_parameters", "reply parameters") or {}
    if not isinstance(given, dict):
        raise bad_request("Object expected as reply parameters")
    wanted = given.get("message_id") or call.parameters.integer("reply_to_message_id")
    if not wanted:
        return {}
    found = chat.messages.get(int(wanted))
    if found is not None:
        return {"reply_to_message": quoted(found)}
    lenient = given.get("allow_sending_without_reply") or call.parameters.boolean("allow_sending_without_reply")
    if lenient:
        return {}
    raise bad_request("message to be replied not found")


def send_message(call: Call) -> dict[str, Any]:
    content = call.text()
    preview = call.parameters.json("link_preview_options", "link preview options")
    if isinstance(preview, dict) and preview:
        content["link_preview_options"] = preview
    return deliver(call, content)


def send_location(call: Call) -> dict[str, Any]:
    return deliver(call, {"location": _location(call)})


def _location(call: Call) -> dict[str, float]:
    latitude, longitude = call.parameters.number("latitude"), call.parameters.number("longitude")
    if latitude is None:
        raise bad_request("latitude is empty")
    if longitude is None:
        raise bad_request("longitude is empty")
    return {"latitude": latitude, "longitude": longitude}


def send_venue(call: Call) -> dict[str, Any]:
    place = _location(call)
    title, address = call.parameters.text("title"), call.parameters.text("address")
    return deliver(call, {"location": place, "venue": {"location": place, "title": title, "address": address}})


def send_contact(call: Call) -> dict[str, Any]:
    number, name = call.parameters.text("phone_number"), call.parameters.text("first_name")
    if not number:
        raise bad_request("PHONE_NUMBER_INVALID")
    if not name:
        raise bad_request("first name must be non-empty")
    return deliver(call, {"contact": {"phone_number": number, "first_name": name}})


def send_dice(call: Call) -> dict[str, Any]:
    emoji = call.parameters.text("emoji") or "🎲"
    most = {"🏀": 5, "⚽": 5, "🎰": 64}.get(emoji, 6)
    return deliver(call, {"dice": {"emoji": emoji, "value": call.api.random.randint(1, most)}})


def send_chat_action(call: Call) -> bool:
    action = call.parameters.text("action").lower()
    if action not in _ACTIONS:
        raise bad_request("Wrong parameter action in request")
    call.api.show("action", call.writable_chat(), action=action)
    return True


METHODS: Final[dict[str, Callable[[Call], Any]]] = {
    "sendMessage": send_message,
    "sendLocation": send_location,
    "sendVenue": send_venue,
    "sendContact": send_contact,
    "sendDice": send_dice,
    "sendChatAction": send_chat_action,
}
