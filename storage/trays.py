"""The doors' trays: updates that came in, replies that must go out, pictures to send, slow work to do."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import cache
from itertools import chain
from typing import Any

import sqlalchemy as sa

from participation.model.message import Reply
from participation.ports.trays import Arrival, DeadLetter, Job
from storage.json_text import pack, unpack
from storage.moments import moment, moment_if, ticks
from storage.rows import count, given, insert, select
from storage.statements import Session, Statement
from storage.tables.trays import INBOX, JOB, PICTURE, PULSE, REPLY
from storage.tables.workshops import ACTIVITY

_NAMED = (INBOX.c.bot_id == given("bot"), INBOX.c.update_id == given("number"))
_ARRIVE = Statement(
    sa.text(
        "INSERT INTO inbox (bot_id, update_id, body, state, attempts, problem, received_at) "
        "VALUES (:bot, :number, :body, 'new', 0, '', :now) ON CONFLICT (bot_id, update_id) DO NOTHING"
    )
)
_DEALT_WITH = Statement(
    sa.text(
        "INSERT INTO inbox (bot_id, update_id, body, state, attempts, problem, received_at) "
        "VALUES (:bot, :number, '', 'done', 0, '', :now) ON CONFLICT (bot_id, update_id) DO NOTHING"
    )
)
_WAITING = Statement(
    sa.select(INBOX.c.bot_id, INBOX.c.update_id, INBOX.c.body, INBOX.c.attempts)
    .where(INBOX.c.state == "new")
    .order_by(INBOX.c.id)
    .limit(given("most"))
)
# Done, it has nothing personal left: only its number stays, so that a repeated update is known.
_DONE = Statement(sa.update(INBOX).where(*_NAMED).values(state="done", body=""))
_FAILED = Statement(
    sa.update(INBOX)
    .where(*_NAMED)
    .values(
        attempts=INBOX.c.attempts + 1,
        problem=given("said"),
        state=sa.case((INBOX.c.attempts + 1 >= given("most"), "dead"), else_=INBOX.c.state),
    )
    .returning(INBOX.c.state)
)
_DEAD = count(INBOX.c.state == "dead", of=INBOX)
_DEAD_LETTERS = Statement(
    sa.select(INBOX.c.id, INBOX.c.update_id, INBOX.c.body, INBOX.c.problem, INBOX.c.received_at)
    .where(INBOX.c.state == "dead")
    .order_by(INBOX.c.id)
    .limit(given("most"))
)
# Without its words there is nothing to try.
_REVIVE = Statement(
    sa.update(INBOX)
    .where(INBOX.c.id == given("letter"), INBOX.c.state == "dead", INBOX.c.body != "")
    .values(state="new", attempts=0, problem="")
)


class SqlInbox:
    """Updates, each kept once."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, bot_id: int, update_id: int, body: str, now: datetime) -> bool:
        return self._session.run(_ARRIVE, bot=bot_id, number=update_id, body=body, now=ticks(now)) == 1

    def take(self, bot_id: int, update_id: int, now: datetime) -> bool:
        return self._session.run(_DEALT_WITH, bot=bot_id, number=update_id, now=ticks(now)) == 1

    def waiting(self, limit: int) -> Sequence[Arrival]:
        return [Arrival(*row) for row in self._session.all(_WAITING, most=limit)]

    def done(self, bot_id: int, update_id: int) -> None:
        self._session.run(_DONE, bot=bot_id, number=update_id)

    def failed(self, bot_id: int, update_id: int, problem: str, most: int) -> bool:
        return bool(self._session.value(_FAILED, bot=bot_id, number=update_id, said=problem, most=most) == "dead")

    def dead(self) -> int:
        found: int = self._session.value(_DEAD)
        return found

    def dead_letters(self, limit: int) -> Sequence[DeadLetter]:
        rows = self._session.all(_DEAD_LETTERS, most=limit)
        return [DeadLetter(number, update, body, said, moment(at)) for number, update, body, said, at in rows]

    def revive(self, numbers: Iterable[int]) -> int:
        return self._session.many(_REVIVE, [{"letter": number} for number in numbers])


_QUEUE = Statement(
    sa.text(
        "INSERT INTO reply (address, lane, key, body, state, attempts, created_at, not_before) "
        "VALUES (:address, :lane, :key, :body, 'waiting', 0, :now, 0)"
    )
)
MOST_ROWS = 32
"""Replies written by one statement: its parameters stay far from the databases' limits."""


@cache
def _claimed_rows(count: int) -> Statement:
    rows = (f"(:address{i}, :lane{i}, :key{i}, :body{i}, 'taken', 1, :now{i}, :now{i})" for i in range(count))
    columns = "address, lane, key, body, state, attempts, created_at, not_before"
    return Statement(sa.text(f"INSERT INTO reply ({columns}) VALUES {', '.join(rows)} RETURNING id"))  # noqa: S608 -- no value in it


@cache
def _claimed_names(count: int) -> Sequence[str]:
    return [f"{name}{i}" for i in range(count) for name in ("address", "lane", "key", "body", "now")]


def _claimed_values(drawn: "Sequence[Drawn]") -> dict[str, Any]:
    values = ((address, lane, key, body, ticks(now)) for address, lane, body, now, key in drawn)
    return dict(zip(_claimed_names(len(drawn)), chain.from_iterable(values), strict=True))


