"""Answers given in a webhook's own response: kept in the tray and in mind until they have surely arrived."""

import time
from collections import OrderedDict
from collections.abc import Callable, Iterator

from participation.model.message import Reply

RIPE_SECONDS = 10.0
"""A response handed over is not a response read. Its row stays this long: a kill or a cut on the way, and it is said again.
Telegram repeats a press at once, or 2, 4, 8… seconds after the last of several failures: our death may fall in between."""
MOST_REMEMBERED = 5000
"""Answers remembered after that: Telegram repeats at once a press whose response it did not read."""


class Responses:
    """What was said to each press, in the order in which it was said."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._fresh: OrderedDict[object, tuple[float, Reply]] = OrderedDict()
        self._remembered: OrderedDict[object, Reply] = OrderedDict()

    def keep(self, press: object, reply: Reply) -> None:
        """This was just handed over, for the first time or again."""
        self._fresh.pop(press, None)
        self._fresh[press] = (self._now(), reply)

    def of(self, press: object) -> Reply | None:
        """What was said to this press, when it is repeated."""
        fresh = self._fresh.get(press)
        return fresh[1] if fresh is not None else self._remembered.get(press)

    def ripe(self) -> Iterator[int]:
        """The numbers of the replies that have surely arrived: their rows have served."""
        until = self._now() - RIPE_SECONDS
        while self._fresh and next(iter(self._fresh.values()))[0] <= until:
            press, (_, reply) = self._fresh.popitem(last=False)
            self._remember(press, reply)
            yield reply.id

    def _remember(self, press: object, reply: Reply) -> None:
        self._remembered[press] = reply
        if len(self._remembered) > MOST_REMEMBERED:
            self._remembered.popitem(last=False)
