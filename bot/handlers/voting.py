"""A press on a ballot: counted, said in the little window, and the ballot shows the choice."""

from bot.context import Turn
from bot.handlers.ballots import drawn
from bot.handlers.joining import ask_consent
from participation.actions import answering
from participation.errors import AlreadyClosed, ConsentMissing, NotAMember

DOOR = "telegram"


def vote(turn: Turn, activity_number: str, action: str) -> None:
    """Take the press. Once closed, the ballot loses its buttons and keeps the last choice."""
    if turn.person is None:
        raise NotAMember()
    try:
        done = answering.press(turn.tx, turn.person, int(activity_number), action, turn.now, DOOR)
    except AlreadyClosed:
        _show_closed(turn, int(activity_number))
        raise
    except ConsentMissing:
        _ask_consent(turn, int(activity_number))
        raise
    _in_zone(turn, done.activity.workshop_id, needed=done.activity.closes_at is not None)
    turn.toast(turn.voice.phrase(done.step.notice))
    turn.edit(_pressed(turn), *drawn(turn, done.activity, done.answer))


def preview(turn: Turn, _activity: str, _action: str) -> None:
    """A press on a preview: it is only a preview."""
    turn.toast(turn.voice("bot-preview-press"), alert=True)


def _show_closed(turn: Turn, activity_id: int) -> None:
    activity = turn.tx.activities.get(activity_id)
    member = turn.tx.members.find(activity.workshop_id, turn.known().id) if activity else None
    if activity is not None and member is not None:
        turn.edit(_pressed(turn), *drawn(turn, activity, turn.tx.answers.get(activity.id, member.id)))


def _ask_consent(turn: Turn, activity_id: int) -> None:
    """The sentences changed, or somebody came by an invitation: the button to agree arrives with the refusal."""
    activity = turn.tx.activities.get(activity_id)
    workshop = turn.tx.workshops.get(activity.workshop_id) if activity else None
    if workshop is not None:
        ask_consent(turn, workshop)


def _in_zone(turn: Turn, workshop_id: int, *, needed: bool) -> None:
    """The ballot names a closing time: tell it by the workshop's clock."""
    workshop = turn.tx.workshops.get(workshop_id) if needed else None
    if workshop is not None:
        turn.enter(workshop)


def _pressed(turn: Turn) -> int | None:
    return turn.press.message if turn.press else None


PRESSES = {"vote": vote, "preview": preview}
