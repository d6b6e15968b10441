"""Keeps one person's haste from becoming everybody's wait. In memory on purpose: a restart forgives everybody.

The times are Telegram's own, so that a backlog read in one second after an outage is not taken for a flood.
"""

from collections import OrderedDict, deque
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

PEOPLE_WATCHED = 20_000
ALBUMS_REMEMBERED = 2_000


class Verdict(Enum):
    """What to do with a message."""

    WELCOME = 1
    WARN = 2
    SILENCE = 3


@dataclass(frozen=True, slots=True)
class Haste:
    """More than `messages` within `seconds` is too fast."""

    messages: int = 20
    seconds: float = 10.0


class Flood:
    """Counts each person's latest messages."""

    def __init__(self, haste: Haste) -> None:
        self._haste = haste
        self._span = timedelta(seconds=haste.seconds)
        self._seen: OrderedDict[int, deque[tuple[datetime, int]]] = OrderedDict()
        self._warned: set[int] = set()

    def judge(self, sender: int, message: int, at: datetime) -> Verdict:
        """Whether to deal with this message; the same one dealt with again (a commit that failed) is not counted twice."""
        seen = self._latest(sender)
        while seen and at - seen[0][0] > self._span:
            seen.popleft()
        if (at, message) not in seen:
            seen.append((at, message))
        if len(seen) <= self._haste.messages:
            self._warned.discard(sender)
            return Verdict.WELCOME
        if sender in self._warned:
            return Verdict.SILENCE
        self._warned.add(sender)
        return Verdict.WARN

    def _latest(self, sender: int) -> deque[tuple[datetime, int]]:
        seen = self._seen.setdefault(sender, deque(maxlen=self._haste.messages + 1))
        self._seen.move_to_end(sender)
        if len(self._seen) > PEOPLE_WATCHED:
            forgotten, _ = self._seen.popitem(last=False)
            self._warned.discard(forgotten)
        return seen


class Albums:
    """Remembers the latest albums: one update per picture, and one answer is enough."""

    def __init__(self) -> None:
        self._first: OrderedDict[str, int] = OrderedDict()

    def is_first(self, album: str, message: int) -> bool:
        """Whether this message is the one of its album to be answered."""
        first = self._first.setdefault(album, message)
        if len(self._first) > ALBUMS_REMEMBERED:
            self._first.popitem(last=False)
        return first == message
