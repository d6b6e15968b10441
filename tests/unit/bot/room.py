"""A room with phones: real storage, real conversation, and a Telegram small enough to be read in one minute."""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from bot.calls import Call
from bot.conversation import Conversation
from bot.drawing import Drawer
from bot.flood import Haste
from bot.keyboards import Seal
from i18n import Catalog, load_catalog
from participation.actions import activities, steering
from participation.model.message import Fate, Outcome
from participation.model.people import Role
from participation.model.policy import Policy
from participation.ports import Transaction
from storage import SqlStore

NOW = datetime(2026, 11, 21, 13, 0, tzinfo=UTC)
BOT = "palabre_bot"
CATALOG = load_catalog()


def plain(html: str) -> str:
    """A message as it is read: without its tags, every kind of space being a space."""
    html = re.sub("[\u00a0\u202f]", " ", html)
    return re.sub(r"<[^>]+>", "", html).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


@dataclass
class Bubble:
    """A message in a chat."""

    number: int
    text: str
    keyboard: list[list[dict[str, str]]] = field(default_factory=list)
    photo: bytes | None = None

    @property
    def buttons(self) -> list[str]:
        return [button["text"] for row in self.keyboard for button in row]


@dataclass
class Phone:
    """One person's private chat with the bot."""

    room: "Room"
    id: int
    name: str
    language: str = "fr"
    bubbles: dict[int, Bubble] = field(default_factory=dict)
    toasts: list[str] = field(default_factory=list)
    fresh: list[Bubble] = field(default_factory=list)
    commands: list[str] = field(default_factory=list)

    @property
    def last(self) -> Bubble:
        return self.bubbles[max(self.bubbles)]

    @property
    def texts(self) -> list[str]:
        """What arrived since the last thing this person did, as read."""
        return [plain(bubble.text) for bubble in self.fresh]

    async def write(self, text: str, **more: Any) -> list[str]:
        """Type a message; what comes back."""
        await self.room.feed({"message": self.message(text=text, **more)})
        return self.texts

    async def send(self, **content: Any) -> list[str]:
        """Send something else than a text."""
        await self.room.feed({"message": self.message(**content)})
        return self.texts

    async def edit(self, number: int, text: str) -> list[str]:
        """Edit a message sent before."""
        edited = self.message(text=text) | {"message_id": number, "edit_date": int(self.room.now.timestamp())}
        await self.room.feed({"edited_message": edited})
        return self.texts

    async def press(self, label: str, bubble: Bubble | None = None) -> str:
        """Press the button with this label, on the newest message that has it; the toast that comes back."""
        bubble = bubble or next(b for n, b in sorted(self.bubbles.items(), reverse=True) if label in b.buttons)
        data = next(k["callback_data"] for row in bubble.keyboard for k in row if k["text"] == label)
        return await self.press_data(data, bubble.number)

    async def press_data(self, data: str, number: int = 1) -> str:
        """Send a press with any data, forged ones included."""
        before = len(self.toasts)
        await self.room.feed({"callback_query": self.query(data, number)})
        assert len(self.toasts) == before + 1, "a press has exactly one answer"
        return self.toasts[-1]

    def query(self, data: str, number: int) -> dict[str, Any]:
        shown = {"message_id": number, "date": int(self.room.now.timestamp()), "chat": self.chat, "text": "…"}
        number_of_query = f"q{self.room.count()}"
        self.room.expect(number_of_query, self)
        return {"id": number_of_query, "from": self.user, "message": shown, "chat_instance": "1", "data": data}

    def message(self, **content: Any) -> dict[str, Any]:
        date = int(self.room.now.timestamp())
        return {"message_id": self.room.count(), "date": date, "chat": self.chat, "from": self.user, **content}

    @property
    def user(self) -> dict[str, Any]:
        return {"id": self.id, "is_bot": False, "first_name": self.name, "language_code": self.language}

    @property
    def chat(self) -> dict[str, Any]:
        return {"id": self.id, "type": "private", "first_name": self.name}


