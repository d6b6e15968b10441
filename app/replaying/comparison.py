"""The bot's own tallies beside a count of the file."""

from dataclasses import dataclass

from rich.table import Table

from app.replaying.consultation import Asked, Consultation
from participation.actions.viewing import result_of
from participation.ports import Transaction
from participation.questions.kit import Bars


@dataclass(frozen=True, slots=True)
class Line:
    """One option of one question: what the file says and what the bot counted."""

    question: str
    option: str
    file: int
    bot: int


def compare(tx: Transaction, consultation: Consultation, activities: dict[str, int]) -> list[Line]:
    """Every option of every question; for questions answered in words, how many texts are on the wall."""
    return [
        line for asked in consultation.questions for line in _of_question(tx, consultation, asked, activities[asked.id])
    ]


def differences(lines: list[Line]) -> int:
    """How many answers are lost or counted twice."""
    return sum(abs(line.file - line.bot) for line in lines)


def table(lines: list[Line]) -> Table:
    """What is printed."""
    shown = Table("question", "option", "file", "bot", "difference", title="The bot's tallies beside the file")
    for line in lines:
        gap = line.bot - line.file
        cells = (line.question, line.option[:60], str(line.file), str(line.bot), str(gap) if gap else "")
        shown.add_row(*cells, style="bold red" if gap else None)
    return shown


def _of_question(tx: Transaction, consultation: Consultation, asked: Asked, activity_id: int) -> list[Line]:
    activity = tx.activities.get(activity_id)
    counted = consultation.counts(asked)
    if activity is None:
        return [Line(asked.id, "(never asked)", sum(counted.values()), 0)]
    result = result_of(tx, activity)
    if not isinstance(result, Bars):
        return [Line(asked.id, "(texts)", sum(counted.values()), tx.ideas.count(activity.id))]
    votes = [bar.votes for bar in result.rows]
    return [Line(asked.id, words, counted[answer], n) for (answer, words), n in zip(asked.options, votes, strict=True)]
