"""The control panel under each launched question: its state in a sentence, and buttons that do what the commands do."""

from datetime import datetime

from bot.keyboards import Key, Rows
from bot.messages import Html, cut, paragraphs, say
from i18n import Voice
from participation.actions.viewing import result_of
from participation.model.activity import Activity, Phase
from participation.ports import Transaction
from participation.questions.kit import Ideas, Result, Words

QUESTION_UNITS = 300


def panel(tx: Transaction, voice: Voice, activity: Activity, now: datetime) -> tuple[Html, Rows]:
    """What a facilitator sees of a launched question, and what they can do to it now."""
    phase = activity.phase(now)
    question = cut(activity.question.text, QUESTION_UNITS)
    text = paragraphs(
        say(voice, "bot-panel", number=activity.number, question=question),
        _state(voice, activity, phase),
        say(voice, "bot-panel-shown") if activity.is_revealed else "",
    )
    return text, rows(voice, activity, phase, result_of(tx, activity))


def rows(voice: Voice, activity: Activity, phase: Phase, result: Result) -> Rows:
    """The buttons that make sense in this phase, for this shape of result."""
    if phase is Phase.CLOSED:
        first = [_key(voice, "reopen", activity), _key(voice, "share", activity)]
    else:
        first = [_key(voice, "close", activity), _key(voice, "remind", activity)]
    reveal = "mask" if activity.is_revealed else "reveal"
    return [
        [_key(voice, "participation", activity), _key(voice, "results", activity)],
        first,
        [_key(voice, reveal, activity)],
        _pictures(voice, activity, result),
    ]


def result_rows(voice: Voice, activity: Activity, result: Result) -> Rows:
    """The buttons under the figures: show them to the room, send them, draw them."""
    reveal = "mask" if activity.is_revealed else "reveal"
    return [
        [_key(voice, reveal, activity)],
        [_key(voice, "share", activity)],
        _pictures(voice, activity, result),
    ]


def _pictures(voice: Voice, activity: Activity, result: Result) -> list[Key]:
    if isinstance(result, Words):
        return [_key(voice, "cloud", activity)]
    if isinstance(result, Ideas):
        return [_key(voice, "cloud", activity), _key(voice, "themes", activity)]
    return []


def _key(voice: Voice, verb: str, activity: Activity) -> Key:
    return Key(voice(f"bot-key-{verb}"), f"{verb}:{activity.id}")


def _state(voice: Voice, activity: Activity, phase: Phase) -> Html:
    if phase is Phase.OPEN and activity.closes_at is None:
        return say(voice, "bot-panel-open")
    return say(voice, f"bot-panel-{_STATES[phase]}", opens_at=activity.opens_at, closes_at=activity.closes_at)


_STATES = {Phase.SCHEDULED: "scheduled", Phase.OPEN: "open-until", Phase.CLOSED: "closed", Phase.DRAFT: "draft"}
