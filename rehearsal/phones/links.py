"""What surrounds the phones: the projected page, the organisers' page, and how a facilitator is invited."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Links:
    """Addresses shown in the header of the page; an empty one is not shown.

    `{code}` in an address stands for the join code of the workshop, filled in once a phone has seen it. `invite`
    gives a fresh one-time start parameter each time a facilitator's phone asks to be let in.
    """

    projector: str = ""
    organiser: str = ""
    invite: Callable[[], Awaitable[str]] | None = None
