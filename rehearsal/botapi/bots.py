"""One bot of the local Bot API: its account, its conversations, its pending updates and its settings."""

from __future__ import annotations

import asyncio
from collections import OrderedDict, deque
from dataclasses import dataclass, field
from random import Random
from typing import TYPE_CHECKING, Any, Final

from rehearsal.botapi.chats import PrivateChat
from rehearsal.botapi.clock import Clock
from rehearsal.botapi.limits import CALLBACK_LIFETIME
from rehearsal.botapi.updates import UpdateQueue

if TYPE_CHECKING:
    from rehearsal.botapi.people import Press
    from rehearsal.botapi.webhook import Webhook

_REMEMBERED_ANSWERS: Final = 10_000


class CallbackBook:
    """The presses a bot may still answer: each lives 150 s, an answered one may be answered again in vain."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._open: dict[str, tuple[float, Press]] = {}
        self._by_age: deque[tuple[float, str]] = deque()
        self._answered: OrderedDict[str, float] = OrderedDict()

    def add(self, press: Press) -> None:
        until = self._clock.now() + CALLBACK_LIFETIME
        self._open[press.id] = (until, press)
        self._by_age.append((until, press.id))
        self._forget_old()

    def take(self, query_id: str) -> Press | None:
        """The press to answer, None when it was answered before; KeyError when unknown or too old."""
        self._forget_old()
        if query_id in self._answered:
            return None
        _, press = self._open.pop(query_id)
        self._answered[query_id] = self._clock.now() + CALLBACK_LIFETIME
        if len(self._answered) > _REMEMBERED_ANSWERS:
            self._answered.popitem(last=False)
        return press

    def _forget_old(self) -> None:
        now = self._clock.now()
        while self._by_age and (self._by_age[0][0] <= now or self._by_age[0][1] not in self._open):
            gone = self._open.pop(self._by_age.popleft()[1], None)
            if gone is not None:
                gone[1].settle(None)
        while self._answered and next(iter(self._answered.values())) <= now:
            self._answered.popitem(last=False)


@dataclass(eq=False)
class Bot:
    """Settings are kept as the Bot API gives them back; texts and commands by language code ("" = any)."""

    token: str
    id: int
    username: str
    first_name: str
    queue: UpdateQueue
    callbacks: CallbackBook
    reads_all_group_messages: bool = False
    conversations: dict[int, PrivateChat] = field(default_factory=dict)
    commands: dict[tuple[str, str], list[dict[str, str]]] = field(default_factory=dict)
    texts: dict[tuple[str, str], str] = field(default_factory=dict)  # ("name" | "description" | …, language)
    menu_buttons: dict[int | None, dict[str, Any]] = field(default_factory=dict)
    webhook: Webhook | None = None
    poll: asyncio.Event | None = None
    poll_ended_by: str = ""
    next_conflict_at: float = 0.0
    next_webhook_at: float = 0.0

    @property
    def user(self) -> dict[str, Any]:
        """The User object other parties see."""
        return self._user

    def __post_init__(self) -> None:
        self._user = {
            "id": self.id, "is_bot": True, "first_name": self.first_name, "username": self.username
        }  # fmt: skip

    def end_poll(self, by: str) -> None:
        """A long poll under way is answered 409 because of `by`."""
        if self.poll is not None:
            self.poll_ended_by = by
            self.poll.set()


def new_bot(token: str, username: str, first_name: str, clock: Clock, random: Random) -> Bot:
    """A bot whose id is the number before the colon of its token."""
    number, colon, secret = token.partition(":")
    if not (number.isdecimal() and number[0] != "0" and colon and secret and "/" not in token):
        raise ValueError(f"A bot token is a number, a colon and a secret, this one is {token!r}.")
    queue = UpdateQueue(clock, random)
    return Bot(token, int(number), username, first_name, queue, CallbackBook(clock))
