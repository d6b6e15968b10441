"""One turn of a conversation: who speaks, in which language, and everything that will be said back."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.ballots import Ballots
from bot.calls import Call
from bot.incoming import NAME_LENGTH, Press, Sender
from bot.keyboards import Rows, Seal, inline_keyboard
from bot.messages import Html, say, toast
from i18n import Catalog, Voice
from participation.actions import joining
from participation.model.people import Member, Person
from participation.model.policy import Policy
from participation.model.text import clean
from participation.model.workshop import Workshop
from participation.ports import Transaction


@dataclass(frozen=True, slots=True)
class House:
    """What does not change from one turn to the next."""

    catalog: Catalog
    policy: Policy
    seal: Seal
    bot_username: str
    public_url: str
    ballots: Ballots = field(default_factory=Ballots)

    def voice(self, language: str | None, zone: str | None, now: datetime) -> Voice:
        """Speak this language, with the clock of this time zone."""
        return Voice(self.catalog, self.catalog.closest(language), ZoneInfo(zone or self.policy.time_zone), now)

    def join_link(self, code: str) -> str:
        """The link that opens the private chat with a code."""
        return f"https://t.me/{self.bot_username}?start={code}"

    def screen_link(self, code: str) -> str:
        """The projected page."""
        return f"{self.public_url.rstrip('/')}/ecran/{code}"

    def sign_in_link(self, secret: str) -> str:
        """The organiser's door; the secret is after the #, so that no server writes it in its log."""
        return f"{self.public_url.rstrip('/')}/entrer#{secret}"


@dataclass(slots=True)
class Turn:
    """One update being answered. What is said is collected here and goes to the trays at the end, all or nothing."""

    tx: Transaction
    house: House
    now: datetime
    sender: Sender
    chat: int
    person: Person | None
    voice: Voice
    press: Press | None = None
    outgoing: list[tuple[str, Call, str | None]] = field(default_factory=list)
    answered: bool = False
    """Whether the press has had its answer (the little clock on the button stops)."""

    def known(self) -> Person:
        """The person, kept with their name from now on: called only when somebody agrees or takes a role."""
        person = self.numbered()
        if not person.name:
            self.person = person = replace(person, name=clean(self.sender.name)[:NAME_LENGTH] or "…")
            self.tx.people.save(person)
        return person

    def numbered(self) -> Person:
        """The person, kept without a name: enough to remember in which language somebody wants to be spoken to."""
        if self.person is None:
            self.person = joining.arrive(self.tx, self.sender.id, "", self.voice.language, self.now)
        return self.person

    def refresh(self) -> None:
        """Look at the person again after an action changed them (a role, another workshop)."""
        self.person = self.tx.people.get(self.person.id) if self.person else None

    def place(self) -> tuple[Workshop, Member]:
        """The workshop the person is in, and who they are in it; the clock becomes the workshop's."""
        workshop, member = joining.current(self.tx, self.known())
        self.enter(workshop)
        return workshop, member

    def enter(self, workshop: Workshop) -> None:
        """Tell the time as this workshop does."""
        self.voice = replace(self.voice, zone=ZoneInfo(workshop.time_zone))

    def say(self, key: str, rows: Rows = (), **details: object) -> None:
        """Send a sentence of the catalogue."""
        self.send(say(self.voice, key, **details), rows)

    def send(self, text: Html, rows: Rows = ()) -> None:
        """Send a message."""
        self._queue("message", Call("sendMessage", self._params(text, rows)))

    def edit(self, message: int | None, text: Html, rows: Rows = ()) -> None:
        """Rewrite one of our messages; only the newest rewriting of each is sent."""
        if message is None:
            return
        params = {**self._params(text, rows), "message_id": message}
        self._queue("edit", Call("editMessageText", params), f"edit:{self.chat}:{message}")

    def rewrite(self, text: Html, rows: Rows = ()) -> None:
        """Rewrite the message whose button was pressed; without one, send the text."""
        if self.press is not None and self.press.message is not None:
            self.edit(self.press.message, text, rows)
        else:
            self.send(text, rows)

    def photo(self, name: str, content: bytes, caption: Html) -> None:
        """Send a picture; it is kept until it is gone."""
        picture = self.tx.pictures.add(name, content, self.now)
        params = {"chat_id": self.chat, "caption": caption, "parse_mode": "HTML"}
        self._queue("message", Call("sendPhoto", params, ("photo", picture)))

    def call(self, call: Call) -> None:
        """Any other call to make once committed."""
        self._queue("message", call)

    def toast(self, text: str, *, alert: bool = False) -> None:
        """Answer a press in the little window above the chat (plain text)."""
        if self.press is None or self.answered:
            return
        self.answered = True
        params: dict[str, object] = {"callback_query_id": self.press.query}
        if text:
            params |= {"text": toast(text), "show_alert": alert}
        self._queue("answer", Call("answerCallbackQuery", params))

    def post(self) -> None:
        """Put everything in the trays; a press that had no answer gets an empty one."""
        self.toast("")
        for lane, call, key in self.outgoing:
            self.tx.replies.add(self.chat, lane, call.to_json(), self.now, key)

    def _params(self, text: Html, rows: Rows) -> dict[str, object]:
        params: dict[str, object] = {
            "chat_id": self.chat,
            "text": str(text),
            "parse_mode": "HTML",
            "link_preview_options": {"is_disabled": True},
        }
        if rows:
            params["reply_markup"] = inline_keyboard(rows, self.house.seal, self.sender.id)
        return params

    def _queue(self, lane: str, call: Call, key: str | None = None) -> None:
        self.outgoing.append((lane, call, key))
