"""Ideas and themes: what people wrote, how it is grouped, and the rule that a machine never overwrites a human."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from participation.model.findings import Findings


@dataclass(frozen=True, slots=True)
class Source:
    """The message an idea came from, opaque to the rules; the pair is unique, so that a message makes one idea."""

    door: str
    """`telegram:<person>` today (our number, not Telegram's); a web page or a sheet of paper tomorrow."""
    message: int


@dataclass(frozen=True, slots=True)
class Idea:
    """A short free text that others can see, support, group."""

    id: int
    activity_id: int
    member_id: int
    number: int
    """From 1 within the activity: what the councillor is told."""
    text: str
    source: Source
    created_at: datetime
    edited_at: datetime | None = None
    withdrawn_at: datetime | None = None
    """Taken back by its author: shown to nobody any more."""
    hidden_at: datetime | None = None
    """Set aside by an organiser (rude, personal): kept, not shown."""
    theme_id: int | None = None
    is_pinned: bool = False
    """Placed by a person: no grouping moves it."""
    merged_into: int | None = None
    """The idea that says the same and is shown for both."""

    @property
    def is_visible(self) -> bool:
        """Whether the room may see it."""
        return self.withdrawn_at is None and self.hidden_at is None and self.merged_into is None


@dataclass(frozen=True, slots=True)
class Theme:
    """A group of ideas, found by the machine, named and corrected by people."""

    id: int
    activity_id: int
    position: int
    """From 0: its column and its colour, which survive a new grouping."""
    found_label: str
    created_at: datetime
    given_label: str | None = None
    stability: float | None = None
    """Share of repeated groupings in which it holds, 0 to 1; None for a theme made by people."""
    words: tuple[str, ...] = ()
    quotes: tuple[int, ...] = ()
    """Ids of the ideas that say it best."""
    merged_into: int | None = None
    retired_at: datetime | None = None
    """When a grouping no longer found it, or people merged it away."""

    @property
    def label(self) -> str:
        """The name people gave, else the one found."""
        return self.given_label or self.found_label

    @property
    def is_standing(self) -> bool:
        """Whether it is shown."""
        return self.retired_at is None


@dataclass(frozen=True, slots=True)
class Group:
    """One group as a theme finder found it."""

    label: str
    idea_ids: tuple[int, ...]
    stability: float | None = None
    words: tuple[str, ...] = ()
    quotes: tuple[int, ...] = ()
    theme_id: int | None = None
    """The theme it continues, when the finder was given the previous grouping; None: matched by overlap."""


@dataclass(frozen=True, slots=True)
class Grouping:
    """A whole result of a theme finder: groups, and the ideas in none (orphans, empty answers)."""

    groups: tuple[Group, ...]
    sentence: str = ""
    """What to say of it to people (« 9 thèmes, 84 % des idées »), in the workshop's language."""
    seconds: float = 0.0
    findings: Findings = field(default_factory=Findings)
    read: Mapping[int, str] = field(default_factory=dict)
    """What each idea said when it was read, by its id: some may be taken back before the grouping ends."""


class CorrectionKind(StrEnum):
    """What an organiser can change in a grouping, and undo."""

    RENAME = "rename"
    MOVE = "move"
    MERGE = "merge"
    HIDE = "hide"
    SHOW = "show"
    CREATE = "create"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Correction:
    """One change made by a person, with what is needed to take it back."""

    id: int
    activity_id: int
    kind: CorrectionKind
    at: datetime
    by_person: int | None
    before: dict[str, object]
    """What stood before: for a move {"ideas": {id: [theme, pinned]}}, for a rename {"theme": id, "label": ...}, …"""
    undone_at: datetime | None = None
