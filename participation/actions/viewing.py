"""What may be seen of an activity, and by whom: the room sees counts, then figures once revealed; nobody sees names."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from participation.errors import UnknownActivity, UnknownCode
from participation.model.activity import Activity, Phase
from participation.model.findings import Findings
from participation.model.idea import Idea, Theme
from participation.model.people import Attendance
from participation.model.policy import Policy
from participation.model.workshop import Workshop, tidy_code
from participation.ports import Transaction
from participation.questions import QUESTION_TYPES
from participation.questions.kit import Ideas, Result, Words
from participation.questions.words import without_hidden

NEWEST_SHOWN = 24


@dataclass(frozen=True, slots=True)
class ThemeView:
    """A theme with the ideas it holds, newest last."""

    theme: Theme
    ideas: tuple[Idea, ...]

    @property
    def quotes(self) -> tuple[Idea, ...]:
        """Up to two ideas that say it best: those the machine chose, else the first ones."""
        chosen = [i for number in self.theme.quotes for i in self.ideas if i.id == number]
        return tuple([*chosen, *(i for i in self.ideas if i not in chosen)][:2])


@dataclass(frozen=True, slots=True)
class Board:
    """The ideas of an activity as the room may see them: in themes, and loose."""

    themes: tuple[ThemeView, ...]
    loose: tuple[Idea, ...]
    count: int
    grouped_at: datetime | None
    sentence: str
    is_grouping: bool = False
    """Whether a fresh grouping is under way: what is shown is the one before."""
    findings: Findings = field(default_factory=Findings)
    copies: Mapping[int, int] = field(default_factory=dict)
    """How many ideas stand behind each idea that says the same, by its id."""

    @property
    def reworded(self) -> tuple[Theme, ...]:
        """Themes whose name a language model worded, and nobody since."""
        named = (view.theme for view in self.themes)
        return tuple(theme for theme in named if theme.given_label is None and theme.label in self.findings.reworded)

    @property
    def covered(self) -> float:
        """Share of the ideas that say something which are in a theme, 0 to 1, corrections included."""
        said = self.count - len(self.loose_kinds.hollow)
        return sum(len(view.ideas) for view in self.themes) / said if said else 0.0

    @property
    def loose_kinds(self) -> "Loose":
        """Why each loose idea is in no theme."""
        alone, hollow = set(self.findings.alone), set(self.findings.hollow)
        return Loose(
            tuple(i for i in self.loose if i.id in alone),
            tuple(i for i in self.loose if i.id in hollow),
            tuple(i for i in self.loose if i.id not in alone and i.id not in hollow),
        )


@dataclass(frozen=True, slots=True)
class Loose:
    """Ideas in no theme: like no other; saying nothing; come since the last grouping, or taken out by people."""

    alone: tuple[Idea, ...]
    hollow: tuple[Idea, ...]
    fresh: tuple[Idea, ...]


@dataclass(frozen=True, slots=True)
class ActivityView:
    """An activity as the room sees it. `result` and `newest` are there only when the figures are revealed."""

    activity: Activity
    phase: Phase
    attendance: Attendance
    result: Result | None
    idea_count: int
    newest: tuple[Idea, ...]


@dataclass(frozen=True, slots=True)
class RoomView:
    """What the projected page shows of a workshop."""

    workshop: Workshop
    members: int
    front: ActivityView | None


def room(tx: Transaction, code: str, policy: Policy, now: datetime) -> RoomView:
    """The projected page of the workshop with this code."""
    workshop = tx.workshops.by_code(tidy_code(code))
    if workshop is None:
        raise UnknownCode(code=code[:64])
    front = tx.activities.get(workshop.featured_activity_id) if workshop.featured_activity_id else None
    view = activity_view(tx, front, policy, now) if front is not None else None
    return RoomView(workshop, tx.members.count(workshop.id), view)


def activity_view(
    tx: Transaction, activity: Activity, policy: Policy, now: datetime, *, unmasked: bool = False
) -> ActivityView:
    """An activity for the room, or (unmasked) for those who steer it. Ideas are a wall: shown when revealed, like figures."""
    seen = activity.is_revealed or unmasked
    result = result_of(tx, activity) if seen else None
    walls = isinstance(result, Ideas)
    return ActivityView(
        activity,
        activity.phase(now),
        tx.members.attendance(activity.id, now - policy.presence, activity.closed_at(now)),
        result,
        tx.ideas.count(activity.id),
        tuple(tx.ideas.newest(activity.id, NEWEST_SHOWN)) if walls else (),
    )


def result_of(tx: Transaction, activity: Activity) -> Result:
    """What the answers add up to, for those who may see it."""
    result = QUESTION_TYPES[activity.question.type].tally(activity.question, tx.answers.tally(activity.id))
    if not isinstance(result, Words):
        return result
    workshop = tx.workshops.get(activity.workshop_id)
    return without_hidden(result, workshop.hidden_words if workshop else ())


def board(tx: Transaction, activity_id: int, *, with_hidden: bool = False) -> Board:
    """The wall of post-its of an ideas activity, in themes. Hidden ideas are there only for organisers."""
    kept = tx.ideas.of_activity(activity_id)
    ideas = [i for i in kept if i.merged_into is None and (with_hidden or i.is_visible)]
    inside: dict[int | None, list[Idea]] = {}
    for idea in ideas:  # one pass: a wall may hold tens of thousands
        inside.setdefault(idea.theme_id, []).append(idea)
    standing = [theme for theme in tx.themes.of_activity(activity_id) if theme.is_standing]
    views = [ThemeView(theme, tuple(inside.get(theme.id, ()))) for theme in standing]
    shown = tuple(view for view in views if view.ideas or with_hidden)
    held = {view.theme.id for view in shown}
    loose = tuple(i for i in ideas if i.theme_id not in held)
    grouped = tx.themes.grouped_at(activity_id)
    return Board(
        shown,
        loose,
        len(ideas),
        grouped[0] if grouped else None,
        grouped[1] if grouped else "",
        tx.jobs.is_pending("themes", activity_id),
        tx.themes.findings(activity_id),
        Counter(i.merged_into for i in kept if i.merged_into is not None and i.hidden_at is None),
    )


def activity_in(tx: Transaction, workshop_id: int, number: int | None, now: datetime) -> Activity:
    """An activity by its number in the workshop; without one, the one under way.

    That is the one in front while it is open, else the newest open one, else the one in front, else the newest.
    """
    activities = list(tx.activities.of_workshop(workshop_id))
    if number is not None:
        activities = [a for a in activities if a.number == number]
    else:
        workshop = tx.workshops.get(workshop_id)
        front = [a for a in activities if workshop is not None and a.id == workshop.featured_activity_id]
        under_way = [a for a in activities if a.phase(now) is Phase.OPEN]
        activities = [a for a in front if a in under_way] or under_way or front or activities
    if not activities:
        raise UnknownActivity()
    return activities[-1]


def biggest_first(views: Sequence[ThemeView]) -> list[ThemeView]:
    """Themes as one reads them aloud: the largest first."""
    return sorted(views, key=lambda view: (-len(view.ideas), view.theme.position))
