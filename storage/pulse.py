"""When this installation was last known to be alive."""

from datetime import datetime

import sqlalchemy as sa

from storage.moments import moment_if, ticks
from storage.statements import Session, Statement
from storage.tables.trays import PULSE

_PULSE = Statement(sa.select(PULSE.c.at).where(PULSE.c.id == 1))
_BEAT = Statement(
    sa.text("INSERT INTO pulse (id, at) VALUES (1, :now) ON CONFLICT (id) DO UPDATE SET at = excluded.at")
)


class SqlPulse:
    """When this installation was last known to be alive."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self) -> datetime | None:
        return moment_if(self._session.value(_PULSE))

    def set(self, now: datetime) -> None:
        self._session.run(_BEAT, now=ticks(now))
