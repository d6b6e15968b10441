"""What the rules need kept about activities, answers, ideas, themes, corrections and the journal."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from participation.model.activity import Activity
from participation.model.findings import Findings
from participation.model.idea import Correction, CorrectionKind, Idea, Source, Theme
from participation.model.journal import Fact
from participation.questions.kit import Answer, Question


class Activities(Protocol):
    """Questions and their lives."""

    def get(self, activity_id: int) -> Activity | None: ...
    def add(self, workshop_id: int, question: Question, created_by: int | None, now: datetime) -> Activity:
        """A draft, with the next number of the workshop."""

    def save(self, activity: Activity) -> None: ...
    def of_workshop(self, workshop_id: int) -> Sequence[Activity]:
        """By number, without the discarded ones."""

    def open_in(self, workshop_id: int, now: datetime) -> Sequence[Activity]:
        """Open at `now`, by opening time."""

    def announced_in(self, workshop_id: int, now: datetime) -> Sequence[Activity]:
        """Launched and not closed at `now`: open or opening later, by opening time."""

    def to_open(self, now: datetime) -> Sequence[Activity]:
        """Whose opening time has come and was not acted upon yet."""

    def to_close(self, now: datetime) -> Sequence[Activity]:
        """Whose closing time has come and was not acted upon yet."""

    def next_turn(self, now: datetime) -> datetime | None:
        """The earliest opening or closing after `now`."""


class Answers(Protocol):
    """One answer per activity and member: the pair is the key."""

    def get(self, activity_id: int, member_id: int) -> Answer | None: ...
    def put(self, activity_id: int, member_id: int, answer: Answer, now: datetime, door: str) -> None:
        """Insert, or replace what this member gave before."""

    def remove(self, activity_id: int, member_id: int) -> None: ...
    def tally(self, activity_id: int) -> Mapping[Answer, int]:
        """How many members gave each answer: one GROUP BY."""

    def of_member(self, member_id: int) -> Sequence[tuple[Activity, Answer]]:
        """By activity number."""

    def of_workshop(self, workshop_id: int) -> Iterable[tuple[Activity, int, Answer, datetime]]:
        """(activity, member number, answer, answered_at), by activity then member."""


class Ideas(Protocol):
    """Post-its."""

    def get(self, idea_id: int) -> Idea | None: ...
    def by_source(self, source: Source) -> Idea | None: ...
    def add(self, activity_id: int, member_id: int, text: str, source: Source, now: datetime) -> Idea:
        """With the next number of the activity."""

    def save(self, idea: Idea) -> None: ...
    def of_activity(self, activity_id: int) -> Sequence[Idea]:
        """By number, withdrawn ones left out, hidden ones included."""

    def newest(self, activity_id: int, limit: int) -> Sequence[Idea]:
        """Visible ones, newest first."""

    def of_member(self, activity_id: int, member_id: int) -> Sequence[Idea]:
        """Not withdrawn, by number."""

    def count(self, activity_id: int) -> int:
        """Visible ones."""

    def copies(self, idea_id: int) -> Sequence[Idea]:
        """Those merged into this one, by number."""

    def place(self, placements: Mapping[int, int | None], now: datetime, by_person: int | None) -> None:
        """Put ideas in themes (None: in none) and keep the history; `by_person` None is the machine and pins nothing."""

    def pin(self, idea_id: int, is_pinned: bool) -> None: ...
    def path(self, idea_id: int) -> Sequence[tuple[int | None, datetime, int | None]]:
        """Where an idea has been: (theme, since, by which person or None for the machine), oldest first."""


class Themes(Protocol):
    """Groups of ideas."""

    def get(self, theme_id: int) -> Theme | None: ...
    def add(self, theme: Theme) -> Theme:
        """Keep a new one; its id is ours to give (the one passed is ignored)."""

    def save(self, theme: Theme) -> None: ...
    def of_activity(self, activity_id: int) -> Sequence[Theme]:
        """All of them by position, the retired ones included."""

    def grouped_at(self, activity_id: int) -> tuple[datetime, str] | None:
        """When the last grouping ended and its sentence for people."""

    def set_grouped(self, activity_id: int, now: datetime, sentence: str, findings: Findings) -> None: ...
    def findings(self, activity_id: int) -> Findings:
        """What the last grouping saw beside the themes."""

    def keep_findings(self, activity_id: int, findings: Findings) -> None: ...


class Corrections(Protocol):
    """What people changed, newest undone first."""

    def add(
        self,
        activity_id: int,
        kind: CorrectionKind,
        before: Mapping[str, object],
        by_person: int | None,
        now: datetime,
    ) -> None: ...
    def last(self, activity_id: int) -> Correction | None:
        """The newest one not undone."""

    def undone(self, correction_id: int, now: datetime) -> None: ...


class Journal(Protocol):
    """Append-only."""

    def write(self, fact: Fact) -> None: ...
    def of_workshop(self, workshop_id: int, limit: int = 200) -> Sequence[Fact]:
        """Newest first."""

    def of_the_house(self, limit: int = 200) -> Sequence[Fact]:
        """Those that concern no workshop, newest first."""
