"""What Telegram says of a message, in the words of the rules: told, unreachable, wait, or give up."""

from datetime import timedelta

from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, NetworkError, RetryAfter, TelegramError

from participation.model.message import Fate, Outcome

GONE = ("chat not found", "user is deactivated", "peer_id_invalid", "bot can't initiate conversation", "user not found")
"""Literal pieces of Telegram's descriptions that mean: this person cannot be written to until they write."""


def outcome_of(problem: TelegramError) -> Outcome:
    """The fate of one attempt. WAITING may be tried again after `pause`; a BadRequest not listed is our own bug: FAILED."""
    match problem:
        case RetryAfter():
            wait = problem.retry_after
            span = wait if isinstance(wait, timedelta) else timedelta(seconds=wait)
            return Outcome(Fate.WAITING, problem="flood", pause=span)
        case Forbidden():
            return Outcome(Fate.UNREACHABLE, problem=_short(problem))
        case BadRequest() if any(piece in problem.message.lower() for piece in GONE):
            return Outcome(Fate.UNREACHABLE, problem=_short(problem))
        case BadRequest() | ChatMigrated():
            return Outcome(Fate.FAILED, problem=_short(problem))
        case InvalidToken():
            return Outcome(Fate.WAITING, problem="token refused", pause=timedelta(seconds=60))
        case NetworkError():
            return Outcome(Fate.WAITING, problem=_short(problem), pause=timedelta(seconds=1))
        case _:
            return Outcome(Fate.FAILED, problem=_short(problem))


def _short(problem: TelegramError) -> str:
    return problem.message[:200]
