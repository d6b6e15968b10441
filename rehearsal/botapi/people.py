"""The side of the persons: what each can do with Telegram in hand, and the update the bot gets for it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rehearsal.botapi.actions import (
    check_may_write,
    edit,
    enter_group,
    leave_group,
    press,
    react,
    send,
    set_blocked,
    start_group,
)
from rehearsal.botapi.bubbles import Button
from rehearsal.botapi.chats import Chat, Group, PrivateChat
from rehearsal.botapi.entities import with_found
from rehearsal.botapi.errors import ActionRefused
from rehearsal.botapi.limits import check_start_parameter
from rehearsal.botapi.phone import Phone
from rehearsal.botapi.typed import in_pieces

if TYPE_CHECKING:
    from rehearsal.botapi.bots import Bot
    from rehearsal.botapi.core import BotApi


@dataclass(slots=True)  # not frozen: made by the hundred thousand
class CallbackAnswer:
    """What answerCallbackQuery showed: a toast, an alert, or nothing when the text is empty."""

    text: str = ""
    alert: bool = False
    url: str = ""


class Press:
    """A button just pressed; `answer` stays None until the bot answers, or for ever when it is too late."""

    __slots__ = ("_settled", "answer", "chat", "data", "id", "message_id", "pending", "person")

    def __init__(self, query_id: str, person: Person, chat: Chat, message_id: int, data: str) -> None:
        self.id = query_id
        self.person = person
        self.chat = chat
        self.message_id = message_id
        self.data = data
        self.pending = True
        self.answer: CallbackAnswer | None = None
        self._settled: asyncio.Event | None = None

    def settle(self, answer: CallbackAnswer | None) -> None:
        self.pending = False
        self.answer = answer
        if self._settled is not None:
            self._settled.set()

    async def settled(self) -> CallbackAnswer | None:
        """Wait for the answer, or for the moment at which it would come too late; for those who watch the time elsewhere."""
        if self.pending:
            self._settled = self._settled or asyncio.Event()
            await self._settled.wait()
        return self.answer

    async def answered(self, seconds: float = 30.0) -> CallbackAnswer | None:
        """Wait for the answer for so many seconds of the clock; None when none came."""
        if self.pending:
            self._settled = self._settled or asyncio.Event()
            await self.person.api.clock.wait(self._settled, seconds)
        return self.answer


class Person:
    """Somebody with Telegram on a phone. `chat` is a Group; None means the private chat with the bot, and
    `bot` is only needed when the server has several."""

    def __init__(self, api: BotApi, user: dict[str, Any]) -> None:
        self.api = api
        self.user = user
        self.deleted = False
        self.phones: dict[int, Phone] = {}

    @property
    def id(self) -> int:
        return int(self.user["id"])

    @property
    def name(self) -> str:
        return " ".join(filter(None, (self.user["first_name"], self.user.get("last_name"))))

    @property
    def language_code(self) -> str:
        return str(self.user.get("language_code", ""))

    def private_header(self) -> dict[str, Any]:
        """The Chat object of a private chat with this person."""
        names = ("username", "first_name", "last_name")
        shown: dict[str, Any] = {name: self.user[name] for name in names if name in self.user}
        return {"id": self.id, **shown, "type": "private"}

    def phone(self, bot: Bot | None = None) -> Phone:
        """What this person's phone shows of the bot and of the groups."""
        bot = bot or self.api.only_bot
        if bot.id not in self.phones:
            self.phones[bot.id] = Phone(self, bot)
        return self.phones[bot.id]

    def conversation(self, bot: Bot | None = None) -> PrivateChat:
        """The private chat with the bot, empty until /start or a first message."""
        return self.api.conversation(bot or self.api.only_bot, self)

    def opens_link(self, start_parameter: str = "", bot: Bot | None = None) -> int:
        """Follow t.me/<bot>?start=… and press Start; also takes a blocked bot back."""
        if start_parameter:
            check_start_parameter(start_parameter)
        chat = self.conversation(bot)
        if chat.blocked:
            set_blocked(chat, blocked=False)
        return self.sends_text(f"/start {start_parameter}".strip(), bot=bot)

    def sends_text(
        self, text: str, chat: Group | None = None, *, reply_to: int | None = None, bot: Bot | None = None
    ) -> int:
        """Type a message; a text over 4096 units leaves as several messages, as the application does. The
        id of the last one is returned."""
        parts = in_pieces(text)
        if not parts:
            raise ActionRefused("An empty message cannot be sent.")
        for part in parts:
            entities = with_found(part, [])
            content = {"text": part} | ({"entities": entities} if entities else {})
            message_id = self.sends(content, chat, reply_to=reply_to, bot=bot)
        return message_id

    def sends(
        self,
        content: dict[str, Any],
        chat: Group | None = None,
        *,
        reply_to: int | None = None,
        bot: Bot | None = None,
    ) -> int:
        """Send anything, given as the fields a Message has: {"venue": {...}}."""
        return send(self, self._chat(chat, bot), content, reply_to)

    def sends_photo(
        self, content: bytes, caption: str = "", chat: Group | None = None, *, bot: Bot | None = None
    ) -> int:
        photo = self.api.files.add("photo", "photo.jpg", content)
        return self.sends({"photo": [photo.as_photo()], **_caption(caption)}, chat, bot=bot)

    def sends_document(
        self, content: bytes, name: str, caption: str = "", chat: Group | None = None, *, bot: Bot | None = None
    ) -> int:
        stored = self.api.files.add("document", name, content)
        document = stored.as_json() | {"file_name": name, "mime_type": stored.mime_type}
        return self.sends({"document": document, **_caption(caption)}, chat, bot=bot)

    def sends_voice(
        self, content: bytes, seconds: int = 3, chat: Group | None = None, *, bot: Bot | None = None
    ) -> int:
        stored = self.api.files.add("voice", "voice.ogg", content, "audio/ogg")
        voice = stored.as_json() | {"duration": seconds, "mime_type": "audio/ogg"}
        return self.sends({"voice": voice}, chat, bot=bot)

    def sends_video(self, content: bytes, seconds: int = 3, chat: Group | None = None) -> int:
        stored = self.api.files.add("video", "video.mp4", content, "video/mp4")
        video = stored.as_json() | {"duration": seconds, "width": 640, "height": 360, "mime_type": "video/mp4"}
        return self.sends({"video": video}, chat)

    def sends_audio(self, content: bytes, title: str = "", seconds: int = 3, chat: Group | None = None) -> int:
        stored = self.api.files.add("audio", "audio.mp3", content, "audio/mpeg")
        audio = stored.as_json() | {"duration": seconds, "mime_type": "audio/mpeg"}
        return self.sends({"audio": audio | ({"title": title} if title else {})}, chat)

    def sends_sticker(self, emoji: str = "👍", chat: Group | None = None, *, bot: Bot | None = None) -> int:
        stored = self.api.files.add("sticker", "sticker.webp", emoji.encode(), "image/webp")
        sticker = stored.as_json() | {
            "type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False, "emoji": emoji
        }  # fmt: skip
        return self.sends({"sticker": sticker}, chat, bot=bot)

    def sends_contact(self, phone_number: str, first_name: str, chat: Group | None = None) -> int:
        contact: dict[str, Any] = {"phone_number": phone_number, "first_name": first_name}
        if first_name == self.user["first_name"]:
            contact["user_id"] = self.id
        return self.sends({"contact": contact}, chat)

    def sends_location(self, latitude: float, longitude: float, chat: Group | None = None) -> int:
        return self.sends({"location": {"latitude": latitude, "longitude": longitude}}, chat)

    def sends_dice(self, emoji: str = "🎲", chat: Group | None = None) -> int:
        return self.sends({"dice": {"emoji": emoji, "value": self.api.random.randint(1, 6)}}, chat)

    def sends_forward(self, text: str, author: str, chat: Group | None = None) -> int:
        """Forward a text from somebody who hides their account."""
        origin = {"type": "hidden_user", "sender_user_name": author, "date": self.api.date()}
        return self.sends({"forward_origin": origin, "text": text}, chat)

    def forwards(self, message_id: int, source: Group | None = None, to: Group | None = None) -> int:
        """Forward a message of `source` to `to` (None: the private chat with the bot)."""
        message = self._message(self._chat(source, None), message_id)
        origin = {"type": "user", "sender_user": message["from"], "date": message["date"]}
        return self.sends({"forward_origin": origin, **_content(message)}, to)

    def edits(self, message_id: int, text: str, chat: Group | None = None, *, bot: Bot | None = None) -> None:
        """Change one's own message: its text, or its caption when it is a picture or a document."""
        edit(self, self._chat(chat, bot), message_id, text.strip())

    def deletes(self, message_id: int, chat: Group | None = None, *, bot: Bot | None = None) -> None:
        """Remove a message; Telegram tells the bot nothing."""
        found = self._chat(chat, bot)
        self._message(found, message_id)
        found.remove(message_id)
        self.api.show("deleted", found, message_id)

    def presses(
        self,
        message_id: int,
        button: Button | tuple[int, int] | str,
        chat: Group | None = None,
        *,
        bot: Bot | None = None,
    ) -> Press:
        """Press an inline button, named by itself, by (row, column), by its label or by its callback data."""
        return press(self, self._chat(chat, bot), message_id, button, bot or self.api.only_bot)

    def reacts(self, message_id: int, emoji: str = "", chat: Group | None = None) -> None:
        """Put a reaction under a message; an empty one takes it away."""
        react(self, self._chat(chat, None), message_id, emoji)

    def blocks_bot(self, bot: Bot | None = None) -> None:
        set_blocked(self.conversation(bot), blocked=True)

    def unblocks_bot(self, bot: Bot | None = None) -> None:
        set_blocked(self.conversation(bot), blocked=False)

    def deletes_account(self) -> None:
        """From now on bots get 403 "user is deactivated"."""
        self.deleted = True

    def creates_group(self, title: str, *, bot: bool = True, supergroup: bool = False) -> Group:
        """A group this person owns, with the bot in it unless told otherwise."""
        group = start_group(self, title, supergroup=supergroup)
        if bot:
            self.adds_bot(group)
        return group

    def joins(self, group: Group) -> None:
        enter_group(group, self.user, self)

    def leaves(self, group: Group) -> None:
        leave_group(group, self.user, self)

    def adds_bot(self, group: Group, bot: Bot | None = None) -> None:
        check_may_write(self, group)
        enter_group(group, (bot or self.api.only_bot).user, self)

    def removes_bot(self, group: Group, bot: Bot | None = None) -> None:
        check_may_write(self, group)
        leave_group(group, (bot or self.api.only_bot).user, self)

    def _chat(self, chat: Group | None, bot: Bot | None) -> Chat:
        return self.conversation(bot) if chat is None else chat

    def _message(self, chat: Chat, message_id: int) -> dict[str, Any]:
        if message_id not in chat.messages:
            raise ActionRefused(f"Message {message_id} is not on this phone.")
        return chat.messages[message_id]


_KEPT_OUT = frozenset(("message_id", "from", "chat", "date", "edit_date", "reply_markup", "reply_to_message"))


def _content(message: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in message.items() if name not in _KEPT_OUT}


def _caption(caption: str) -> dict[str, Any]:
    return {"caption": caption} if caption else {}
