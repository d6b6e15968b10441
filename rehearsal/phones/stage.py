"""The phones that stand on the page, and the news of each of them for whoever looks at the page."""

from collections.abc import Callable, Iterable
from typing import Any

from rehearsal.botapi import Bot, BotApi, Person, PhoneEvent, as_json
from rehearsal.phones.codes import join_code

FACILITATOR = "facilitator"
COUNCILLOR = "councillor"
CAST = {
    FACILITATOR: ("Bruno", "Chloé", "Inès", "Marc"),
    COUNCILLOR: ("Amina", "Josiane", "Wilson", "Fatoumata", "Mehdi", "Thi Lan", "Gérard", "Zeynep", "Karim", "Maria"),
}
LARGEST = 24

News = dict[str, Any]
Listener = Callable[[News], None]


class Handset:
    """One phone on the page: a person, the part they play, and the last header that was told."""

    def __init__(self, person: Person, bot: Bot, role: str, tell: Listener) -> None:
        self.person = person
        self.role = role
        self._bot = bot
        self._phone = person.phone(bot)
        self._tell = tell
        self._told = self.header()
        self.put_away = self._phone.listen(self._notice)

    def header(self) -> News:
        """All but the bubbles."""
        answers = self._phone.reply_keyboard()
        return {
            "id": self.person.id,
            "name": self.person.name,
            "role": self.role,
            "started": self._phone.started,
            "blocked": self._phone.blocked,
            "profile": as_json(self._phone.profile),
            "commands": [as_json(command) for command in self._phone.commands],
            "answers": [list(row) for row in answers.rows] if answers else [],
        }

    def state(self) -> News:
        """Everything the phone shows."""
        return {**self.header(), "messages": [as_json(bubble) for bubble in self._phone.messages()]}

    def refresh(self) -> None:
        """Tell the header again if it has changed."""
        header = self.header()
        if header != self._told:
            self._told = header
            self._tell({"type": "status", "phone": self.person.id, "state": header})

    def _notice(self, event: PhoneEvent) -> None:
        if event.chat_id == self.person.id:
            self.refresh()
            for news in _translate(event):
                self._tell({**news, "phone": self.person.id})
            self._look_for_code(event)

    def _look_for_code(self, event: PhoneEvent) -> None:
        """A bot shows the join link of a new workshop to the one who opened it."""
        bubble = event.bubble if self.role == FACILITATOR and event.kind == "message" else None
        code = join_code(bubble, self._bot.username) if bubble and not bubble.mine else ""
        if code:
            self._tell({"type": "code", "code": code})


class Stage:
    """The phones in order of arrival; listeners get each piece of news, ready to be sent to a page.

    `code` is the join code of the last workshop a facilitator's phone was told of, empty before.
    """

    def __init__(self, api: BotApi, bot: Bot) -> None:
        self._api = api
        self._bot = bot
        self._handsets: dict[int, Handset] = {}
        self._listeners: list[Listener] = []
        self.code = ""

    def __getitem__(self, person_id: int) -> Handset:
        return self._handsets[person_id]

    def add(self, role: str) -> Handset | None:
        """Give somebody of the cast a phone; None when the page is full."""
        if len(self._handsets) >= LARGEST:
            return None
        person = self._api.add_person(self._free_name(role))
        handset = Handset(person, self._bot, role, self.tell)
        self._handsets[person.id] = handset
        self.tell({"type": "phone", "state": handset.state()})
        return handset

    def remove(self, person_id: int) -> None:
        """Take a phone off the page; its owner stays in the workshop."""
        self._handsets.pop(person_id).put_away()
        self.tell({"type": "gone", "phone": person_id})

    def rename(self, person_id: int, name: str) -> None:
        """Change the first name; bots see the new one from the next message on."""
        handset = self._handsets[person_id]
        handset.person.user["first_name"] = name
        handset.refresh()

    def phones(self) -> list[News]:
        return [handset.state() for handset in self._handsets.values()]

    def listen(self, listener: Listener) -> Callable[[], None]:
        """Tell the listener all news from now on; returns what stops it."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def tell(self, news: News) -> None:
        if news["type"] == "code":
            self.code = news["code"]
        for listener in list(self._listeners):
            listener(news)

    def close(self) -> None:
        for handset in self._handsets.values():
            handset.put_away()

    def _free_name(self, role: str) -> str:
        taken = {handset.person.name for handset in self._handsets.values()}
        names = CAST[role]
        rounds = (f"{name} {turn}".strip() for turn in ("", *map(str, range(2, LARGEST + 2))) for name in names)
        return next(name for name in rounds if name not in taken)


def _translate(event: PhoneEvent) -> Iterable[News]:
    if event.kind in ("message", "edited") and event.bubble:
        yield {"type": "bubble", "bubble": as_json(event.bubble)}
    elif event.kind == "deleted":
        yield {"type": "deleted", "message": event.message_id}
    elif event.kind == "toast" and event.toast:
        yield {"type": "toast", "text": event.toast.text, "alert": event.toast.alert, "url": event.toast.url}
    elif event.kind == "action":
        yield {"type": "action", "action": event.action}