class Room:
    """The store, the conversation, the phones, and a clock that only moves when told."""

    def __init__(self, store: SqlStore, policy: Policy | None = None, catalog: Catalog = CATALOG) -> None:
        self.store = store
        self.now = NOW
        self.conversation = Conversation(
            catalog, policy or Policy(), Seal(b"a secret of the tests"), BOT, "http://palabre.test", Haste(20, 10)
        )
        self.drawer = Drawer(self.conversation)
        self.phones: dict[int, Phone] = {}
        self.elsewhere: list[Call] = []
        self._pressers: dict[str, Phone] = {}
        self._count = 1000

    def count(self) -> int:
        self._count += 1
        return self._count

    def expect(self, query: str, phone: Phone) -> str:
        """Whose press this number is."""
        self._pressers[query] = phone
        return query

    def phone(self, name: str, language: str = "fr") -> Phone:
        number = 100 + len(self.phones)
        self.phones[number] = Phone(self, number, name, language)
        return self.phones[number]

    def later(self, **span: float) -> None:
        self.now += timedelta(**span)

    async def feed(self, update: dict[str, Any]) -> None:
        """One raw update, then everything the bot says."""
        for phone in self.phones.values():
            phone.fresh.clear()
        whole = {"update_id": self.count(), **update}
        await self.store.write(lambda tx: self.conversation.turn(tx, whole, self.now))
        await self.deliver()

    async def deliver(self) -> None:
        """Send replies and broadcasts until nothing waits."""
        while replies := await self.store.write(lambda tx: list(tx.replies.take(100, self.now))):
            for reply in replies:
                await self.apply(Call.from_json(reply.body))
            await self.store.write(lambda tx: tx.replies.sent([reply.id for reply in replies]))
        while taken := await self.store.write(lambda tx: list(tx.deliveries.take(100, self.now))):
            calls = await self.store.write(lambda tx: [self.drawer.draw(tx, d, self.now) for d in taken])
            outcomes = {}
            for delivery, call in zip(taken, calls, strict=True):
                receipt = await self.apply(call) if call else None
                outcomes[delivery.id] = Outcome(Fate.TOLD, receipt) if call else Outcome(Fate.STALE)
            await self.store.write(partial(_settle, outcomes=outcomes, now=self.now))

    async def apply(self, call: Call) -> int | None:
        """What Telegram would do with a call."""
        params = dict(call.params)
        if call.method == "answerCallbackQuery":
            self._pressers[params["callback_query_id"]].toasts.append(plain(str(params.get("text", ""))))
            return None
        phone = self.phones.get(int(params.get("chat_id") or params.get("scope", {}).get("chat_id", 0)))
        if phone is None:
            self.elsewhere.append(call)
            return None
        if call.method == "setMyCommands":
            phone.commands = [command["command"] for command in params["commands"]]
            return None
        if call.method == "deleteMyCommands":
            phone.commands = []
            return None
        assert call.method in ("sendMessage", "editMessageText", "sendPhoto"), call
        keyboard = params.get("reply_markup", {}).get("inline_keyboard", [])
        if call.method == "editMessageText":
            if params["message_id"] not in phone.bubbles:
                return None  # « message to edit not found »
            bubble = phone.bubbles[params["message_id"]]
            bubble.text, bubble.keyboard = params["text"], keyboard
            return bubble.number
        content = await self._content(call)
        bubble = Bubble(self.count(), params.get("text") or params.get("caption", ""), keyboard, content)
        assert len(bubble.text.encode("utf-16-le")) // 2 <= 4096 + 400, "tags apart, a message fits"
        phone.bubbles[bubble.number] = bubble
        phone.fresh.append(bubble)
        return bubble.number

    async def _content(self, call: Call) -> bytes | None:
        if call.attachment is None:
            return None
        kept = await self.store.read(lambda tx: tx.pictures.get(call.attachment[1]))
        return kept[1] if kept else None

    async def organiser(self, name: str = "Chloé", language: str = "fr") -> Phone:
        """Somebody with the organiser's role, taken by a one-time link."""
        code = await self.store.write(
            lambda tx: steering.invite(tx, Role.ORGANISER, None, self.conversation.house.policy, self.now)
        )
        phone = self.phone(name, language)
        await phone.write(f"/start {code}")
        return phone

    async def facilitator(self, name: str = "Bruno", title: str = "Éducation", language: str = "fr") -> Phone:
        """Somebody in charge of a fresh workshop."""
        phone = await self.organiser(name, language)
        await phone.write(f"/atelier {title}")
        return phone

    async def code(self) -> str:
        """The newest workshop's code."""
        return await self.store.read(lambda tx: tx.workshops.all()[0].code)

    async def councillor(self, name: str = "Amina", language: str = "fr") -> Phone:
        """Somebody who joined the newest workshop."""
        phone = self.phone(name, language)
        await phone.write(f"/start {await self.code()}")
        await phone.press(CATALOG.say(language, "bot-consent-agree", {}))
        return phone

    async def tick(self) -> None:
        """The clock turns."""
        await self.store.write(lambda tx: activities.turn(tx, self.now))
        await self.deliver()


def _settle(tx: Transaction, outcomes: dict[int, Outcome], now: datetime) -> None:
    tx.deliveries.settle(outcomes, now)
