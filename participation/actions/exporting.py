"""What leaves the platform as tables: answers, ideas and results, members by number only."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from participation.actions.viewing import biggest_first, board, result_of
from participation.model.activity import Activity
from participation.model.idea import Idea
from participation.model.table import Table, csv_text
from participation.ports import Transaction
from participation.questions import QUESTION_TYPES
from participation.questions.kit import Bars, Ideas, Words

ANSWER_COLUMNS = ("activity", "type", "question", "member", "answer", "answered_at")
IDEA_COLUMNS = ("id", "member", "text", "theme", "created_at", "activity", "same_as")
RESULT_COLUMNS = ("activity", "type", "question", "label", "count", "voters", "share")


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """One answer, as exported."""

    activity: int
    type: str
    question: str
    member: int
    answer: str
    answered_at: datetime


@dataclass(frozen=True, slots=True)
class IdeaLine:
    """One idea that the room may see, or that one stands for; `id` is its id on this installation.

    `same_as` is the id of the idea shown for both, none for one shown itself: people merged them, and it still counts.
    """

    id: int
    member: int
    text: str
    theme: str
    created_at: datetime
    activity: int
    same_as: int | None = None


@dataclass(frozen=True, slots=True)
class ResultLine:
    """One option, word or theme and what it gathered in the whole workshop: nothing here is cut by table or profile.

    `share` is the part of the voters who chose it, for options only: an idea is in one theme, a voter has several ideas.
    """

    activity: int
    type: str
    question: str
    label: str
    count: int
    voters: int
    share: float | None


def tables(tx: Transaction, workshop_id: int) -> tuple[Table, ...]:
    """Everything a workshop gathered, for a workbook."""
    return (
        Table("answers", ANSWER_COLUMNS, tuple(map(_cells, answer_lines(tx, workshop_id)))),
        Table("ideas", IDEA_COLUMNS, tuple(map(_cells, idea_lines(tx, workshop_id)))),
        Table("results", RESULT_COLUMNS, tuple(map(_cells, result_lines(tx, workshop_id)))),
    )


def result_lines(tx: Transaction, workshop_id: int) -> Iterator[ResultLine]:
    """What each activity adds up to, as the room sees it once revealed."""
    for activity in tx.activities.of_workshop(workshop_id):
        counts: Sequence[tuple[str, int, float | None]]
        match result := result_of(tx, activity):
            case Bars():
                counts = [(bar.label, bar.votes, result.share(bar)) for bar in result.rows]
            case Words():
                counts = [(word, count, None) for word, count in result.counts]
            case Ideas():
                counts = _themes(tx, activity)
        for label, count, share in counts:
            question = activity.question
            yield ResultLine(activity.number, question.type, question.text, label, count, result.voters, share)


def _themes(tx: Transaction, activity: Activity) -> list[tuple[str, int, float | None]]:
    """Ideas that people merged count as many times as they were given, in the theme of the one shown."""
    whole = board(tx, activity.id)

    def given(ideas: Sequence[Idea]) -> int:
        return len(ideas) + sum(whole.copies.get(idea.id, 0) for idea in ideas)

    themes = [(view.theme.label, given(view.ideas), None) for view in biggest_first(whole.themes)]
    themes.sort(key=lambda line: -line[1])
    return [*themes, ("", given(whole.loose), None)] if whole.loose else [*themes]


def answer_lines(tx: Transaction, workshop_id: int) -> Iterator[AnswerLine]:
    """Every answer of a workshop; an ideas activity has its ideas in the other table, not here."""
    for activity, member, answer, at in tx.answers.of_workshop(workshop_id):
        kind = QUESTION_TYPES[activity.question.type]
        if isinstance(kind.tally(activity.question, {}), Ideas):
            continue
        question = activity.question
        yield AnswerLine(activity.number, question.type, question.text, member, kind.read(question, answer), at)


def idea_lines(tx: Transaction, workshop_id: int) -> Iterator[IdeaLine]:
    """Every idea of a workshop that the room may see or that one stands for, with the name of its theme there."""
    numbers = {member.id: member.number for member in tx.members.of_workshop(workshop_id)}
    for activity in tx.activities.of_workshop(workshop_id):
        labels = {theme.id: theme.label for theme in tx.themes.of_activity(activity.id) if theme.is_standing}
        ideas = tx.ideas.of_activity(activity.id)
        shown = {idea.id: idea for idea in ideas if idea.is_visible}
        for idea in ideas:
            front = shown.get(idea.merged_into or idea.id)
            if front is None or idea.hidden_at is not None:
                continue
            number = numbers.get(idea.member_id) or _number_of(tx, idea.member_id)
            theme = labels.get(front.theme_id, "") if front.theme_id else ""
            same_as = idea.merged_into
            yield IdeaLine(idea.id, number, idea.text, theme, idea.created_at, activity.number, same_as)


def answers_csv(tx: Transaction, workshop_id: int, *, bom: bool = False) -> str:
    """Every answer of a workshop as CSV."""
    return csv_text(ANSWER_COLUMNS, map(_cells, answer_lines(tx, workshop_id)), bom=bom)


def ideas_csv(tx: Transaction, workshop_id: int, *, bom: bool = False) -> str:
    """Every idea of a workshop that the room may see or that one stands for, as CSV."""
    return csv_text(IDEA_COLUMNS, map(_cells, idea_lines(tx, workshop_id)), bom=bom)


def _cells(line: AnswerLine | IdeaLine | ResultLine) -> tuple[object, ...]:
    return tuple(getattr(line, name) for name in line.__slots__)


def _number_of(tx: Transaction, member_id: int) -> int:
    """The number of a member who has left."""
    member = tx.members.get(member_id)
    return member.number if member else 0
