"""Messages to members that must reach them one day: deliveries, their fates, and how long many of them take."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from participation.questions.kit import Answer


class Kind(StrEnum):
    """Why a member is written to. With the activity and the member it makes the key that prevents a second time."""

    BALLOT = "ballot"
    REMINDER = "reminder"
    AGAIN = "again"
    """The ballot once more, after an outage that may have swallowed presses."""
    RESULTS = "results"
    ANNOUNCEMENT = "announcement"
    NOTICE = "notice"
    """A sentence to a facilitator or an organiser: delivered, closed, alarm."""


class Fate(StrEnum):
    """What has become of a delivery."""

    WAITING = "waiting"
    TAKEN = "taken"
    TOLD = "told"
    UNREACHABLE = "unreachable"
    STALE = "stale"
    """Not sent because it had no more purpose (the activity closed meanwhile)."""
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Delivery:
    """One message to one member; what it says is drawn when it leaves, from what is true then."""

    id: int
    kind: Kind
    member_id: int
    person_id: int
    address: int
    """The chat to write to, opaque to the rules."""
    language: str
    activity_id: int | None = None
    text: str = ""
    """An announcement's words, or a notice's phrase as JSON."""
    fate: Fate = Fate.WAITING
    attempts: int = 0
    receipt: int | None = None
    """The message's number at Telegram once told, opaque to the rules."""


@dataclass(frozen=True, slots=True)
class Addressee:
    """Whom a delivery is for, as they are when it leaves."""

    workshop_id: int
    """The workshop it comes from."""
    where: int | None
    """The workshop they are in at the moment."""
    answer: Answer | None
    """What they have answered to the activity it is about."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a messenger says of one attempt. `pause` is how long everybody must wait after a flood."""

    fate: Fate
    receipt: int | None = None
    problem: str = ""
    pause: timedelta = timedelta()
    counts: bool = True
    """False: it never arrived, or everybody was asked to wait; the attempt says nothing of the message."""


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a broadcast stands."""

    waiting: int
    told: int
    unreachable: int
    failed: int


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer to one update, already drawn, waiting to be sent. `body` is JSON that only the door understands."""

    id: int
    address: int
    lane: str
    """`answer` (a press waits for it), `message`, or `edit` (the newest one replaces the others of the same key)."""
    body: str
    attempts: int
    created_at: datetime
    key: str | None = None


def duration(messages: int, per_second: float) -> timedelta:
    """How long it takes to write to everybody at the agreed pace."""
    return timedelta(seconds=messages / per_second)
