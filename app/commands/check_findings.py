"""What `palabre check` finds: how serious, about what, the fact, and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Level(Enum):
    """An error prevents a workshop; a warning may surprise one."""

    GOOD = "good"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True)
class Finding:
    """One line of the report. Neither the fact nor the hint may hold a secret."""

    level: Level
    subject: str
    fact: str
    hint: str = ""
