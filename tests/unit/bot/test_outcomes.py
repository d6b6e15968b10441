"""Claims about what becomes of a message that Telegram refuses."""

from datetime import timedelta

import pytest
from telegram.error import BadRequest, Forbidden, InvalidToken, NetworkError, RetryAfter, TelegramError, TimedOut

from bot.outcomes import outcome_of
from participation.model.message import Fate


def test_a_flood_waits_as_long_as_telegram_asks() -> None:
    outcome = outcome_of(RetryAfter(7))
    assert (outcome.fate, outcome.pause, outcome.problem) == (Fate.WAITING, timedelta(seconds=7), "flood")


@pytest.mark.parametrize(
    ("problem", "fate"),
    [
        (Forbidden("Forbidden: bot was blocked by the user"), Fate.UNREACHABLE),
        (BadRequest("Chat not found"), Fate.UNREACHABLE),
        (BadRequest("Forbidden: user is deactivated"), Fate.UNREACHABLE),
        (BadRequest("Can't parse entities"), Fate.FAILED),
        (InvalidToken("Unauthorized"), Fate.WAITING),
        (TimedOut(), Fate.WAITING),
        (NetworkError("Bad Gateway"), Fate.WAITING),
        (TelegramError("something new"), Fate.FAILED),
    ],
)
def test_only_the_persons_own_refusal_makes_them_unreachable(problem: TelegramError, fate: Fate) -> None:
    assert outcome_of(problem).fate is fate
