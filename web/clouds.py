"""The word cloud of the wall: laid out elsewhere, asked for and shown here."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from i18n import Voice
from participation.model.activity import Activity
from participation.model.text import calm
from participation.ports import Transaction

SAID = 5
"""Words a screen reader hears; all of them are in the list below the cloud."""


class Shape(StrEnum):
    """A projector is wide, a phone is tall: a layout is for one of the two."""

    WIDE = "large"
    TALL = "haute"


@dataclass(frozen=True, slots=True)
class CloudWord:
    """One word placed: where its writing begins and its baseline, its letter size and length, in units of the frame."""

    key: str
    text: str
    x: float
    y: float
    size: float
    length: float
    tone: int | None
    """Number of its colour; None: no colour of its own."""


@dataclass(frozen=True, slots=True)
class CloudFrame:
    """A cloud as it was at one moment. `lines`: the commonest words with their counts."""

    width: int
    height: int
    words: tuple[CloudWord, ...]
    lines: tuple[tuple[str, int], ...]


class Clouds(Protocol):
    """Lays clouds out, away from those who read and write."""

    def frame(self, tx: Transaction, activity: Activity, shape: Shape) -> CloudFrame | None:
        """The newest one there is, without any word hidden since; if it is late the next one is begun."""

    def listen(self, redraw: Callable[[int], None]) -> None:
        """Call `redraw(activity_id)`, in the event loop, when a new one is there."""


def cloud(frame: CloudFrame | None, voice: Voice) -> dict[str, object] | None:
    """A frame as data for `cloud.js`, with its words as text."""
    if frame is None:
        return None
    said = ", ".join(f"{calm(word)} ({count})" for word, count in frame.lines[:SAID])
    return {
        "width": frame.width,
        "height": frame.height,
        "title": voice("web-cloud-title", words=said),
        "words": [
            {"key": w.key, "text": w.text, "x": w.x, "y": w.y, "size": w.size, "length": w.length, "tone": w.tone}
            for w in frame.words
        ],
        "lines": [{"word": calm(word), "count": count} for word, count in frame.lines],
    }
