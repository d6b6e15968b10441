"""The commands menu, by scope and language."""

import re
from collections.abc import Callable
from typing import Any, Final

from rehearsal.botapi.errors import bad_request
from rehearsal.botapi.methods.call import Call

_PLAIN: Final = ("default", "all_private_chats", "all_group_chats", "all_chat_administrators")
_ABOUT_A_CHAT: Final = ("chat", "chat_administrators", "chat_member")


def _scope(call: Call) -> str:
    """The key of a scope: its type, and the chat and user it is about."""
    given = call.parameters.json("scope", "BotCommandScope")
    if given is None:
        return "default"
    if not isinstance(given, dict):
        raise bad_request("Can't parse BotCommandScope: BotCommandScope must be an Object")
    kind = str(given.get("type", ""))
    if kind in _PLAIN:
        return kind
    if kind not in _ABOUT_A_CHAT:
        raise bad_request("Can't parse BotCommandScope: Unsupported type specified")
    if not given.get("chat_id"):
        raise bad_request("Can't parse BotCommandScope: Empty chat_id specified")
    member = f":{given['user_id']}" if kind == "chat_member" else ""
    return f"{kind}:{given['chat_id']}{member}"


def language_code(call: Call) -> str:
    code = call.parameters.text("language_code")
    if code and not re.fullmatch(r"[a-z]{2}", code):
        raise bad_request("invalid language code specified")
    return code


def _command(given: object) -> dict[str, str]:
    if not isinstance(given, dict):
        raise bad_request("Can't parse BotCommand: expected an Object")
    name = str(given.get("command", "")).removeprefix("/")
    description = str(given.get("description", "")).strip()
    if not re.fullmatch(r"[a-z0-9_]{1,32}", name):
        raise bad_request("BOT_COMMAND_INVALID")
    if not 1 <= len(description) <= 256:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": name, "description": description}


def set_my_commands(call: Call) -> bool:
    given = call.parameters.json("commands", "commands")
    if not isinstance(given, list):
        raise bad_request("Expected an Array of BotCommand")
    if len(given) > 100:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    key = _scope(call), language_code(call)
    commands = [_command(command) for command in given]
    if commands:
        call.bot.commands[key] = commands
    else:
        call.bot.commands.pop(key, None)
    _announce(call)
    return True


def get_my_commands(call: Call) -> list[dict[str, str]]:
    return call.bot.commands.get((_scope(call), language_code(call)), [])


def delete_my_commands(call: Call) -> bool:
    call.bot.commands.pop((_scope(call), language_code(call)), None)
    _announce(call)
    return True


def _announce(call: Call) -> None:
    for chat in call.bot.conversations.values():
        call.api.show("commands", chat)


METHODS: Final[dict[str, Callable[[Call], Any]]] = {
    "setMyCommands": set_my_commands,
    "getMyCommands": get_my_commands,
    "deleteMyCommands": delete_my_commands,
}
