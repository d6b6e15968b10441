"""Times as facilitators type them: understood, refused, or left alone because they are no times."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from participation.errors import TimePast, WrongTime
from participation.model.activity import Activity
from participation.model.when import Timing, next_at, take_timing, window_of
from participation.questions.kit import Question

PARIS, CAYENNE = ZoneInfo("Europe/Paris"), ZoneInfo("America/Cayenne")


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)


@pytest.mark.parametrize(
    ("typed", "timing"),
    [
        ("Q ? à 14:30", Timing(at=(14, 30))),
        ("Q ? à 14h30", Timing(at=(14, 30))),
        ("Q ? à 14 h", Timing(at=(14, 0))),
        ("Q ? à 9 heures", Timing(at=(9, 0))),
        ("Q ? at 2pm", Timing(at=(14, 0))),
        ("Q ? at 12am", Timing(at=(0, 0))),
        ("Q ? dans 5min", Timing(delay=minutes(5))),
        ("Q ? dans 5", Timing(delay=minutes(5))),
        ("Q ? in 5 minutes", Timing(delay=minutes(5))),
        ("Q ? dans 1h30", Timing(delay=minutes(90))),
        ("Q ? pendant 30 s", Timing(duration=minutes(0.5))),
        ("Q ? durant 2 jours", Timing(duration=timedelta(days=2))),
        ("Q ? dans 5 min pendant 10 min", Timing(delay=minutes(5), duration=minutes(10))),
        ("Q ? à 14:30, pendant 10 min", Timing(at=(14, 30), duration=minutes(10))),
        ("Q ? pendant 10 min à 14:30", Timing(at=(14, 30), duration=minutes(10))),
    ],
)
def test_plain_words_are_understood(typed: str, timing: Timing) -> None:
    assert take_timing(typed) == ("Q ?", timing)


@pytest.mark.parametrize(
    "text",
    [
        "Combien de bus passent de 2 à 3",
        "Il y en a 3",
        "Que faire dans 10 ans",
        "À quoi sert la maison du quartier",
        "Plus de médecins dans 5 communes",
        "Le 14 à la mairie",
    ],
)
def test_what_is_no_time_is_left_in_the_question(text: str) -> None:
    assert take_timing(text) == (text, Timing())


@pytest.mark.parametrize("text", ["À 18 h", "dans 2 h", "Dans 5 ans", "Pendant 10 min", "à 25:99"])
def test_an_option_may_be_a_time(text: str) -> None:
    assert take_timing(text, is_option=True) == (text, Timing())


@pytest.mark.parametrize(
    ("typed", "given"),
    [
        ("Q ? à 25:99", "à 25:99"),
        ("Q ? à 14", "à 14"),
        ("Q ? dans 5 mni", "dans 5 mni"),
        ("Q ? dans -5 min", "dans -5 min"),
        ("Q pendant 1,5 h", "pendant 1,5 h"),
        ("Q ? pendant 0 min", "pendant 0 min"),
        ("Q ? dans 400 jours", "dans 400 jours"),
        ("Q ? dans 5 min 30", "dans 5 min 30"),
    ],
)
def test_a_time_that_cannot_be_kept_is_refused_with_its_words(typed: str, given: str) -> None:
    with pytest.raises(WrongTime) as no:
        take_timing(typed)
    assert no.value.details == {"given": given}


def test_a_clock_time_is_the_workshops_not_the_machines() -> None:
    noon = datetime(2026, 7, 1, 12, 0, tzinfo=UTC)
    assert next_at((14, 30), PARIS, noon) == datetime(2026, 7, 1, 12, 30, tzinfo=UTC)
    assert next_at((14, 30), CAYENNE, noon) == datetime(2026, 7, 1, 17, 30, tzinfo=UTC)


def test_a_time_already_past_is_refused_not_put_off_to_tomorrow() -> None:
    evening = datetime(2026, 7, 1, 20, 0, tzinfo=UTC)
    with pytest.raises(TimePast):
        next_at((14, 30), PARIS, evening)


@pytest.mark.parametrize(
    ("now", "clock", "opens"),
    [
        # 29 March 2026: 02:30 does not exist in Paris; it is read as the moment 02:30 would have been, 03:30.
        (datetime(2026, 3, 28, 23, 0, tzinfo=UTC), (2, 30), datetime(2026, 3, 29, 1, 30, tzinfo=UTC)),
        # 25 October 2026: 02:30 comes twice; it is the first of the two.
        (datetime(2026, 10, 24, 22, 30, tzinfo=UTC), (2, 30), datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        (datetime(2028, 2, 29, 8, 0, tzinfo=UTC), (10, 0), datetime(2028, 2, 29, 9, 0, tzinfo=UTC)),
    ],
)
def test_the_nights_when_the_clock_changes(now: datetime, clock: tuple[int, int], opens: datetime) -> None:
    assert next_at(clock, PARIS, now) == opens


def test_a_draft_waits_from_its_launch_and_lasts_from_its_opening() -> None:
    now = datetime(2026, 7, 1, 12, 0, tzinfo=UTC)
    draft = Activity(1, 1, 1, Question("ideas", "Q ?"), now, None, delay_seconds=300, duration_seconds=600)
    window = window_of(draft, now + minutes(60))
    assert (window.opens_at, window.closes_at) == (now + minutes(65), now + minutes(75))


def test_a_draft_whose_hour_has_passed_is_refused_when_it_is_launched() -> None:
    now = datetime(2026, 7, 1, 12, 0, tzinfo=UTC)
    draft = Activity(1, 1, 1, Question("ideas", "Q ?"), now, None, at=now + minutes(5))
    with pytest.raises(TimePast):
        window_of(draft, now + minutes(6))
