"""Whether the line to Telegram works. While it fails, one call is tried now and then, and all the others wait for it."""

import asyncio
import time

from telegram.error import BadRequest, InvalidToken, NetworkError, TelegramError

ENOUGH = 3
"""Failures in a row after which the line is down: a single cut connection delays nobody."""
SHORTEST = 1.0
LONGEST = 5.0
"""Seconds between two attempts while it is down: a hall that gets its network back should not wait for us."""
REFUSED = 30.0
"""The same while Telegram refuses our token: only a person can repair that."""


class Health:
    """Shared by every call of a line, so that together they are never more than one a second while it fails."""

    def __init__(self) -> None:
        self._failures = 0
        self._pause = SHORTEST
        self._next = 0.0

    @property
    def is_up(self) -> bool:
        """Whether calls may be expected to arrive."""
        return self._failures < ENOUGH

    async def turn(self) -> None:
        """Wait for one's turn to call: at once while the line works."""
        while not self.is_up:
            wait = self._next - time.monotonic()
            if wait <= 0:
                self._next = time.monotonic() + self._pause
                return
            await asyncio.sleep(min(wait, SHORTEST))

    def succeeded(self) -> None:
        """Telegram answered."""
        self._failures = 0
        self._pause = SHORTEST

    def judge(self, problem: TelegramError) -> None:
        """A refusal is an answer too; silence, a server's error and a refused token are failures."""
        match problem:
            case InvalidToken():
                self._failures = ENOUGH
                self._pause = REFUSED
            case NetworkError() if not isinstance(problem, BadRequest):
                was_down = not self.is_up
                self._failures += 1
                self._pause = min(LONGEST, self._pause * 2) if was_down else SHORTEST
            case _:
                self.succeeded()
        if not self.is_up:
            self._next = max(self._next, time.monotonic() + self._pause)
