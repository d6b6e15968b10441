"""Claims about answers given in a webhook's own response."""

from datetime import UTC, datetime

from bot.responses import MOST_REMEMBERED, RIPE_SECONDS, Responses
from participation.model.message import Reply

NOON = datetime(2026, 11, 27, 12, tzinfo=UTC)


class Hands:
    """A clock moved by hand."""

    def __init__(self) -> None:
        self.seconds = 100.0

    def __call__(self) -> float:
        return self.seconds


def reply(number: int) -> Reply:
    return Reply(number, 1, "answer", "{}", 1, NOON)


def test_an_answer_is_let_go_in_its_time_and_remembered_after() -> None:
    clock = Hands()
    responses = Responses(clock)
    responses.keep("a", reply(1))
    clock.seconds += RIPE_SECONDS / 2
    responses.keep("b", reply(2))
    assert list(responses.ripe()) == []
    clock.seconds += RIPE_SECONDS / 2
    assert list(responses.ripe()) == [1]
    assert [responses.of(press) for press in ("a", "b", "c")] == [reply(1), reply(2), None]


def test_an_answer_given_again_waits_again() -> None:
    clock = Hands()
    responses = Responses(clock)
    responses.keep("a", reply(1))
    responses.keep("b", reply(2))
    clock.seconds += RIPE_SECONDS - 0.1
    responses.keep("a", reply(1))
    clock.seconds += 0.1
    assert list(responses.ripe()) == [2]
    clock.seconds += RIPE_SECONDS
    assert list(responses.ripe()) == [1]


def test_what_is_remembered_has_a_limit() -> None:
    clock = Hands()
    responses = Responses(clock)
    for number in range(MOST_REMEMBERED + 3):
        responses.keep(number, reply(number))
    clock.seconds += RIPE_SECONDS
    assert len(list(responses.ripe())) == MOST_REMEMBERED + 3
    assert [responses.of(press) is None for press in (0, 2, 3)] == [True, True, False]
