"""Messages that are no text: one kind sentence that says what to do at this moment."""

from bot.context import Turn
from bot.incoming import Sent
from participation.actions.joining import current
from participation.errors import NotFound, WrongMoment
from participation.questions import QUESTION_TYPES


def not_text(turn: Turn, sent: Sent) -> None:
    """A sticker, a voice message, a picture…: say kindly that only writing and buttons count."""
    turn.say(_sentence(turn), thing=sent.kind)


def _sentence(turn: Turn) -> str:
    """Which sentence fits the moment: no workshop, nothing open, buttons to press, or words to write."""
    if turn.person is None:
        return "bot-thing-stranger"
    try:
        _, member = current(turn.tx, turn.person)
    except (WrongMoment, NotFound):
        return "bot-thing-stranger"
    if not member.role.answers:
        return "bot-thing-steers"
    opened = turn.tx.activities.open_in(member.workshop_id, turn.now)
    if not opened:
        return "bot-thing-wait"
    free = any(QUESTION_TYPES[activity.question.type].takes_any_text for activity in opened)
    return "bot-thing-write" if free else "bot-thing-press"
