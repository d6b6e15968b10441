"""The trays of the doors: what came in and is not dealt with, what must go out and is not gone. All of it survives a kill."""

from collections.abc import Iterable, Mapping, Sequence, Set
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from participation.model.message import Addressee, Delivery, Fate, Kind, Outcome, Progress, Reply


@dataclass(frozen=True, slots=True)
class Arrival:
    """One raw update as it came: ASCII JSON that only its door understands."""

    bot_id: int
    update_id: int
    body: str
    attempts: int = 0


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """An update that failed too often. `number` is its own number here; an old one has lost its words (`body` is empty)."""

    number: int
    update_id: int
    body: str
    problem: str
    received_at: datetime


class Inbox(Protocol):
    """Updates, each kept before it is acknowledged and dealt with once: (bot, update id) is the key."""

    def add(self, bot_id: int, update_id: int, body: str, now: datetime) -> bool:
        """Keep it; False when it was here already."""

    def take(self, bot_id: int, update_id: int, now: datetime) -> bool:
        """Keep that it is dealt with, here and now in this transaction; False when it was here already."""

    def waiting(self, limit: int) -> Sequence[Arrival]:
        """Not dealt with yet, oldest first."""

    def done(self, bot_id: int, update_id: int) -> None: ...
    def failed(self, bot_id: int, update_id: int, problem: str, most: int) -> bool:
        """Count one more failure; at `most` of them the update is dead. Whether it died now."""

    def dead(self) -> int:
        """How many updates nobody could read."""

    def dead_letters(self, limit: int) -> Sequence[DeadLetter]:
        """Those updates, oldest first."""

    def revive(self, numbers: Iterable[int]) -> int:
        """Let these (by their own number here) be tried again, as if they had just come. How many there were."""


class Replies(Protocol):
    """Answers to updates, drawn when decided, sent after the commit, again after a crash."""

    def add(self, address: int, lane: str, body: str, now: datetime, key: str | None = None) -> None:
        """Queue one; with a key, a waiting one of the same address and key is replaced (its newest text is enough)."""

    def claiming(self) -> AbstractContextManager[list[Reply]]:
        """What is added inside is claimed: `take` will not give it, the caller sends it itself after the commit.

        The list is filled when the block ends; when it raises, nothing of it is queued.
        """

    def take(self, limit: int, now: datetime) -> Sequence[Reply]:
        """Claim waiting ones, the oldest first, counting an attempt."""

    def sent(self, reply_ids: Iterable[int]) -> None:
        """Gone, or given up: forget them."""

    def again(self, reply_id: int, not_before: datetime, *, counts: bool = True) -> None:
        """Put one back in the tray until `not_before`; the attempt is taken back unless it counts."""

    def resume(self) -> int:
        """After a start: what was claimed and not settled waits again. How many."""


class Deliveries(Protocol):
    """Messages to many members: (kind, activity, member, round) is the key."""

    def add(
        self,
        kind: Kind,
        members: Iterable[int],
        now: datetime,
        *,
        activity_id: int | None = None,
        text: str = "",
        round_number: int = 0,
    ) -> int:
        """Queue one for each of these members who can be written to and has none of this key. How many were queued."""

    def take(self, limit: int, now: datetime) -> Sequence[Delivery]:
        """Claim waiting ones, oldest first, counting an attempt. What a stop interrupted comes when nothing else waits,
        one at a time: a second stop then finds none of it claimed and not on its way."""

    def addressee(self, delivery: Delivery) -> Addressee | None:
        """Whom it is for, as they are now; None once they have left."""

    def settle(self, outcomes: Mapping[int, Outcome], now: datetime) -> None:
        """Write what became of each; UNREACHABLE also marks the person; WAITING waits until `now + pause`,
        its attempt taken back unless it counts."""

    def progress(self, activity_id: int, kind: Kind) -> Progress: ...
    def rounds(self, activity_id: int, kind: Kind) -> int:
        """How many rounds of this kind were sent for the activity."""

    def stale(self, activity_id: int, kinds: Iterable[Kind]) -> None:
        """What is still waiting for this activity has no more purpose."""

    def receipt(self, activity_id: int, member_id: int) -> int | None:
        """The newest ballot message this member received for this activity."""

    def release(self, delivery_ids: Iterable[int]) -> None:
        """Those of them that are claimed were not sent: they wait as if they had not been claimed."""

    def resume(self, now: datetime) -> int:
        """After a start: claims not settled wait again, behind the others, once; those stopped a second time in a row
        become FAILED. How many wait."""

    def counts(self) -> Mapping[Fate, int]: ...


class Pictures(Protocol):
    """Pictures and documents to be sent, kept until they are gone."""

    def add(self, name: str, content: bytes, now: datetime) -> int: ...
    def get(self, picture_id: int) -> tuple[str, bytes] | None: ...


@dataclass(frozen=True, slots=True)
class Job:
    """A piece of slow work somebody asked for (a cloud, a grouping); it survives a kill and is done at most once at a time."""

    id: int
    kind: str
    activity_id: int
    asked_by: int | None
    """The person to tell; None: nobody is waiting."""
    details: Mapping[str, object]
    attempts: int


class Jobs(Protocol):
    """Slow work waiting for the analysis engine."""

    def add(
        self, kind: str, activity_id: int, asked_by: int | None, details: Mapping[str, object], now: datetime
    ) -> None:
        """Queue it, unless the same kind waits for the same activity and person already."""

    def take(self, now: datetime) -> Job | None:
        """Claim the oldest one whose workshop has none running."""

    def running(self) -> Set[int]:
        """Ids of those that were taken and neither done nor stopped."""

    def done(self, job_id: int) -> None: ...
    def stop(self, activity_id: int, kind: str) -> int:
        """Nobody wants this any more: forget it, whether it waits or runs. How many."""

    def is_pending(self, kind: str, activity_id: int) -> bool:
        """Whether one of this kind waits or runs for this activity."""

    def resume(self, most_attempts: int) -> Sequence[Job]:
        """After a start: what was running waits again, except jobs that were tried `most_attempts` times: these are given
        up. They stay among those `running` until it is said and they are `done`."""


class Pulse(Protocol):
    """When this installation was last known to be alive."""

    def get(self) -> datetime | None: ...
    def set(self, now: datetime) -> None: ...
