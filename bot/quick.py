"""The hot path of reading: a press or a plain text, without building python-telegram-bot's objects (240 µs each, measured).

It takes only the plainest shapes and leaves every other to `incoming`; a test holds the two equal.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from bot.incoming import Press, Sender, Written, full_name, is_key, is_number

_PLAIN = frozenset({"message_id", "date", "chat", "from", "text", "entities", "link_preview_options"})


def quick_read(raw: Mapping[str, Any]) -> Press | Written | None:
    """What happened, when it is one of the two commonest things in their plainest shape; else None: look closer."""
    if (query := raw.get("callback_query")) is not None:
        return _press(query) if isinstance(query, dict) else None
    if (message := raw.get("message")) is not None:
        return _written(message) if isinstance(message, dict) and message.keys() <= _PLAIN else None
    return None


def _press(query: dict[str, Any]) -> Press | None:
    sender, message = _sender(query.get("from")), query.get("message")
    if sender is None or not isinstance(message, dict) or "date" not in message:
        return None
    chat, number = message.get("chat"), message.get("message_id")
    if not isinstance(chat, dict) or not is_number(chat.get("id")) or not is_number(number):
        return None
    key, data = query.get("id"), query.get("data")
    if not is_key(key) or type(data) is not str:
        return None
    return Press(sender, key, data, chat["id"], number)


def _written(message: dict[str, Any]) -> Written | None:
    sender, chat, text = _sender(message.get("from")), message.get("chat"), message.get("text")
    number, date = message.get("message_id"), message.get("date")
    if sender is None or not isinstance(chat, dict) or chat.get("type") != "private" or type(text) is not str:
        return None
    if not is_number(chat.get("id")) or not is_number(number) or type(date) is not int:
        return None
    if not text or not 0 < date < 4_102_444_800:  # the year 2100: stranger dates are read with care
        return None
    return Written(sender, chat["id"], number, text, datetime.fromtimestamp(date, UTC))


def _sender(user: object) -> Sender | None:
    if not isinstance(user, dict) or user.get("is_bot") is not False or not is_number(user.get("id")):
        return None
    first, last, language = user.get("first_name"), user.get("last_name"), user.get("language_code")
    if type(first) is not str or not isinstance(last, str | None) or not isinstance(language, str | None):
        return None
    return Sender(user["id"], full_name(first, last), language)
