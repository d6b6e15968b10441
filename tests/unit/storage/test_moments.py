"""A moment comes back exactly, keeps its order, and is never naive."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.moments import moment, moment_if, ticks, ticks_if

ZONES = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
MOMENTS = st.datetimes(min_value=datetime(2, 1, 1), max_value=datetime(9998, 12, 31), timezones=ZONES)  # noqa: DTZ001 - hypothesis adds the zone


@given(MOMENTS)
def test_a_moment_comes_back_to_the_microsecond_in_utc(at: datetime) -> None:
    back = moment(ticks(at))
    assert (back, back.tzinfo) == (at, UTC)


@given(MOMENTS, MOMENTS)
def test_kept_moments_compare_and_subtract_as_moments_do(one: datetime, other: datetime) -> None:
    apart = timedelta(microseconds=ticks(one) - ticks(other))
    assert (ticks(one) < ticks(other), apart) == (one < other, one - other)


def test_the_autumn_night_has_two_half_past_two() -> None:
    summer = datetime(2026, 10, 25, 2, 30, tzinfo=timezone(timedelta(hours=2)))
    winter = datetime(2026, 10, 25, 2, 30, tzinfo=timezone(timedelta(hours=1)))
    assert ticks(winter) - ticks(summer) == 3_600_000_000


def test_a_naive_moment_is_refused() -> None:
    with pytest.raises(TypeError):
        ticks(datetime(2026, 11, 22))  # noqa: DTZ001 - that is the claim


def test_what_did_not_happen_has_no_moment() -> None:
    assert (ticks_if(None), moment_if(None)) == (None, None)
