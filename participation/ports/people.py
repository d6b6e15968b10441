"""What the rules need kept about people: who they are, where they are members, the codes they hold, where a dialogue stands."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Protocol

from participation.model.access import Pass
from participation.model.people import Attendance, Member, Person, Role
from participation.model.workshop import Workshop


class People(Protocol):
    """Persons: the one place with names and outside identities."""

    def get(self, person_id: int) -> Person | None: ...
    def by_telegram(self, telegram_id: int) -> Person | None: ...
    def add(self, telegram_id: int, name: str, language: str, now: datetime) -> Person: ...
    def save(self, person: Person) -> None:
        """Write every field of this person."""

    def erase(self, person_id: int) -> None:
        """Remove the row and whatever points to it: dialogue, passes, replies and deliveries; unlink memberships."""

    def with_role(self, role: Role) -> Sequence[Person]: ...
    def forget_old(self, before: datetime) -> None:
        """Drop settled replies, deliveries' texts and inbox bodies older than this (nothing personal is kept for long)."""


class Workshops(Protocol):
    """Sessions and their codes."""

    def get(self, workshop_id: int) -> Workshop | None: ...
    def by_code(self, code: str) -> Workshop | None: ...
    def add(self, code: str, title: str, time_zone: str, language: str, now: datetime) -> Workshop: ...
    def save(self, workshop: Workshop) -> None: ...
    def all(self) -> Sequence[Workshop]:
        """Newest first."""

    def of_person(self, person_id: int) -> Sequence[tuple[Workshop, Member]]:
        """Where this person is a member and has not left, newest first."""


class Members(Protocol):
    """People in workshops."""

    def get(self, member_id: int) -> Member | None: ...
    def find(self, workshop_id: int, person_id: int) -> Member | None:
        """Also one who has left: they come back as the same member."""

    def add(self, workshop_id: int, person_id: int, role: Role, now: datetime) -> Member:
        """With the next number of the workshop."""

    def save(self, member: Member) -> None: ...
    def seen(self, member_id: int, now: datetime) -> None: ...
    def focus_all(self, workshop_id: int, activity_id: int) -> None:
        """Put this activity in front of every member: where their next ordinary message goes."""

    def steering(self, workshop_id: int) -> Sequence[int]:
        """Ids of the facilitators and organisers of this workshop, who have not left and can be written to."""

    def of_workshop(self, workshop_id: int) -> Sequence[Member]:
        """Those who have not left, by number."""

    def to_ask(self, workshop_id: int) -> Sequence[int]:
        """Ids of the members who are asked questions, have not left and can be written to."""

    def unanswered(self, activity_id: int) -> Sequence[int]:
        """Those of `to_ask` who have not answered this activity."""

    def attendance(self, activity_id: int, present_since: datetime, closed_at: datetime | None = None) -> Attendance:
        """Of an activity closed at `closed_at`, the members are those of that moment: who came later was not asked."""

    def count(self, workshop_id: int) -> int:
        """Members asked questions who have not left."""


class Passes(Protocol):
    """One-time codes, kept by fingerprint."""

    def add(self, one: Pass) -> None: ...
    def find(self, fingerprint: str) -> Pass | None: ...
    def spend(self, fingerprint: str, now: datetime, person_id: int) -> bool:
        """Mark it used by this person if nobody did before; whether it was ours to use."""

    def drop(self, fingerprint: str) -> None: ...
    def drop_expired(self, now: datetime) -> None: ...


class Dialogues(Protocol):
    """Where a conversation stands, per person: what we wait for (`key`) and the little needed to go on (`details`)."""

    def get(self, person_id: int) -> tuple[str, dict[str, object]] | None: ...
    def put(self, person_id: int, key: str, details: dict[str, object]) -> None: ...
    def drop(self, person_id: int) -> None: ...


class Names(Protocol):
    """Names of people, for the few who may see them (who is who in the room; never in exports)."""

    def of_members(self, member_ids: Iterable[int]) -> dict[int, str]: ...
