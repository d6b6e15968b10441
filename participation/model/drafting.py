"""Reading a question as a facilitator types it: « Question ? | A | B | C », or one option a line, times at the end."""

import re
from dataclasses import dataclass

from participation.model.text import clean
from participation.model.when import Timing, take_timing

_BULLET = re.compile(r"^\s*(?:[-•*–]|\d{1,2}[.)])\s+")


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed after a command, taken apart; nothing is judged yet."""

    text: str
    options: tuple[str, ...]
    timing: Timing


def read_question(raw: str) -> Typed:
    """Split a typed question into its text, options and timing. Times may stand after the question or the last option."""
    raw = clean(raw)
    head, options = _split(raw)
    head, first = take_timing(head)
    last = Timing()
    if options:
        options[-1], last = take_timing(options[-1], is_option=True)
    return Typed(head, tuple(filter(None, options)), _joined(first, last))


def _split(raw: str) -> tuple[str, list[str]]:
    if "|" in raw:
        head, *options = [" ".join(part.split()) for part in raw.split("|")]
        return head, options
    head, *lines = [line.strip() for line in raw.split("\n") if line.strip()] or [""]
    return head, [_BULLET.sub("", line) for line in lines]


def _joined(first: Timing, last: Timing) -> Timing:
    return Timing(first.at or last.at, first.delay or last.delay, first.duration or last.duration)
