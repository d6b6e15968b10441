"""Why a command stops: one sentence for the person at the keyboard, and the exit code that goes with it."""

from __future__ import annotations

from typing import ClassVar


class CannotRun(Exception):
    """The command cannot go on. The message is one whole sentence that says what to do; nobody needs the traceback."""

    exit_code: ClassVar[int] = 1


class WrongSettings(CannotRun):
    """A setting is wrong or missing: the sentence names it, the line or variable it came from, and the remedy."""

    exit_code: ClassVar[int] = 2
