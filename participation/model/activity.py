"""An activity: one thing asked of people in a workshop, and the clock that opens and closes it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from participation.errors import AlreadyClosed, NotOpenYet, StillADraft
from participation.questions.kit import Question


class Phase(StrEnum):
    """Where an activity stands at a given moment; asked of the clock and of what was done, never stored."""

    DRAFT = "draft"
    SCHEDULED = "scheduled"
    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Window:
    """When answers are taken: from `opens_at` (included) to `closes_at` (excluded; None: until somebody closes)."""

    opens_at: datetime
    closes_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Activity:
    """One question of some type, with its life: drafted, launched, open, closed, perhaps reopened."""

    id: int
    workshop_id: int
    number: int
    """From 1 within the workshop, in the order they were drafted: how people name it aloud."""
    question: Question
    created_at: datetime
    created_by: int | None
    """The member who drafted it."""
    delay_seconds: int | None = None
    """A draft's « dans 5 min », counted from the launch."""
    duration_seconds: int | None = None
    """A draft's « pendant 10 min », counted from the opening."""
    at: datetime | None = None
    """A draft's « à 14:30 »."""
    launched_at: datetime | None = None
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    """The deadline, or the moment somebody closed it by hand."""
    told_open_at: datetime | None = None
    """When the opening was acted upon (ballots sent, page moved). It opens by the clock, acted upon or not."""
    told_closed_at: datetime | None = None
    """When the closing was acted upon. It closes by the clock too; only somebody who reopens it undoes this."""
    is_revealed: bool = False
    """Whether figures may be shown to the room."""
    discarded_at: datetime | None = None

    def phase(self, now: datetime) -> Phase:
        """Where it stands at `now`. What was opened or closed stays so, even when the machine's clock is set back."""
        if self.launched_at is None or self.opens_at is None:
            return Phase.DRAFT
        if self.told_closed_at is not None or (self.closes_at is not None and now >= self.closes_at):
            return Phase.CLOSED
        return Phase.SCHEDULED if self.told_open_at is None and now < self.opens_at else Phase.OPEN

    def closed_at(self, now: datetime) -> datetime | None:
        """When it closed, if it has by `now`."""
        return (self.closes_at or self.told_closed_at) if self.phase(now) is Phase.CLOSED else None

    def check_open(self, now: datetime) -> None:
        """Refuse an answer outside the window, saying when it opens or that it is closed."""
        match self.phase(now):
            case Phase.OPEN:
                return
            case Phase.CLOSED:
                raise AlreadyClosed(closed_at=self.closes_at, workshop_id=self.workshop_id)
            case Phase.DRAFT:
                raise StillADraft(number=self.number)
            case Phase.SCHEDULED:
                raise NotOpenYet(opens_at=self.opens_at, workshop_id=self.workshop_id)
