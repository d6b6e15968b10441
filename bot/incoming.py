"""Reads a raw update into the few things that can happen to us; whatever has another shape is nothing (None)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeGuard

from telegram import CallbackQuery, ChatMemberUpdated, Message, Update, User

NAME_LENGTH = 64
LARGEST = 1 << 52
_FOREIGN = (TypeError, ValueError, KeyError, AttributeError, OverflowError, OSError, RecursionError)
"""What python-telegram-bot raises on shapes Telegram does not send (dates beyond the machine's, objects that are lists…)."""
_NOT_TEXT = (
    "animation", "audio", "document", "photo", "sticker", "video", "video_note", "voice", "contact", "dice", "game",
    "poll", "venue", "location", "invoice", "story", "checklist", "paid_media", "giveaway", "giveaway_winners",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sender:
    """Who did it, as Telegram says."""

    id: int
    name: str
    language: str | None


@dataclass(frozen=True, slots=True)
class Press:
    """A press on one of our buttons. `message` is the message that carries it, None when Telegram forgot which."""

    sender: Sender
    query: str
    data: str
    chat: int | None
    message: int | None


@dataclass(frozen=True, slots=True)
class Written:
    """A text in a private chat, new or edited."""

    sender: Sender
    chat: int
    message: int
    text: str
    at: datetime
    reply_to: int | None = None
    reply_data: tuple[str, ...] = ()
    """What the buttons of the message replied to refer to, still sealed."""
    is_edit: bool = False


@dataclass(frozen=True, slots=True)
class Sent:
    """Something other than an ordinary text: a sticker, a voice message, a forwarded message…"""

    sender: Sender
    chat: int
    message: int
    kind: str
    at: datetime
    album: str | None = None


@dataclass(frozen=True, slots=True)
class InGroup:
    """A text in a group; only commands and mentions are answered there."""

    sender: Sender
    chat: int
    message: int
    text: str


@dataclass(frozen=True, slots=True)
class Standing:
    """A person blocked the bot, or let it write again."""

    sender: Sender
    is_blocked: bool


Incoming = Press | Written | Sent | InGroup | Standing


def read(raw: Mapping[str, Any]) -> Incoming | None:
    """What happened, or None for anything foreign, malformed, or that asks for no answer."""
    update = _parsed(raw) or _parsed(_bare_press(raw))
    if update is None:
        return None
    if update.callback_query:
        return _press(update.callback_query)
    if update.message:
        return _message(update.message, is_edit=False)
    if update.edited_message:
        return _message(update.edited_message, is_edit=True)
    return _standing(update.my_chat_member) if update.my_chat_member else None


def _parsed(raw: Mapping[str, Any]) -> Update | None:
    try:
        return Update.de_json(dict(raw), None) if raw else None
    except _FOREIGN:
        return None


def _bare_press(raw: Mapping[str, Any]) -> dict[str, Any]:
    """A press reduced to who pressed what: the message that carries the button may be shaped as we do not know."""
    query = raw.get("callback_query")
    if not isinstance(query, dict):
        return {}
    message = query["message"] if isinstance(query.get("message"), dict) else {}
    chat = message["chat"] if isinstance(message.get("chat"), dict) else {}
    carrier = None
    if is_number(chat.get("id")) and is_number(message.get("message_id")):
        carrier = {"chat": {"id": chat["id"], "type": "private"}, "message_id": message["message_id"], "date": 0}
    pressed = {name: query[name] for name in ("id", "from", "data") if name in query}
    return {"update_id": raw.get("update_id"), "callback_query": {"chat_instance": "", **pressed, "message": carrier}}


def _sender(user: object) -> Sender | None:
    if not isinstance(user, User) or not is_number(user.id) or user.is_bot:
        return None
    language = user.language_code if isinstance(user.language_code, str) else None
    return Sender(user.id, full_name(user.first_name, user.last_name), language)


def full_name(first: object, last: object) -> str:
    """A name as Telegram shows it."""
    return " ".join(part for part in (first, last) if isinstance(part, str) and part)


def _press(query: CallbackQuery) -> Press | None:
    sender = _sender(query.from_user)
    if sender is None or not is_key(query.id) or not isinstance(query.data, str):
        return None
    message = query.message
    chat = message.chat.id if message is not None and message.chat is not None else None
    if message is None or not is_number(message.message_id) or not is_number(chat):
        return Press(sender, query.id, query.data, None, None)
    return Press(sender, query.id, query.data, chat, message.message_id)


def _message(message: Message, *, is_edit: bool) -> Incoming | None:
    sender = _sender(message.from_user)
    chat = message.chat
    if sender is None or chat is None or message.sender_chat or not isinstance(message.date, datetime):
        return None
    if not is_number(chat.id) or not is_number(message.message_id):
        return None
    text = message.text if isinstance(message.text, str) else None
    if chat.type in ("group", "supergroup"):
        return InGroup(sender, chat.id, message.message_id, text) if text and not is_edit else None
    if chat.type != "private":
        return None
    return _private(message, sender, text, is_edit=is_edit)


def _private(message: Message, sender: Sender, text: str | None, *, is_edit: bool) -> Incoming | None:
    chat, number, at = message.chat.id, message.message_id, message.date
    if text is not None and not (message.forward_origin or message.via_bot):
        edited = message.edit_date if is_edit and isinstance(message.edit_date, datetime) else at
        reply_to, data = _replied(message)
        return Written(sender, chat, number, text, edited, reply_to, data, is_edit)
    kind = "forwarded" if text is not None else next((name for name in _NOT_TEXT if getattr(message, name, None)), None)
    if kind is None or is_edit:
        return None
    album = message.media_group_id if isinstance(message.media_group_id, str) else None
    return Sent(sender, chat, number, kind, at, album)


def _replied(message: Message) -> tuple[int | None, tuple[str, ...]]:
    replied = message.reply_to_message
    if not isinstance(replied, Message) or not is_number(replied.message_id):
        return None, ()
    rows = replied.reply_markup.inline_keyboard if replied.reply_markup else ()
    return replied.message_id, tuple(b.callback_data for row in rows for b in row if isinstance(b.callback_data, str))


def _standing(change: ChatMemberUpdated) -> Standing | None:
    sender = _sender(change.from_user)
    if sender is None or change.chat is None or change.chat.type != "private" or change.new_chat_member is None:
        return None
    match change.new_chat_member.status:
        case "kicked" | "left":
            return Standing(sender, is_blocked=True)
        case "member":
            return Standing(sender, is_blocked=False)
        case _:
            return None


def is_key(value: object) -> TypeGuard[str]:
    """Whether it can be the number of a press, which is written as a text and given back in the answer."""
    return type(value) is str and value.isascii()


def is_number(value: object) -> TypeGuard[int]:
    """Whether it can be a number of Telegram's (52 bits at most): a larger one no database would hold."""
    return type(value) is int and -LARGEST < value < LARGEST
