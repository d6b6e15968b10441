"""Moments as they are kept: whole microseconds since 1970, so that they compare and add up in SQL on any database."""

from datetime import UTC, datetime, timedelta
from functools import lru_cache

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SECOND = 1_000_000
_DAY = 86_400 * _SECOND


@lru_cache(maxsize=4096)  # all that happens in one turn happens at the same moment
def ticks(moment: datetime) -> int:
    """Microseconds since the epoch, exactly. A naive datetime is refused with a TypeError."""
    since = moment - EPOCH
    return since.days * _DAY + since.seconds * _SECOND + since.microseconds


def ticks_if(moment: datetime | None) -> int | None:
    """The same, for what may not have happened."""
    return None if moment is None else ticks(moment)


@lru_cache(maxsize=16_384)  # a hall reads the same few moments again and again
def moment(kept: int) -> datetime:
    """The aware UTC moment that was kept."""
    return EPOCH + timedelta(kept // _DAY, 0, kept % _DAY)


def moment_if(kept: int | None) -> datetime | None:
    """The same, for what may not have happened."""
    return None if kept is None else moment(kept)
