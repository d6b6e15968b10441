"""The clock of the wall: aware, UTC."""

from datetime import UTC, datetime


class SystemClock:
    """What time it is on this machine."""

    def now(self) -> datetime:
        return datetime.now(UTC)
