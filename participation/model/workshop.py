"""A workshop: one dated session with its join code."""

import re
import secrets
from dataclasses import dataclass
from datetime import datetime

from participation.errors import TitleMissing, TooLong

TITLE_LENGTH = 120
CODE_ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""No 0/O, 1/I/L: a code is read aloud to a room and copied from a wall."""
CODE_LENGTH = 6


@dataclass(frozen=True, slots=True)
class Workshop:
    """One session, its members, its activities."""

    id: int
    code: str
    title: str
    time_zone: str
    language: str
    created_at: datetime
    closed_at: datetime | None = None
    featured_activity_id: int | None = None
    """The activity the projected page shows; the newest launched one unless a facilitator chose another."""
    hidden_words: tuple[str, ...] = ()
    """Words that no screen of this workshop shows, as the facilitator typed them."""


def check_title(title: str) -> str:
    """A title fit to be shown, or a refusal."""
    title = " ".join(title.split())
    if not title:
        raise TitleMissing()
    if len(title) > TITLE_LENGTH:
        raise TooLong(length=len(title), limit=TITLE_LENGTH)
    return title


def new_code() -> str:
    """A join code of 30 bits, easy to read aloud: a workshop's door is public in its room, not a secret."""
    return "".join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_LENGTH))


def tidy_code(given: str) -> str:
    """A code as people type it (« abc 234 », « abc-234 ») in the form we keep."""
    return re.sub(r"[\s\-.]", "", given).upper()
