"""Ballots as they are read: all who gave the same answer read the same one, so that a hall's ballots are drawn once each."""

from datetime import date, datetime

from bot.keyboards import Rows
from bot.messages import Html, ballot_rows, ballot_text
from i18n import Voice
from participation.model.activity import Activity, Phase
from participation.questions import QUESTION_TYPES
from participation.questions.kit import Answer

Drawn = tuple[Html, Rows]
"""A text, and buttons not sealed yet for anybody."""
_Known = tuple[str, str, Activity, Answer | None, Phase, date | None]
REMEMBERED = 512


def vote_reference(activity: Activity) -> str:
    """What the buttons of a ballot refer to, before the action."""
    return f"vote:{activity.id}"


class Ballots:
    """Draws, and remembers what was drawn lately."""

    def __init__(self) -> None:
        self._known: dict[_Known, Drawn] = {}

    def draw(self, voice: Voice, activity: Activity, answer: Answer | None, now: datetime) -> Drawn:
        """The ballot of somebody who gave this answer; without buttons once closed."""
        phase = activity.phase(now)
        tells_a_moment = activity.closes_at is not None or phase is Phase.SCHEDULED
        today = now.astimezone(voice.zone).date() if tells_a_moment else None
        key = (voice.language, voice.zone.key, activity, answer, phase, today)
        drawn = self._known.get(key)
        if drawn is None:
            if len(self._known) >= REMEMBERED:
                self._known.clear()
            drawn = self._known[key] = draw_ballot(voice, activity, answer, now)
        return drawn


def draw_ballot(voice: Voice, activity: Activity, answer: Answer | None, now: datetime, *, title: str = "") -> Drawn:
    """The same from nothing; with the workshop's title for somebody who is in another one at the moment."""
    screen = QUESTION_TYPES[activity.question.type].screen(activity.question, answer)
    text = ballot_text(voice, activity, screen, now, title=title)
    is_closed = activity.phase(now) is Phase.CLOSED
    return text, () if is_closed else ballot_rows(voice, screen, vote_reference(activity))
