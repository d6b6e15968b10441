"""The updates a bot has not confirmed yet: numbered, dated, forgotten when their time is over."""

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice
from random import Random
from typing import Any, Final

from rehearsal.botapi.clock import Clock
from rehearsal.botapi.limits import CALLBACK_LIFETIME, MESSAGE_LIFETIME

UPDATE_KINDS: Final = frozenset(
    [
        "message",
        "edited_message",
        "channel_post",
        "edited_channel_post",
        "business_connection",
        "business_message",
        "edited_business_message",
        "deleted_business_messages",
        "guest_message",
        "message_reaction",
        "message_reaction_count",
        "inline_query",
        "chosen_inline_result",
        "callback_query",
        "shipping_query",
        "pre_checkout_query",
        "purchased_paid_media",
        "poll",
        "poll_answer",
        "my_chat_member",
        "chat_member",
        "chat_join_request",
        "chat_boost",
        "removed_chat_boost",
        "managed_bot",
    ]
)
_BY_DEFAULT: Final = UPDATE_KINDS - {"chat_member", "message_reaction", "message_reaction_count"}
_QUIET_WEEK: Final = 7 * 24 * 3600.0


@dataclass(frozen=True, slots=True, eq=False)
class Pending:
    """An update waiting to be confirmed; `key` is the queue that orders it in webhook delivery."""

    update_id: int
    kind: str
    body: dict[str, Any]
    key: tuple[str, int]
    expires_at: float


class UpdateQueue:
    """Ids grow by one, and start again at random after a quiet week, as Telegram's do."""

    def __init__(self, clock: Clock, random: Random) -> None:
        self._clock = clock
        self._random = random
        self._next_id = random.randrange(100_000_000, 900_000_000)
        self._last_at = clock.now()
        self._order: deque[Pending] = deque()
        self._live: set[int] = set()
        self._fading: dict[float, deque[Pending]] = {}
        self._waiters: set[asyncio.Event] = set()
        self.allowed = _BY_DEFAULT
        self.on_arrival: Callable[[Pending], None] | None = None

    def allow(self, kinds: object) -> None:
        """Set allowed_updates: None keeps the setting, an empty list is Telegram's default."""
        if isinstance(kinds, list):
            known = {kind for kind in kinds if isinstance(kind, str)} & UPDATE_KINDS
            self.allowed = frozenset(known) or _BY_DEFAULT

    def allowed_list(self) -> list[str]:
        """What getWebhookInfo shows: nothing when the default holds."""
        return [] if self.allowed == _BY_DEFAULT else sorted(self.allowed)

    def add(self, kind: str, content: dict[str, Any], key: tuple[str, int]) -> int | None:
        """Queue one update; None when the bot did not ask for its kind."""
        if kind not in self.allowed:
            return None
        now = self._clock.now()
        if now - self._last_at > _QUIET_WEEK:
            self._next_id = self._random.randrange(100_000_000, 900_000_000)
        self._last_at = now
        lifetime = CALLBACK_LIFETIME if kind == "callback_query" else MESSAGE_LIFETIME
        update_id, self._next_id = self._next_id, self._next_id + 1
        pending = Pending(update_id, kind, {"update_id": update_id, kind: content}, key, now + lifetime)
        self._order.append(pending)
        self._live.add(update_id)
        self._fading.setdefault(lifetime, deque()).append(pending)
        self._announce(pending)
        return update_id

    def _announce(self, pending: Pending) -> None:
        for waiter in self._waiters:
            waiter.set()
        if self.on_arrival is not None:
            self.on_arrival(pending)

    def _drop_expired(self) -> None:
        now = self._clock.now()
        for queue in self._fading.values():
            while queue and (queue[0].expires_at <= now or queue[0].update_id not in self._live):
                self._live.discard(queue.popleft().update_id)
        while self._order and self._order[0].update_id not in self._live:
            self._order.popleft()

    def confirm_before(self, offset: int) -> None:
        """getUpdates' positive offset: everything older has been received. An offset ahead of every id
        we know confirms nothing (ids may have started again)."""
        if not self._order or offset > self._next_id:
            return
        while self._order and self._order[0].update_id < offset:
            self._live.discard(self._order.popleft().update_id)

    def keep_last(self, count: int) -> None:
        """getUpdates' negative offset: all but the last `count` are forgotten."""
        waiting = self.waiting()
        for pending in waiting[: max(len(waiting) - count, 0)]:
            self.forget(pending.update_id)

    def forget(self, update_id: int) -> None:
        self._live.discard(update_id)

    def clear(self) -> None:
        self._order.clear()
        self._live.clear()
        self._fading.clear()

    def is_live(self, pending: Pending) -> bool:
        return pending.update_id in self._live and pending.expires_at > self._clock.now()

    def first(self, limit: int) -> list[Pending]:
        self._drop_expired()
        live = (pending for pending in self._order if pending.update_id in self._live)
        return list(islice(live, limit))

    def waiting(self) -> list[Pending]:
        return self.first(len(self._order))

    def __len__(self) -> int:
        self._drop_expired()
        return len(self._live)

    async def arrival(self, waiter: asyncio.Event, seconds: float) -> None:
        """Wait until an update arrives, the waiter is set by somebody else, or the time is over."""
        self._waiters.add(waiter)
        try:
            if not len(self):
                await self._clock.wait(waiter, seconds)
        finally:
            self._waiters.discard(waiter)
