"""Slow work that waits for the analysis engine."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

import sqlalchemy as sa

from participation.ports.trays import Job
from storage.json_text import pack, unpack
from storage.moments import ticks
from storage.rows import given, insert, select
from storage.statements import Row, Session, Statement
from storage.tables.trays import JOB
from storage.tables.workshops import ACTIVITY

_SAME_PERSON = sa.or_(JOB.c.asked_by == given("person"), sa.and_(JOB.c.asked_by.is_(None), given("nobody") == 1))
_ASKED = Statement(
    sa.select(JOB.c.id).where(
        JOB.c.kind == given("kind"), JOB.c.activity_id == given("activity"), JOB.c.state == "waiting", _SAME_PERSON
    )
)
_PENDING = Statement(sa.select(JOB.c.id).where(JOB.c.kind == given("kind"), JOB.c.activity_id == given("activity")))
_ASK = insert(JOB)
_RUNNING, _ITS_ACTIVITY, _ACTIVITY = JOB.alias("running"), ACTIVITY.alias("its_activity"), ACTIVITY.alias("of_job")
_BUSY_WORKSHOPS = sa.select(_ITS_ACTIVITY.c.workshop_id).where(
    _RUNNING.c.state == "running", _ITS_ACTIVITY.c.id == _RUNNING.c.activity_id
)
_NEXT_JOB = select(
    JOB,
    JOB.c.state == "waiting",
    sa.select(_ACTIVITY.c.workshop_id)
    .where(_ACTIVITY.c.id == JOB.c.activity_id)
    .scalar_subquery()
    .not_in(_BUSY_WORKSHOPS),
    order=[JOB.c.id],
    limit=1,
)
_IN_HAND = Statement(sa.select(JOB.c.id).where(JOB.c.state == "running"))
_STOP = Statement(sa.delete(JOB).where(JOB.c.activity_id == given("activity"), JOB.c.kind == given("kind")))
_START = Statement(sa.update(JOB).where(JOB.c.id == given("job")).values(state="running", attempts=JOB.c.attempts + 1))
_JOB_DONE = Statement(sa.delete(JOB).where(JOB.c.id == given("id")))
_JOBS_AGAIN = Statement(
    sa.update(JOB).where(JOB.c.state == "running", JOB.c.attempts < given("most")).values(state="waiting")
)
# What is left after that was tried too often.
_LEFT_RUNNING = select(JOB, JOB.c.state == "running", order=[JOB.c.id])


class SqlJobs:
    """Slow work."""

    def __init__(self, session: Session, queued: Callable[[str], None]) -> None:
        self._session = session
        self._queued = queued

    def add(
        self, kind: str, activity_id: int, asked_by: int | None, details: Mapping[str, object], now: datetime
    ) -> None:
        same = {"kind": kind, "activity": activity_id, "person": asked_by or 0, "nobody": int(asked_by is None)}
        if self._session.one(_ASKED, **same) is not None:
            return
        self._session.run(
            _ASK,
            kind=kind,
            activity_id=activity_id,
            asked_by=asked_by,
            details=pack(details),
            state="waiting",
            attempts=0,
            created_at=ticks(now),
        )
        self._queued("jobs")

    def take(self, now: datetime) -> Job | None:
        row = self._session.one(_NEXT_JOB)
        if row is None:
            return None
        self._session.run(_START, job=row[0])
        return replace(_job(row), attempts=row[6] + 1)

    def running(self) -> set[int]:
        return {number for (number,) in self._session.all(_IN_HAND)}

    def done(self, job_id: int) -> None:
        self._session.run(_JOB_DONE, id=job_id)

    def stop(self, activity_id: int, kind: str) -> int:
        stopped = self._session.run(_STOP, activity=activity_id, kind=kind)
        self._queued("jobs")
        return stopped

    def is_pending(self, kind: str, activity_id: int) -> bool:
        return self._session.one(_PENDING, kind=kind, activity=activity_id) is not None

    def resume(self, most_attempts: int) -> Sequence[Job]:
        self._session.run(_JOBS_AGAIN, most=most_attempts)
        return [_job(row) for row in self._session.all(_LEFT_RUNNING)]


def _job(row: Row) -> Job:
    number, kind, activity, person, details, _, attempts, _ = row
    return Job(number, kind, activity, person, unpack(details), attempts)
