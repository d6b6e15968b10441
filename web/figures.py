"""Figures as plain data and as text: every number drawn on a screen is also written on it."""

from collections.abc import Sequence
from datetime import datetime

from i18n import Voice
from participation.model.activity import Activity, Phase
from participation.model.people import Attendance
from participation.model.text import calm
from participation.questions.kit import Bars, Result, Words

MOST_WORDS_SHOWN = 48
WORDS_SAID = 3


def epoch(moment: datetime | None) -> int | None:
    """Milliseconds, as scripts count."""
    return None if moment is None else int(moment.timestamp() * 1000)


def figures(result: Result | None, voice: Voice) -> dict[str, object] | None:
    """A result as data for `figures.js`; ideas have no figures of their own."""
    match result:
        case Bars():
            return _bars(result, voice)
        case Words():
            return _words(result, voice)
        case _:
            return None


def progress(attendance: Attendance, voice: Voice) -> dict[str, object]:
    """« 37 réponses sur 42 » : of those who joined and are asked, how many answered."""
    expected = max(attendance.joined, attendance.answered)
    return {
        "answered": attendance.answered,
        "expected": expected,
        "sentence": voice("web-progress", answered=attendance.answered, expected=expected),
    }


def times(activity: Activity, phase: Phase, voice: Voice) -> dict[str, object]:
    """The next turn of the clock for this activity, as a moment and as a sentence."""
    match phase:
        case Phase.SCHEDULED if activity.opens_at:
            return {"until": epoch(activity.opens_at), "sentence": voice("web-opens-at", at=activity.opens_at)}
        case Phase.OPEN if activity.closes_at:
            return {"until": epoch(activity.closes_at), "sentence": voice("web-closes-at", at=activity.closes_at)}
        case _:
            return {"until": None, "sentence": ""}


def said(result: Result | None, voice: Voice) -> str:
    """The figures in one sentence, for those who listen to the page."""
    match result:
        case Bars():
            shares = [
                voice("web-said-share", label=calm(row.label), percent=percent)
                for row, percent in zip(result.rows, result.percents(), strict=True)
            ]
            return voice("web-said-bars", voters=result.voters, shares=", ".join(shares))
        case Words() if result.counts:
            words = [f"{calm(word)} ({count})" for word, count in result.counts[:WORDS_SAID]]
            return voice("web-said-words", voters=result.voters, words=", ".join(words))
        case _:
            return ""


def _bars(result: Bars, voice: Voice) -> dict[str, object]:
    rows = [
        {
            "label": calm(row.label),
            "votes": row.votes,
            "share": round(result.share(row), 4),
            "percent": voice("web-percent", n=percent),
            "count": voice("web-votes", n=row.votes),
        }
        for row, percent in zip(result.rows, result.percents(), strict=True)
    ]
    return {"shape": "bars", "rows": rows, "note": voice("web-several") if result.several else ""}


def _words(result: Words, voice: Voice) -> dict[str, object]:
    shown = result.counts[:MOST_WORDS_SHOWN]
    most = max((count for _, count in shown), default=1)
    rows = [
        {"word": calm(word), "count": count, "weight": round(count / most, 4), "said": voice("web-word-said", n=count)}
        for word, count in shown
    ]
    left = len(result.counts) - len(shown)
    return {"shape": "words", "rows": rows, "note": voice("web-more-words", n=left) if left else ""}


def options(labels: Sequence[str]) -> list[str]:
    """The options of a question, for a screen."""
    return [calm(label) for label in labels]
