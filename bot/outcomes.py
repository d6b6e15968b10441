"""What Telegram says of a message, in the words of the rules: told, unreachable, wait, or give up."""

from dataclasses import replace
from datetime import timedelta

from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, NetworkError, RetryAfter, TelegramError

from participation.model.message import Fate, Outcome

GONE = ("chat not found", "user is deactivated", "peer_id_invalid", "bot can't initiate conversation", "user not found")
"""Literal pieces of Telegram's descriptions that mean: this person cannot be written to until they write."""

MOST_ATTEMPTS = 120
"""Failures of one message while other calls arrive, before it is given up: about an hour, at LONGEST seconds each."""
LONGEST = 30
"""Seconds between two attempts, at most, unless Telegram asks for more."""


def fate_of(problem: TelegramError, attempts: int, *, line_works: bool) -> Outcome:
    """What becomes of a message after this attempt. While the line is down nothing is given up: it is no message's fault."""
    outcome = outcome_of(problem)
    if outcome.fate is not Fate.WAITING or not outcome.counts:
        return outcome
    if line_works and attempts >= MOST_ATTEMPTS:
        return Outcome(Fate.FAILED, problem=outcome.problem)
    backoff = timedelta(seconds=min(LONGEST, 2**attempts))
    return replace(outcome, pause=max(outcome.pause, backoff), counts=line_works)


def outcome_of(problem: TelegramError) -> Outcome:
    """The fate of one attempt. WAITING may be tried again after `pause`; a BadRequest not listed is our own bug: FAILED."""
    match problem:
        case RetryAfter():
            wait = problem.retry_after
            span = wait if isinstance(wait, timedelta) else timedelta(seconds=wait)
            return Outcome(Fate.WAITING, problem="flood", pause=span, counts=False)
        case Forbidden():
            return Outcome(Fate.UNREACHABLE, problem=_short(problem))
        case BadRequest() if any(piece in problem.message.lower() for piece in GONE):
            return Outcome(Fate.UNREACHABLE, problem=_short(problem))
        case BadRequest() | ChatMigrated():
            return Outcome(Fate.FAILED, problem=_short(problem))
        case InvalidToken():
            return Outcome(Fate.WAITING, problem="token refused", pause=timedelta(seconds=60), counts=False)
        case NetworkError():
            return Outcome(Fate.WAITING, problem=_short(problem), pause=timedelta(seconds=1))
        case _:
            return Outcome(Fate.FAILED, problem=_short(problem))


def _short(problem: TelegramError) -> str:
    return problem.message[:200]
