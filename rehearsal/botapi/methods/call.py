"""One request being obeyed: who asks, with which parameters, and the chat and message it is about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rehearsal.botapi.chats import Chat, Group
from rehearsal.botapi.entities import formatted
from rehearsal.botapi.errors import bad_request, forbidden
from rehearsal.botapi.limits import check_caption, check_text
from rehearsal.botapi.parameters import Parameters

if TYPE_CHECKING:
    from rehearsal.botapi.bots import Bot
    from rehearsal.botapi.core import BotApi


@dataclass(slots=True)  # not frozen: made by the hundred thousand
class Call:
    api: BotApi
    bot: Bot
    method: str
    parameters: Parameters

    def chat(self, name: str = "chat_id") -> Chat:
        """The chat a parameter names, whatever the bot may do there."""
        if not self.parameters.has(name):
            raise bad_request(f"{name} is empty")
        wanted = self.parameters.text(name)
        found = self._public(wanted[1:]) if wanted.startswith("@") else self._numbered(wanted)
        if found is None:
            raise bad_request("chat not found")
        return found

    def _public(self, username: str) -> Chat | None:
        for group in self.api.groups.values():
            if str(group.header.get("username", "")).lower() == username.lower():
                return group
        return None

    def _numbered(self, wanted: str) -> Chat | None:
        try:
            number = int(wanted)
        except ValueError:
            return None
        if number in self.bot.conversations:
            return self.bot.conversations[number]
        if number in self.api.people:
            raise forbidden("bot can't initiate conversation with a user")
        group = self.api.groups.get(number)
        return group if group is not None and self.bot.id in group.statuses else None

    def writable_chat(self) -> Chat:
        """The chat of chat_id, or the error Telegram gives to a bot that may not write there."""
        chat = self.chat()
        chat.check_writable(self.bot)
        return chat

    def message(self, chat: Chat, what: str) -> dict[str, Any]:
        """The message of message_id; `what` is "message to edit", "message to delete"…"""
        message_id = self.parameters.integer("message_id")
        if message_id <= 0:
            raise bad_request("Message identifier is not specified")
        if message_id not in chat.messages:
            raise bad_request(f"{what} not found")
        return chat.messages[message_id]

    def group(self, chat: Chat, sentence: str) -> Group:
        if not isinstance(chat, Group):
            raise bad_request(sentence)
        return chat

    def text(self) -> dict[str, Any]:
        """The fields `text` and `entities` of a message."""
        raw = self.parameters.text("text")
        if not raw:
            raise bad_request("Message text is empty")
        given = self.parameters.json("entities", "entities")
        text, entities = formatted(raw, self.parameters.text("parse_mode"), given)
        check_text(text)
        return {"text": text, "entities": entities} if entities else {"text": text}

    def caption(self) -> dict[str, Any]:
        given = self.parameters.json("caption_entities", "caption entities")
        return caption_of(self.parameters.text("caption"), self.parameters.text("parse_mode"), given)


def caption_of(raw: str, parse_mode: str, given: object) -> dict[str, Any]:
    """The fields `caption` and `caption_entities`, absent when there is nothing."""
    text, entities = formatted(raw, parse_mode, given)
    check_caption(text)
    fields: dict[str, Any] = {"caption": text} if text else {}
    return fields | ({"caption_entities": entities} if text and entities else {})
