"""Who the bot is: its account, its name and descriptions by language, its menu button."""

from collections.abc import Callable
from functools import partial
from typing import Any, Final

from rehearsal.botapi.errors import bad_request
from rehearsal.botapi.methods.call import Call
from rehearsal.botapi.methods.commands import language_code

_MOST: Final = {"name": 64, "description": 512, "short_description": 120}
_TOO_LONG: Final = {
    "name": "BOT_TITLE_INVALID", "description": "BOT_DESCRIPTION_INVALID",
    "short_description": "BOT_SHORT_DESCRIPTION_INVALID",
}  # fmt: skip


def get_me(call: Call) -> dict[str, Any]:
    bot = call.bot
    return bot.user | {
        "can_join_groups": True,
        "can_read_all_group_messages": bot.reads_all_group_messages,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
        "has_topics_enabled": False,
    }


def _set_text(kind: str, call: Call) -> bool:
    text = call.parameters.text(kind).strip()
    if len(text) > _MOST[kind]:
        raise bad_request(_TOO_LONG[kind])
    key = (kind, language_code(call))
    if text:
        call.bot.texts[key] = text
    else:
        call.bot.texts.pop(key, None)
    for chat in call.bot.conversations.values():
        call.api.show("profile", chat)
    return True


def _get_text(kind: str, call: Call) -> dict[str, str]:
    default = call.bot.first_name if kind == "name" else ""
    texts = call.bot.texts
    return {kind: texts.get((kind, language_code(call))) or texts.get((kind, "")) or default}


def set_chat_menu_button(call: Call) -> bool:
    button = call.parameters.json("menu_button", "menu button") or {"type": "default"}
    if not isinstance(button, dict):
        raise bad_request("Can't parse menu button: MenuButton must be an Object")
    if button.get("type") not in ("default", "commands", "web_app"):
        raise bad_request("Can't parse menu button: MenuButton has unsupported type")
    chat_id = call.chat().id if call.parameters.has("chat_id") else None
    call.bot.menu_buttons[chat_id] = button
    return True


def get_chat_menu_button(call: Call) -> dict[str, Any]:
    buttons = call.bot.menu_buttons
    chat_id = call.chat().id if call.parameters.has("chat_id") else None
    return buttons.get(chat_id) or buttons.get(None) or {"type": "commands"}


def close(call: Call) -> bool:
    """Stops a bot instance; ours has nothing to stop but the poll under way."""
    call.bot.end_poll("close request")
    return True


def log_out(call: Call) -> bool:
    """Leaves the server; as on the official one, its pending updates go with it."""
    call.bot.queue.clear()
    call.bot.end_poll("logOut request")
    return True


METHODS: Final[dict[str, Callable[[Call], Any]]] = {
    "getMe": get_me,
    **{"setMy" + kind.title().replace("_", ""): partial(_set_text, kind) for kind in _MOST},
    **{"getMy" + kind.title().replace("_", ""): partial(_get_text, kind) for kind in _MOST},
    "setChatMenuButton": set_chat_menu_button,
    "getChatMenuButton": get_chat_menu_button,
    "close": close,
    "logOut": log_out,
}
