"""Asks Telegram for updates and moves on only once they are committed."""

import asyncio
import contextlib
import logging
import time
from collections import deque
from collections.abc import Awaitable, Callable

from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from bot.connection import Line
from bot.intake import Intake
from bot.outcomes import outcome_of
from bot.pace import Patience

log = logging.getLogger(__name__)

KINDS = ["message", "edited_message", "callback_query", "my_chat_member"]
"""What we ask Telegram for; anything else is not sent to us."""
WAIT = 25.0
"""Seconds a long poll stays open when nothing arrives."""
ENOUGH_CONFLICTS = 3
CONFLICTS_WITHIN = 120.0
BREATH = 0.25
"""Seconds before asking again a server that has nothing and does not wait: some emulators answer at once."""


class Poller:
    """getUpdates → inbox, effect and reply in one commit → next offset."""

    def __init__(
        self, line: Line, intake: Intake, store_trouble: type[Exception], robbed: Callable[[], Awaitable[object]]
    ) -> None:
        """`robbed` is awaited when another program receives what is meant for us, and goes on doing so."""
        self._robbed = robbed
        self._line = line
        self._intake = intake
        self._store_trouble = store_trouble
        self._patience = Patience()
        self._offset: int | None = None
        self._conflicts: deque[float] = deque(maxlen=ENOUGH_CONFLICTS)

    async def run(self) -> None:
        """Poll until cancelled. A failure waits and asks again from the same offset: nothing is skipped."""
        while True:
            try:
                asked = time.monotonic()
                updates = await self._line.updates(self._offset, WAIT, KINDS)
                if updates:
                    await self._intake.accept(updates)
                    self._offset = updates[-1]["update_id"] + 1
                elif time.monotonic() - asked < BREATH:
                    await asyncio.sleep(BREATH)
            except TelegramError as problem:
                _tell(problem)
                await self._count(problem)
                await self._patience.failed(outcome_of(problem).pause.total_seconds())
            except self._store_trouble as problem:
                log.error("updates cannot be kept for the moment (%s): they wait at Telegram", problem)
                await self._patience.failed()
            else:
                self._patience.succeeded()

    async def _count(self, problem: TelegramError) -> None:
        """One conflict is our own former life that hangs up; several are somebody else, even if we win in between."""
        if not isinstance(problem, Conflict):
            return
        self._conflicts.append(time.monotonic())
        if len(self._conflicts) == ENOUGH_CONFLICTS and self._conflicts[-1] - self._conflicts[0] < CONFLICTS_WITHIN:
            with contextlib.suppress(self._store_trouble):
                await self._robbed()


def _tell(problem: TelegramError) -> None:
    match problem:
        case Conflict():
            log.error("another program polls with this bot's token, or a webhook is set: only one may receive updates")
        case InvalidToken():
            log.error("Telegram refuses this bot's token: check PALABRE__TELEGRAM__TOKEN")
        case RetryAfter():
            log.warning("Telegram asks to slow down: waiting")
        case _:
            log.warning("Telegram cannot be reached (%s): trying again", type(problem).__name__)
