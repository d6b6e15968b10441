"""The journal: every fact, in order, for ever, with no personal text in it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that happened. `name` is in the past tense (`activity-closed`); details are numbers and keys only."""

    name: str
    at: datetime
    workshop_id: int | None = None
    activity_id: int | None = None
    member_id: int | None = None
    details: Mapping[str, int | str | None] = field(default_factory=dict)
