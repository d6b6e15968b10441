"""The one place where a refusal of the rules becomes a polite sentence."""

from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import replace
from zoneinfo import ZoneInfo

from bot.context import Turn
from bot.messages import typed
from i18n import Voice
from participation.errors import Refusal


def guarded(turn: Turn, act: Callable[[], None], *, refuses_first: bool = False) -> None:
    """Do it; when the rules refuse, undo what was kept meanwhile and say why. Anything else is a bug and goes up.

    `refuses_first`: the act writes nothing before it refuses, so there is nothing to undo (the hot path of a vote).
    """
    try:
        with nullcontext() if refuses_first else turn.tx.savepoint():
            act()
    except Refusal as refusal:
        refused(turn, refusal)


def refused(turn: Turn, refusal: Refusal) -> None:
    """Say it: in a window for a press, in a message otherwise."""
    sentence = _voice_of(turn, refusal).refusal(refusal)
    if turn.press is not None:
        turn.toast(sentence, alert=True)
    else:
        turn.send(typed(sentence))


def _voice_of(turn: Turn, refusal: Refusal) -> Voice:
    workshop_id = refusal.details.get("workshop_id")
    workshop = turn.tx.workshops.get(workshop_id) if isinstance(workshop_id, int) else None
    return replace(turn.voice, zone=ZoneInfo(workshop.time_zone)) if workshop else turn.voice
