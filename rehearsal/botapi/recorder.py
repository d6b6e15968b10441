"""Every request a bot made and the answer it got, and exact counts of them."""

from collections import Counter, deque
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Recorded:
    """One call: `parameters` as received, `answer` the whole JSON object (None when the connection was cut)."""

    at: float
    bot_id: int
    method: str
    parameters: dict[str, Any]
    files: tuple[str, ...]
    status: int
    answer: dict[str, Any] | None


class Recorder:
    """Keeps the last `kept` calls (None: all of them; 0: none); `counts` goes by (method, status)."""

    def __init__(self, kept: int | None = 10_000) -> None:
        self.calls: deque[Recorded] = deque(maxlen=kept)
        self.counts: Counter[tuple[str, int]] = Counter()
        self._listeners: list[Callable[[Recorded], None]] = []

    def add(
        self,
        at: float,
        bot_id: int,
        method: str,
        parameters: Mapping[str, Any],
        files: Collection[str],
        status: int,
        answer: dict[str, Any] | None,
    ) -> None:
        """Count one call, and keep it if somebody may look at it."""
        self.counts[method, status] += 1
        if not self._listeners and self.calls.maxlen == 0:
            return
        recorded = Recorded(at, bot_id, method, dict(parameters), tuple(files), status, answer)
        self.calls.append(recorded)
        for listener in self._listeners:
            listener(recorded)

    def listen(self, listener: Callable[[Recorded], None]) -> None:
        self._listeners.append(listener)

    def of(self, method: str) -> list[Recorded]:
        """The kept calls of one method, oldest first."""
        return [recorded for recorded in self.calls if recorded.method.lower() == method.lower()]
