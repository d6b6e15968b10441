"""Named places where the bot kills itself: planted by the nursery alone, so that the product carries nothing of it.

`PALABRE_CRASH_AT=name:n` means kill -9 at the n-th pass of that place:

turn            an update's effect is written, nothing is committed
committed       after a commit, before anybody is told: no offset moved, no 200, no reply
taken           after the intake, before the offset moves or the 200
reply           a reply is claimed, not sent
reply-sent      a reply is sent, not settled
answer          the response to a webhook's post is about to carry an answer
answered        it was handed over, not settled
settling        replies that are gone are deleted, nothing is committed
broadcast       a delivery is claimed, not sent
broadcast-sent  a delivery is sent, not settled
close           an activity is closed, nothing is committed
recover         the repair after an outage is written, nothing is committed
migration       between two statements of a migration
"""

import os
import signal
from collections.abc import Callable, Mapping
from typing import Any

import sqlalchemy as sa

import app.alarms
import bot.broadcasting
import bot.conversation
import bot.gathering
import bot.intake
import bot.posting
import storage.replies
import storage.writer
from participation.actions import activities

Passed = Callable[[], None]


def plant(environ: Mapping[str, str]) -> None:
    """Plant the one crash that the environment asks for, if any."""
    name, _, count = environ.get("PALABRE_CRASH_AT", "").partition(":")
    if name:
        PLACES[name](_fuse(int(count or 1)))


def _fuse(passes: int) -> Passed:
    left = passes

    def passed() -> None:
        nonlocal left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    return passed


def _after(owner: Any, name: str) -> Callable[[Passed], None]:
    """Die once a plain function has done its work."""

    def at(passed: Passed) -> None:
        original = getattr(owner, name)

        def dying(*given: Any, **named: Any) -> Any:
            result = original(*given, **named)
            passed()
            return result

        setattr(owner, name, dying)

    return at


def _around(owner: Any, name: str, *, before: bool) -> Callable[[Passed], None]:
    """Die before or after a coroutine has done its work."""

    def at(passed: Passed) -> None:
        original = getattr(owner, name)

        async def dying(*given: Any, **named: Any) -> Any:
            if before:
                passed()
            result = await original(*given, **named)
            if not before:
                passed()
            return result

        setattr(owner, name, dying)

    return at


def _between_statements(passed: Passed) -> None:
    """Only migrations and copies use an engine; everything else runs on the driver."""
    sa.event.listen(sa.Engine, "before_cursor_execute", lambda *_: passed())


PLACES: Mapping[str, Callable[[Passed], None]] = {
    "turn": _after(bot.conversation.Conversation, "turn"),
    "committed": _after(storage.writer.Writer, "_commit"),
    "taken": _around(bot.intake.Intake, "keep", before=False),
    "reply": _around(bot.posting.Poster, "_send", before=True),
    "reply-sent": _around(bot.posting.Poster, "_send", before=False),
    "answer": _after(bot.gathering.Answer, "in_response"),
    "answered": _after(bot.posting.Poster, "gave"),
    "settling": _after(storage.replies.SqlReplies, "sent"),
    "broadcast": _around(bot.broadcasting.Broadcaster, "_send", before=True),
    "broadcast-sent": _around(bot.broadcasting.Broadcaster, "_send", before=False),
    "close": _after(activities, "_close"),
    "recover": _after(app.alarms, "recover"),
    "migration": _between_statements,
}
