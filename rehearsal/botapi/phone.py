"""What one phone shows of a bot: bubbles, toasts, the commands menu, and how to follow it live."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rehearsal.botapi.bubbles import Bubble, bubble_of
from rehearsal.botapi.chats import Chat, Group

if TYPE_CHECKING:
    from rehearsal.botapi.bots import Bot
    from rehearsal.botapi.people import Person

_KEPT_TOASTS = 50


@dataclass(slots=True)  # not frozen: made by the hundred thousand
class Toast:
    """What answerCallbackQuery showed at the top of the chat, or as an alert to dismiss; `at` in Unix seconds."""

    text: str
    alert: bool
    at: float
    url: str = ""


@dataclass(frozen=True, slots=True)
class Command:
    name: str
    description: str


@dataclass(frozen=True, slots=True)
class BotProfile:
    name: str
    username: str
    description: str
    short_description: str


@dataclass(frozen=True, slots=True)
class ChatCard:
    """A chat in the phone's list; the private chat with the bot comes first."""

    id: int
    type: str
    title: str


@dataclass(frozen=True, slots=True)
class ReplyKeyboard:
    """The keyboard a bot put in place of letters; pressing a label sends it as a text."""

    rows: tuple[tuple[str, ...], ...]
    placeholder: str
    one_time: bool


@dataclass(slots=True)  # not frozen: made by the hundred thousand
class PhoneEvent:
    """Something moved on a phone. `kind`: message, edited, deleted, toast, action (the bot is typing…),
    commands, profile. The bubble is drawn when asked for: nobody pays for what nobody looks at."""

    kind: str
    phone: Phone
    chat: Chat
    message_id: int = 0
    message: dict[str, Any] | None = None
    toast: Toast | None = None
    action: str = ""

    @property
    def chat_id(self) -> int:
        return self.chat.id

    @property
    def person_id(self) -> int:
        return self.phone.person.id

    @property
    def bubble(self) -> Bubble | None:
        return None if self.message is None else bubble_of(self.chat, self.message, self.phone.person.id)


Listener = Callable[[PhoneEvent], None]


class Subscription:
    """Events since `follow()`, in order, kept until read; `close()` ends it."""

    def __init__(self, listen: Callable[[Listener], Callable[[], None]]) -> None:
        self._events: asyncio.Queue[PhoneEvent | None] = asyncio.Queue()
        self._stop = listen(self._events.put_nowait)

    async def next(self, seconds: float = 10.0) -> PhoneEvent:
        """The next event; TimeoutError after so many real seconds, StopAsyncIteration once closed."""
        event = await asyncio.wait_for(self._events.get(), seconds)
        if event is None:
            raise StopAsyncIteration
        return event

    def __aiter__(self) -> AsyncIterator[PhoneEvent]:
        return self

    async def __anext__(self) -> PhoneEvent:
        event = await self._events.get()
        if event is None:
            raise StopAsyncIteration
        return event

    def close(self) -> None:
        self._stop()
        self._events.put_nowait(None)


class Phone:
    """One person's view of one bot, and of the groups the person is in."""

    def __init__(self, person: Person, bot: Bot) -> None:
        self.person = person
        self.bot = bot
        self.listeners: list[Listener] = []
        self._toasts: deque[Toast] = deque(maxlen=_KEPT_TOASTS)

    def messages(self, chat: Group | None = None) -> tuple[Bubble, ...]:
        """The bubbles of the private chat, or of a group, oldest first."""
        found = self._chat(chat)
        return tuple(bubble_of(found, message, self.person.id) for message in found.messages.values())

    def last(self, chat: Group | None = None) -> Bubble | None:
        found = self._chat(chat)
        newest = next(reversed(found.messages.values()), None)
        return None if newest is None else bubble_of(found, newest, self.person.id)

    def bubble(self, message_id: int, chat: Group | None = None) -> Bubble:
        """One bubble by its id; KeyError when it is not on the phone."""
        found = self._chat(chat)
        return bubble_of(found, found.messages[message_id], self.person.id)

    @property
    def toasts(self) -> tuple[Toast, ...]:
        return tuple(self._toasts)

    @property
    def commands(self) -> tuple[Command, ...]:
        """The menu of the private chat, in the person's language."""
        menu = _menu(self.bot, self.person.id, self.person.language_code)
        return tuple(Command(command["command"], command["description"]) for command in menu)

    @property
    def profile(self) -> BotProfile:
        """The bot's name and descriptions in the person's language."""

        def text(kind: str, default: str = "") -> str:
            texts = self.bot.texts
            return texts.get((kind, self.person.language_code)) or texts.get((kind, "")) or default

        name = text("name", self.bot.first_name)
        return BotProfile(name, self.bot.username, text("description"), text("short_description"))

    @property
    def menu_button(self) -> dict[str, Any]:
        buttons = self.bot.menu_buttons
        return buttons.get(self.person.id) or buttons.get(None) or {"type": "commands"}

    @property
    def chats(self) -> tuple[ChatCard, ...]:
        groups = [group for group in self.person.api.groups.values() if group.has(self.person.id)]
        cards = [ChatCard(group.id, group.header["type"], group.title) for group in groups]
        return (ChatCard(self.person.id, "private", self.profile.name), *cards)

    @property
    def started(self) -> bool:
        return self.person.conversation(self.bot).started

    @property
    def blocked(self) -> bool:
        return self.person.conversation(self.bot).blocked

    def reply_keyboard(self, chat: Group | None = None) -> ReplyKeyboard | None:
        """The last keyboard the bot put there, unless it took it away since."""
        for markup in reversed(self._chat(chat).markups):
            if "keyboard" in markup:
                rows = tuple(tuple(_label(button) for button in row) for row in markup["keyboard"])
                placeholder = markup.get("input_field_placeholder", "")
                return ReplyKeyboard(rows, placeholder, bool(markup.get("one_time_keyboard")))
            return None
        return None

    def follow(self) -> Subscription:
        """A queue of what moves on this phone from now on."""
        return Subscription(self.listen)

    def listen(self, listener: Listener) -> Callable[[], None]:
        """Call `listener` at once for each event; returns what stops it."""
        self.listeners.append(listener)
        return lambda: self.listeners.remove(listener) if listener in self.listeners else None

    def show_toast(self, chat: Chat, toast: Toast) -> None:
        self._toasts.append(toast)
        self.person.api.tell(PhoneEvent("toast", self, chat, toast=toast))

    def _chat(self, chat: Group | None) -> Chat:
        return self.person.conversation(self.bot) if chat is None else chat


def _menu(bot: Bot, person_id: int, language: str) -> list[dict[str, str]]:
    """The first scope that has commands, the person's language before the general one."""
    for scope in (f"chat:{person_id}", "all_private_chats", "default"):
        for code in (language, ""):
            if (scope, code) in bot.commands:
                return bot.commands[scope, code]
    return []


def _label(button: Any) -> str:
    return str(button["text"]) if isinstance(button, dict) else str(button)
