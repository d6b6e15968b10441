"""People, the members they are in workshops, their roles, and who may do what."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

CONSENT_VERSION = 1
"""Raised when the two sentences on what happens to what people say change; everybody is then asked again."""


class Role(StrEnum):
    """What somebody is in a workshop; an organiser is one everywhere on this installation."""

    COUNCILLOR = "councillor"
    FACILITATOR = "facilitator"
    ORGANISER = "organiser"
    CAPTAIN = "captain"
    JUROR = "juror"
    SPONSOR = "sponsor"
    OBSERVER = "observer"

    @property
    def answers(self) -> bool:
        """Whether this role is asked questions and counted."""
        return self in (Role.COUNCILLOR, Role.CAPTAIN)

    @property
    def steers(self) -> bool:
        """Whether this role launches, closes and reveals."""
        return self in (Role.FACILITATOR, Role.ORGANISER)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who wrote to us: the only place where an outside identity and a name are kept."""

    id: int
    telegram_id: int | None
    """Their number at Telegram, which is also the private chat's; None once erased or for a person without Telegram."""
    name: str
    language: str
    created_at: datetime
    role: Role | None = None
    """A role that holds on the whole installation: organiser, or facilitator who may create workshops."""
    consent_version: int = 0
    consent_at: datetime | None = None
    unreachable_since: datetime | None = None
    """When Telegram told us they cannot be written to; cleared by their next message."""
    workshop_id: int | None = None
    """The workshop they are in at the moment: where their messages and commands go."""

    @property
    def has_agreed(self) -> bool:
        """Whether they agreed to the sentences in force today."""
        return self.consent_version >= CONSENT_VERSION


@dataclass(frozen=True, slots=True)
class Member:
    """A person in a workshop. Answers refer to this, never to the person."""

    id: int
    workshop_id: int
    person_id: int | None
    """None once erased: the counts stay, the person is gone."""
    number: int
    """From 1 within the workshop: how exports and the web name members."""
    role: Role
    joined_at: datetime
    seen_at: datetime
    left_at: datetime | None = None
    activity_id: int | None = None
    """The activity in front of this member: where an ordinary message goes."""


@dataclass(frozen=True, slots=True)
class Attendance:
    """How many members an activity could expect, how many are there, how many answered. Facilitators do not count."""

    joined: int
    present: int
    answered: int
    unreachable: int = 0
