"""Shows questions to the people who answer them: at once when they arrive, again when their answer changes."""

from bot.context import Turn
from bot.keyboards import Key, Rows
from bot.messages import Html, ballot_rows, ballot_text
from i18n import Voice
from participation.actions.answering import screen_of
from participation.model.activity import Activity, Phase
from participation.model.people import Member
from participation.ports import Transaction
from participation.questions.kit import Screen


def vote_reference(activity: Activity) -> str:
    """What the buttons of a ballot refer to, before the action."""
    return f"vote:{activity.id}"


def show_announced(turn: Turn, member: Member) -> int:
    """Send every question that is open or about to open. How many."""
    activities = turn.tx.activities.announced_in(member.workshop_id, turn.now)
    for activity in activities:
        turn.send(*drawn(turn, activity, screen_of(turn.tx, activity, member.id)))
    return len(activities)


def drawn(turn: Turn, activity: Activity, screen: Screen) -> tuple[Html, Rows]:
    """A ballot as it stands: its text and its buttons (none once closed); of another workshop, its title and the way."""
    person_workshop = turn.person.workshop_id if turn.person else None
    title, switch = elsewhere(turn.tx, turn.voice, activity, person_workshop)
    text = ballot_text(turn.voice, activity, screen, turn.now, title=title)
    if activity.phase(turn.now) is Phase.CLOSED:
        return text, []
    return text, [*ballot_rows(turn.voice, screen, vote_reference(activity)), *switch]


def elsewhere(
    tx: Transaction, voice: Voice, activity: Activity, person_workshop: int | None
) -> tuple[str, list[list[Key]]]:
    """For somebody who is in another workshop at the moment: this one's title, and a button to come here."""
    if person_workshop == activity.workshop_id:
        return "", []
    workshop = tx.workshops.get(activity.workshop_id)
    title = workshop.title if workshop else ""
    return title, [[Key(voice("bot-switch-here"), f"switch:{activity.workshop_id}")]]
