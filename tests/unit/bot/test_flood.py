"""One person in a hurry is warned once, then not heard until they slow down; nobody else waits for them."""

from datetime import UTC, datetime, timedelta

from bot.flood import Albums, Flood, Haste, Verdict

NOW = datetime(2026, 7, 1, tzinfo=UTC)


def verdicts(flood: Flood, sender: int, count: int, every: float, start: datetime = NOW) -> list[Verdict]:
    return [flood.judge(sender, n, start + timedelta(seconds=n * every)) for n in range(count)]


def test_fifty_messages_a_second_get_twenty_answers_and_one_warning() -> None:
    heard = verdicts(Flood(Haste(20, 10)), 1, 100, 0.02)
    assert heard == [Verdict.WELCOME] * 20 + [Verdict.WARN] + [Verdict.SILENCE] * 79


def test_a_fast_but_human_pace_is_always_welcome() -> None:
    assert set(verdicts(Flood(Haste(20, 10)), 1, 500, 0.6)) == {Verdict.WELCOME}


def test_slowing_down_is_enough_to_be_heard_again() -> None:
    flood = Flood(Haste(20, 10))
    verdicts(flood, 1, 60, 0.02)
    assert flood.judge(1, 999, NOW + timedelta(seconds=15)) is Verdict.WELCOME


def test_one_person_in_a_hurry_silences_nobody_else() -> None:
    flood = Flood(Haste(20, 10))
    verdicts(flood, 1, 60, 0.02)
    assert flood.judge(2, 1, NOW) is Verdict.WELCOME


def test_a_backlog_read_at_once_is_no_flood() -> None:
    """The times are those of the messages, not of the reading."""
    assert set(verdicts(Flood(Haste(20, 10)), 1, 40, 30)) == {Verdict.WELCOME}


def test_the_same_message_dealt_with_again_is_not_counted_twice() -> None:
    flood = Flood(Haste(20, 10))
    assert {flood.judge(1, 5, NOW) for _ in range(50)} == {Verdict.WELCOME}


def test_an_album_is_answered_once() -> None:
    albums = Albums()
    assert [albums.is_first("a", n) for n in (1, 2, 3, 1)] == [True, False, False, True]
    assert albums.is_first("b", 9)
