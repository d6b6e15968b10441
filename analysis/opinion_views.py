"""The result of a study of votes, whole and by parts."""

from dataclasses import dataclass, field
from enum import StrEnum

from analysis.opinion_groups import Foretelling
from analysis.opinion_statistics import Contrast, Shared
from analysis.opinion_votes import Floats

CLEARLY = 2 / 3
"""Share of their telling votes that people share with their group, under which they are between two groups."""


class Verdict(StrEnum):
    """Whether the votes show groups."""

    TOO_FEW = "too_few"
    NONE = "none"
    GROUPS = "groups"


@dataclass(frozen=True)
class GroupView:
    """A group of people: `share` of those placed, `centre` on the map, `contrasts` from the widest difference."""

    name: str
    size: int
    share: float
    centre: tuple[float, float]
    contrasts: tuple[Contrast, ...]


@dataclass(frozen=True)
class StatementView:
    """One statement in the whole room: votes and shares of them; `leans`, its mean vote from -1 to 1 in each group, None
    where the group cast too few votes on it."""

    statement: str
    votes: int
    agree: float
    disagree: float
    passed: float
    leans: tuple[float | None, ...]


@dataclass(frozen=True)
class Opinions:
    """Everything learned from the votes. Statements are referred to by their place in `statements`.

    `labels`, one for each of `people`, is the place of a group, or None; `sureness` is its chance; `fidelity` how far the
    person votes like the group rather than like another; `positions`, shape (people, 2), is the map. These four are
    personal data: show a person their own, nobody another's.
    `support`, (statements, groups), is the chance that a member is for, and `weights`, (groups,), the size of groups.
    """

    verdict: Verdict
    groups: tuple[GroupView, ...]
    statements: tuple[StatementView, ...]
    consensus: tuple[Shared, ...]
    divisive: tuple[int, ...]
    puzzling: tuple[int, ...]
    sentences: tuple[str, ...]
    foretellings: tuple[Foretelling, ...]
    votes: int
    people: tuple[str, ...]
    labels: tuple[int | None, ...]
    sureness: tuple[float, ...]
    fidelity: tuple[float, ...]
    positions: Floats = field(repr=False)
    support: Floats = field(repr=False)
    weights: Floats = field(repr=False)
    seconds: float
    seed: int

    @property
    def between(self) -> float:
        """Share, among people placed, of those who are between two groups."""
        placed = [alike for alike, label in zip(self.fidelity, self.labels, strict=True) if label is not None]
        return sum(alike < CLEARLY for alike in placed) / max(1, len(placed))

    @property
    def unplaced(self) -> int:
        """People who voted too little to be placed in a group."""
        return sum(label is None for label in self.labels)
