"""Shows questions to the people who answer them: at once when they arrive, again when their answer changes."""

from datetime import datetime

from bot.ballots import Drawn, draw_ballot
from bot.context import House, Turn
from bot.keyboards import Key
from i18n import Voice
from participation.model.activity import Activity, Phase
from participation.model.people import Member
from participation.ports import Transaction
from participation.questions.kit import Answer


def show_announced(turn: Turn, member: Member) -> int:
    """Send every question that is open or about to open. How many."""
    activities = turn.tx.activities.announced_in(member.workshop_id, turn.now)
    for activity in activities:
        turn.send(*drawn(turn, activity, turn.tx.answers.get(activity.id, member.id)))
    return len(activities)


def drawn(turn: Turn, activity: Activity, answer: Answer | None) -> Drawn:
    """The ballot of the person speaking, as it stands."""
    where = turn.person.workshop_id if turn.person else None
    return drawn_for(turn.tx, turn.house, turn.voice, activity, answer, where, turn.now)


def drawn_for(
    tx: Transaction,
    house: House,
    voice: Voice,
    activity: Activity,
    answer: Answer | None,
    where: int | None,
    now: datetime,
) -> Drawn:
    """A ballot for somebody who is in workshop `where`: in another one, it names its own, with a button to come there."""
    if where == activity.workshop_id:
        return house.ballots.draw(voice, activity, answer, now)
    workshop = tx.workshops.get(activity.workshop_id)
    text, rows = draw_ballot(voice, activity, answer, now, title=workshop.title if workshop else "")
    switch = [Key(voice("bot-switch-here"), f"switch:{activity.workshop_id}")]
    return text, rows if activity.phase(now) is Phase.CLOSED else [*rows, switch]
