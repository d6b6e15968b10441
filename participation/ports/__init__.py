"""What the rules need from outside, as protocols: a store that keeps everything, and a clock."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol, TypeVar

from participation.ports.activities import (
    Activities,
    Answers,
    Corrections,
    Ideas,
    Journal,
    Themes,
)
from participation.ports.people import Dialogues, Members, Names, Passes, People, Workshops
from participation.ports.trays import Deliveries, Inbox, Jobs, Pictures, Pulse, Replies

T = TypeVar("T")


class Transaction(Protocol):
    """Everything kept, seen by one unit of work: all of what it writes is committed, or none."""

    @property
    def people(self) -> People: ...
    @property
    def workshops(self) -> Workshops: ...
    @property
    def members(self) -> Members: ...
    @property
    def passes(self) -> Passes: ...
    @property
    def dialogues(self) -> Dialogues: ...
    @property
    def names(self) -> Names: ...
    @property
    def activities(self) -> Activities: ...
    @property
    def answers(self) -> Answers: ...
    @property
    def ideas(self) -> Ideas: ...
    @property
    def themes(self) -> Themes: ...
    @property
    def corrections(self) -> Corrections: ...
    @property
    def journal(self) -> Journal: ...
    @property
    def inbox(self) -> Inbox: ...
    @property
    def replies(self) -> Replies: ...
    @property
    def deliveries(self) -> Deliveries: ...
    @property
    def pictures(self) -> Pictures: ...
    @property
    def jobs(self) -> Jobs: ...
    @property
    def pulse(self) -> Pulse: ...

    @property
    def failures(self) -> tuple[type[Exception], ...]:
        """Errors of the store itself (lock, disk, connection): nobody's mistake, the whole batch is tried again later."""

    def savepoint(self) -> AbstractContextManager[None]:
        """What happens inside is undone alone when it raises."""

    def touch(self, activity_id: int) -> None:
        """Say that what people see of this activity changed; told to the store's listeners after the commit."""

    def touch_workshop(self, workshop_id: int) -> None:
        """Say that the workshop itself changed (another activity in front, somebody joined)."""


Unit = Callable[[Transaction], T]
"""A unit of work: synchronous, quick, no input or output of its own. It may be run again: its commit failed, or a neighbour."""


class Store(Protocol):
    """Keeps everything. Writes are made one after the other by one writer; those that wait together share a commit."""

    async def write(self, unit: Unit[T]) -> T:
        """Run it and return once committed; what it raises is raised here, and nothing of it stays."""

    async def read(self, unit: Unit[T]) -> T:
        """Run it on a snapshot, beside the writer; it must not write."""

    def listen(self, listener: "Callable[[Touched], None]") -> None:
        """Call this after each commit that touched something, from any thread."""


class Touched(Protocol):
    """What a commit changed."""

    @property
    def activities(self) -> frozenset[int]: ...
    @property
    def workshops(self) -> frozenset[int]: ...
    @property
    def trays(self) -> frozenset[str]:
        """Which trays something was put in: `replies`, `deliveries`, `jobs`."""


class Clock(Protocol):
    """What time it is; aware, UTC."""

    def now(self) -> datetime: ...
