"""Breakdowns on demand: floods, server errors, latency, connections cut before or after the effect."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Final

from rehearsal.botapi.clock import Clock
from rehearsal.botapi.errors import ApiError, ConnectionCut, too_many_requests

WEBHOOK: Final = "webhook"
"""Not a method: the name of the posts to the bot's own address, which only cuts concern."""
KINDS: Final = ("flood", "server_error", "latency", "cut_before", "cut_after")
_PHRASES: Final = {500: "Internal Server Error", 502: "Bad Gateway", 503: "Service Unavailable", 504: "Gateway Timeout"}


@dataclass(frozen=True, slots=True)
class Fault:
    """`kind`: flood (429 with `retry_after`), server_error (`status` 5xx), latency (`seconds`), cut_before or
    cut_after the effect. Empty `method` means all of them, "webhook" the posts to the bot's own address (cut_after: its
    answer is lost); `chat_id` None is every chat; it strikes `times` times (None: for ever), each time with `probability`."""

    kind: str
    method: str = ""
    chat_id: int | None = None
    times: int | None = 1
    probability: float = 1.0
    retry_after: int = 1
    seconds: float = 0.0
    status: int = 502

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"A fault is one of {', '.join(KINDS)}, not {self.kind!r}.")


class Faults:
    """The faults in force; which requests they strike depends on the seed alone."""

    def __init__(self, clock: Clock, random: Random) -> None:
        self._clock = clock
        self._random = random
        self._left: dict[Fault, int | None] = {}
        self.struck = 0

    @property
    def active(self) -> bool:
        return bool(self._left)

    def add(self, fault: Fault) -> None:
        self._left[fault] = fault.times

    def clear(self) -> None:
        self._left.clear()

    async def before(self, method: str, chat_id: str) -> None:
        """Strike before the effect: wait, or raise the error the client will see."""
        for fault in self._struck(method, chat_id, after=False):
            if fault.kind == "latency":
                await self._clock.sleep(fault.seconds)
            elif fault.kind == "flood":
                raise too_many_requests(fault.retry_after)
            elif fault.kind == "server_error":
                raise ApiError(fault.status, _PHRASES.get(fault.status, "Internal Server Error"))
            else:
                raise ConnectionCut(after_effect=False)

    def after(self, method: str, chat_id: str) -> None:
        """Strike once the request is obeyed: the client will not see the answer."""
        for _ in self._struck(method, chat_id, after=True):
            raise ConnectionCut(after_effect=True)

    def cut_post(self, *, after: bool) -> None:
        """Strike a post to the bot's own address: raise what a connection that ends raises."""
        kind = "cut_after" if after else "cut_before"
        for fault in list(self._left):
            if fault.method == WEBHOOK and fault.kind == kind and self._strikes(fault):
                raise ConnectionResetError("a fault cut the post")

    def _struck(self, method: str, chat_id: str, *, after: bool) -> Iterator[Fault]:
        for fault in list(self._left):
            concerned = (
                (fault.kind == "cut_after") == after
                and fault.method.lower() in ("", method)
                and (fault.chat_id is None or str(fault.chat_id) == chat_id)
            )
            if concerned and self._strikes(fault):
                yield fault

    def _strikes(self, fault: Fault) -> bool:
        if fault.probability < 1 and self._random.random() >= fault.probability:
            return False
        self.struck += 1
        left = self._left[fault]
        if left is not None:
            if left <= 1:
                del self._left[fault]
            else:
                self._left[fault] = left - 1
        return True
