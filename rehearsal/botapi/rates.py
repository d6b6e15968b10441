"""Telegram's sending limits, when a rehearsal wants to feel them: off unless asked for."""

import math
from dataclasses import dataclass

from rehearsal.botapi.clock import Clock
from rehearsal.botapi.errors import too_many_requests


@dataclass(frozen=True, slots=True)
class RateLimits:
    """Messages per second over all chats, per second in one private chat (after a short burst), per minute in
    one group. Over it: 429 with the time to wait."""

    overall_per_second: float = 30.0
    overall_burst: int = 30
    chat_per_second: float = 1.0
    chat_burst: int = 5
    group_per_minute: float = 20.0
    group_burst: int = 20


class Rates:
    """Leaky buckets: for each, the moment at which it will be empty again."""

    def __init__(self, limits: RateLimits, clock: Clock) -> None:
        self._limits = limits
        self._clock = clock
        self._empty_at: dict[int, float] = {}

    def check(self, chat_id: int, messages: int = 1) -> None:
        """Count so many messages to a chat, or raise 429 and count nothing."""
        limits, group = self._limits, chat_id < 0
        interval = 60 / limits.group_per_minute if group else 1 / limits.chat_per_second
        burst = limits.group_burst if group else limits.chat_burst
        overall = 1 / limits.overall_per_second
        wait = max(
            self._wait(chat_id, interval, burst, messages), self._wait(0, overall, limits.overall_burst, messages)
        )
        if wait > 0:
            raise too_many_requests(math.ceil(wait))
        self._pour(chat_id, interval * messages)
        self._pour(0, overall * messages)

    def _wait(self, key: int, interval: float, burst: int, messages: int) -> float:
        level = max(self._empty_at.get(key, 0.0) - self._clock.now(), 0.0)
        return max(level + interval * min(messages, burst) - interval * burst, 0.0)

    def _pour(self, key: int, seconds: float) -> None:
        now = self._clock.now()
        self._empty_at[key] = max(self._empty_at.get(key, 0.0), now) + seconds
        if len(self._empty_at) > 10_000:
            self._empty_at = {key: at for key, at in self._empty_at.items() if at > now}
