"""getUpdates: short and long polls, one poller at a time."""

import asyncio
from collections.abc import Callable
from typing import Any, Final

from rehearsal.botapi.errors import ApiError, conflict
from rehearsal.botapi.methods.call import Call

_LONGEST_POLL: Final = 50
_OTHER_POLL: Final = "other getUpdates request; make sure that only one bot instance is running"
_WEBHOOK_ACTIVE: Final = (
    "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)


async def get_updates(call: Call) -> list[dict[str, Any]]:
    bot, parameters = call.bot, call.parameters
    if bot.webhook is not None:
        raise await _paced_conflict(call, _WEBHOOK_ACTIVE)
    bot.queue.allow(parameters.json("allowed_updates", "allowed_updates"))
    limit = parameters.bounded("limit", 100, 1, 100)
    timeout = parameters.bounded("timeout", 0, 0, _LONGEST_POLL)
    bot.end_poll(_OTHER_POLL)
    _confirm(call, parameters.integer("offset"))
    found = bot.queue.first(limit)
    if not found and timeout:
        await _wait(call, timeout)
        found = bot.queue.first(limit)
    return [pending.body for pending in found]


def _confirm(call: Call, offset: int) -> None:
    if offset > 0:
        call.bot.queue.confirm_before(offset)
    elif offset < 0:
        call.bot.queue.keep_last(-offset)


async def _wait(call: Call, seconds: float) -> None:
    """Until an update arrives, or another request takes the place: then 409."""
    bot = call.bot
    poll = bot.poll = asyncio.Event()
    bot.poll_ended_by = ""
    try:
        await bot.queue.arrival(poll, seconds)
        taken_by = bot.poll_ended_by if bot.poll is poll else _OTHER_POLL
    finally:
        if bot.poll is poll:
            bot.poll = None
    if taken_by:
        raise await _paced_conflict(call, f"terminated by {taken_by}")


async def _paced_conflict(call: Call, sentence: str) -> ApiError:
    """A 409, three seconds late when another was given just before: two pollers must not spin."""
    now = call.api.clock.now()
    if now < call.bot.next_conflict_at:
        await call.api.clock.sleep(3.0)
    else:
        call.bot.next_conflict_at = now + 3.0
    return conflict(sentence)


METHODS: Final[dict[str, Callable[[Call], Any]]] = {"getUpdates": get_updates}