_REPLACE = Statement(
    sa.update(REPLY)
    .where(REPLY.c.address == given("to"), REPLY.c.key == given("name"), REPLY.c.state == "waiting")
    .values(body=given("text"), created_at=given("now"))
    .returning(REPLY.c.id)
)
_READY = Statement(
    sa.select(
        REPLY.c.id, REPLY.c.address, REPLY.c.lane, REPLY.c.body, REPLY.c.attempts, REPLY.c.created_at, REPLY.c.key
    )
    .where(REPLY.c.state == "waiting", REPLY.c.not_before <= given("now"))
    .order_by(REPLY.c.id)
    .limit(given("most"))
)
_CLAIM = Statement(
    sa.update(REPLY).where(REPLY.c.id == given("reply")).values(state="taken", attempts=REPLY.c.attempts + 1)
)
_SENT = Statement(sa.delete(REPLY).where(REPLY.c.id == given("reply")))
# A newer reply of the same key may have been queued since: the older one then has nothing more to say.
_SUPERSEDED = Statement(
    sa.text(
        "DELETE FROM reply WHERE id = :reply AND key IS NOT NULL AND EXISTS (SELECT 1 FROM reply AS newer "
        "WHERE newer.address = reply.address AND newer.key = reply.key AND newer.id > reply.id)"
    )
)
# One of the same key may be waiting for its delay to pass: sent later, it would put an old text over a new one.
_OVERTAKEN = Statement(
    sa.delete(REPLY).where(REPLY.c.address == given("to"), REPLY.c.key == given("name"), REPLY.c.state == "waiting")
)
_AGAIN = Statement(
    sa.update(REPLY).where(REPLY.c.id == given("reply")).values(state="waiting", not_before=given("moment"))
)
_TAKEN = Statement(sa.select(REPLY.c.id).where(REPLY.c.state == "taken").order_by(REPLY.c.id))


Drawn = tuple[int, str, str, datetime, str | None]
"""A claimed reply not written yet: address, lane, body, moment, key."""


class SqlReplies:
    """Answers on their way out."""

    def __init__(self, session: Session, queued: Callable[[str], None]) -> None:
        self._session = session
        self._queued = queued
        self._drawn: list[Drawn] | None = None

    def add(self, address: int, lane: str, body: str, now: datetime, key: str | None = None) -> None:
        if self._drawn is not None:
            self._drawn.append((address, lane, body, now, key))
            return
        if key is not None and self._session.all(_REPLACE, to=address, name=key, text=body, now=ticks(now)):
            return
        self._queued("replies")
        self._session.run(_QUEUE, address=address, lane=lane, key=key, body=body, now=ticks(now))

    @contextmanager
    def claiming(self) -> Iterator[list[Reply]]:
        claimed: list[Reply] = []
        drawn: list[Drawn] = []
        self._drawn = drawn
        try:
            yield claimed
        finally:
            self._drawn = None
        claimed += self._claim(drawn)

    def _claim(self, drawn: Sequence[Drawn]) -> list[Reply]:
        """Write them, as many in one statement as there are powers of two: each statement is compiled once."""
        claimed: list[Reply] = []
        self._session.many(_OVERTAKEN, [{"to": to, "name": key} for to, _, _, _, key in drawn if key is not None])
        while drawn:
            size = min(MOST_ROWS, 1 << (len(drawn).bit_length() - 1))
            part, drawn = drawn[:size], drawn[size:]
            # Numbers are given in the order of the rows; the order in which they come back is promised by nobody.
            numbers = sorted(row[0] for row in self._session.all(_claimed_rows(size), **_claimed_values(part)))
            claimed += [
                Reply(n, to, lane, body, 1, at, key) for n, (to, lane, body, at, key) in zip(numbers, part, strict=True)
            ]
        return claimed

    def take(self, limit: int, now: datetime) -> Sequence[Reply]:
        rows = self._session.all(_READY, most=limit, now=ticks(now))
        self._session.many(_CLAIM, [{"reply": row[0]} for row in rows])
        return [Reply(i, to, lane, body, tries + 1, moment(at), key) for i, to, lane, body, tries, at, key in rows]

    def sent(self, reply_ids: Iterable[int]) -> None:
        self._session.many(_SENT, [{"reply": number} for number in reply_ids])

    def again(self, reply_id: int, not_before: datetime) -> None:
        if not self._session.run(_SUPERSEDED, reply=reply_id):
            self._session.run(_AGAIN, reply=reply_id, moment=ticks(not_before))

    def resume(self) -> int:
        taken = [row[0] for row in self._session.all(_TAKEN)]
        for number in taken:
            self.again(number, moment(0))
        return len(taken)


_KEEP = insert(PICTURE)
_PICTURE = Statement(sa.select(PICTURE.c.name, PICTURE.c.content).where(PICTURE.c.id == given("id")))


class SqlPictures:
    """Pictures and documents to be sent."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, name: str, content: bytes, now: datetime) -> int:
        number: int = self._session.value(_KEEP, name=name, content=content, created_at=ticks(now))
        return number

    def get(self, picture_id: int) -> tuple[str, bytes] | None:
        row = self._session.one(_PICTURE, id=picture_id)
        return (row[0], bytes(row[1])) if row else None


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
_GIVEN_UP = Statement(sa.delete(JOB).where(JOB.c.state == "running", JOB.c.attempts >= given("most")))
_JOBS_AGAIN = Statement(sa.update(JOB).where(JOB.c.state == "running").values(state="waiting"))


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
        number, kind, activity, person, details, _, attempts, _ = row
        return Job(number, kind, activity, person, unpack(details), attempts + 1)

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

    def resume(self, most_attempts: int) -> int:
        self._session.run(_GIVEN_UP, most=most_attempts)
        return self._session.run(_JOBS_AGAIN)


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
