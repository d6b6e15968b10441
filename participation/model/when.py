"""Times in plain words: « à 14:30 », « dans 5 min », « pendant 10 min », at the end of a question."""

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from participation.errors import TimePast, WrongTime
from participation.model.activity import Activity, Window

LONGEST = timedelta(days=366)

_UNIT = r"secondes?|seconds?|sec|s|minutes?|mins?|mn|m|heures?|hours?|h|jours?|days?|j|d"
_SPAN = rf"(\d{{1,4}})\s*({_UNIT})?(?:\s*(\d{{1,2}}))?"
_AT = re.compile(
    r"(?:^|\s)(?:à|a|at)\s+(\d{1,2})\s*(?:(?::\s*(\d{2})|h\s*(\d{2})?|heures?)\s*(am|pm)?|(am|pm))\s*$", re.I
)
_IN = re.compile(rf"(?:^|\s)(?:dans|in)\s+{_SPAN}\s*$", re.I)
_FOR = re.compile(rf"(?:^|\s)(?:pendant|durant|for)\s+{_SPAN}\s*$", re.I)
_CLUMSY = re.compile(
    rf"(?:^|\s)((?:à|at)\s+\d+\s*(?:h|:)\s*\w*|(?:dans|pendant|durant|in|for)\s+-?\d+(?:[.,]\d+)?\s*(?:{_UNIT})?)\s*$",
    re.I,
)
"""A time beyond doubt, yet not one we understand: « à 25:99 », « dans -5 min », « pendant 1,5 h »."""
_AFTER_MARK = re.compile(r"\?\s*((?:à|a|at|dans|pendant|durant|in|for)\s+-?\d[^?|]*)$", re.I)
"""What follows the question mark and begins as a time can be nothing else: « Question ? dans 5 mni »."""
_SECONDS = {"s": 1, "m": 60, "h": 3600, "j": 86400, "d": 86400}


@dataclass(frozen=True, slots=True)
class Timing:
    """What somebody asked for: a clock time or a delay before the opening, and how long it stays open."""

    at: tuple[int, int] | None = None
    delay: timedelta | None = None
    duration: timedelta | None = None


def take_timing(text: str, *, is_option: bool = False) -> tuple[str, Timing]:
    """Split « Question ? à 14:30 pendant 10min » into the question and its timing; refuse what looks like a time and is not.

    An option may itself be a time (« À 18 h », « Dans 5 ans »): of an option, something must remain.
    """
    timing = Timing()
    text = text.strip()
    while True:
        if is_option and _is_all_time(text):
            return text, timing
        if found := _FOR.search(text):
            timing = replace(timing, duration=_span(found))
        elif found := _IN.search(text):
            timing = replace(timing, delay=_span(found))
        elif found := _AT.search(text):
            timing = replace(timing, at=_clock(found))
        elif found := _AFTER_MARK.search(text) or _CLUMSY.search(text):
            raise WrongTime(given=found[1])
        else:
            return text, timing
        text = text[: found.start()].rstrip(" ,;")


def _is_all_time(text: str) -> bool:
    return any(found and found.start() == 0 for found in (p.search(text) for p in (_AT, _IN, _FOR, _CLUMSY)))


def next_at(clock: tuple[int, int], zone: ZoneInfo, now: datetime) -> datetime:
    """The next time the workshop's own clock shows HH:MM, in UTC; past times of today mean a refusal, not tomorrow."""
    local = now.astimezone(zone)
    wanted = local.replace(hour=clock[0], minute=clock[1], second=0, microsecond=0)
    moments = [wanted.replace(fold=fold).astimezone(UTC) for fold in (0, 1)]  # an hour of the autumn night comes twice
    moment = next((moment for moment in moments if moment > now), None)
    if moment is None:
        raise TimePast(given=moments[0])
    return moment


def window_of(activity: Activity, now: datetime) -> Window:
    """When a draft launched at `now` opens and closes."""
    opens = activity.at or now + timedelta(seconds=activity.delay_seconds or 0)
    if opens < now:
        raise TimePast(given=opens, workshop_id=activity.workshop_id)
    closes = opens + timedelta(seconds=activity.duration_seconds) if activity.duration_seconds else None
    return Window(opens, closes)


def _span(found: re.Match[str]) -> timedelta:
    amount, unit, rest = int(found[1]), (found[2] or "min")[0].lower(), int(found[3] or 0)
    if rest and unit != "h":
        raise WrongTime(given=found[0].strip())
    span = timedelta(seconds=amount * _SECONDS[unit] + rest * 60)
    if not timedelta() < span <= LONGEST:
        raise WrongTime(given=found[0].strip())
    return span


def _clock(found: re.Match[str]) -> tuple[int, int]:
    hour, minute = int(found[1]), int(found[2] or found[3] or 0)
    half = (found[4] or found[5] or "").lower()
    if half == "pm" and hour < 12:
        hour += 12
    elif half == "am" and hour == 12:
        hour = 0
    if hour > 23 or minute > 59:
        raise WrongTime(given=found[0].strip())
    return hour, minute
