"""In a group the bot only shows the way to the private conversation, and only when somebody calls it."""

import re

from bot.calls import Call
from bot.context import House, Turn
from bot.incoming import InGroup
from bot.messages import say
from participation.model.workshop import tidy_code

_COMMAND = re.compile(r"/(\w+)(?:@(\w+))?(?:\s+(\S+))?", re.ASCII)


def point_to_private(turn: Turn, message: InGroup) -> None:
    """One message with one button that opens the private chat; the code of a workshop goes along."""
    code = _code(turn, message.text)
    link = turn.house.join_link(code) if code else f"https://t.me/{turn.house.bot_username}"
    button = {"text": turn.voice("bot-group-open"), "url": link}
    params = {
        "chat_id": turn.chat,
        "text": say(turn.voice, "bot-group"),
        "parse_mode": "HTML",
        "reply_markup": {"inline_keyboard": [[button]]},
        "reply_parameters": {"message_id": message.message, "allow_sending_without_reply": True},
    }
    turn.call(Call("sendMessage", params))


def calls_us(house: House, text: str) -> bool:
    """Whether a group message is a command for us or names us."""
    name = house.bot_username.lower()
    command = _COMMAND.match(text)
    if command:
        return command[2] is None or command[2].lower() == name
    return re.search(rf"@{re.escape(name)}\b", text.lower()) is not None


def _code(turn: Turn, text: str) -> str | None:
    command = _COMMAND.match(text)
    if command is None or command[1].lower() != "start" or command[3] is None:
        return None
    workshop = turn.tx.workshops.by_code(tidy_code(command[3]))
    return workshop.code if workshop else None
