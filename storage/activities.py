"""Activities and the answers given to them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, replace
from datetime import datetime
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from participation.model.activity import Activity
from participation.questions.kit import Answer, Question
from storage.json_text import pack, pack_answer, unpack, unpack_answer
from storage.moments import moment, moment_if, ticks, ticks_if
from storage.rows import given, insert, select, update
from storage.statements import Row, Session, Statement
from storage.tables.contributions import ANSWER
from storage.tables.workshops import ACTIVITY, MEMBER

_GROUPED = ("grouped_at", "grouped_sentence")
"""Columns that belong to the grouping of ideas: an activity saved late must not undo a grouping."""

_OF_WORKSHOP = ACTIVITY.c.workshop_id == given("workshop")
_KEPT = ACTIVITY.c.discarded_at.is_(None)
_LAUNCHED = sa.and_(ACTIVITY.c.launched_at.is_not(None), _KEPT)
_BEGUN = sa.or_(ACTIVITY.c.opens_at <= given("now"), ACTIVITY.c.told_open_at.is_not(None))
_NOT_OVER = sa.and_(
    ACTIVITY.c.told_closed_at.is_(None), sa.or_(ACTIVITY.c.closes_at.is_(None), ACTIVITY.c.closes_at > given("now"))
)
_BY_OPENING = (ACTIVITY.c.opens_at, ACTIVITY.c.number)

_GET = select(ACTIVITY, ACTIVITY.c.id == given("id"))
_NEXT = Statement(sa.select(sa.func.coalesce(sa.func.max(ACTIVITY.c.number), 0) + 1).where(_OF_WORKSHOP))
_ADD = insert(ACTIVITY)
_SAVE = update(ACTIVITY, keep=_GROUPED)
_ALL = select(ACTIVITY, _OF_WORKSHOP, _KEPT, order=[ACTIVITY.c.number])
_OPEN = select(ACTIVITY, _OF_WORKSHOP, _LAUNCHED, _BEGUN, _NOT_OVER, order=_BY_OPENING)
_ANNOUNCED = select(ACTIVITY, _OF_WORKSHOP, _LAUNCHED, _NOT_OVER, order=_BY_OPENING)
_TO_OPEN = select(ACTIVITY, _LAUNCHED, ACTIVITY.c.told_open_at.is_(None), _BEGUN, _NOT_OVER, order=_BY_OPENING)
_TO_CLOSE = select(
    ACTIVITY,
    _LAUNCHED,
    ACTIVITY.c.told_closed_at.is_(None),
    ACTIVITY.c.closes_at <= given("now"),
    order=[ACTIVITY.c.closes_at],
)
_NEXT_OPENING = Statement(
    sa.select(sa.func.min(ACTIVITY.c.opens_at)).where(_LAUNCHED, ACTIVITY.c.opens_at > given("now"))
)
_NEXT_CLOSING = Statement(
    sa.select(sa.func.min(ACTIVITY.c.closes_at)).where(_LAUNCHED, ACTIVITY.c.closes_at > given("now"))
)
WORKSHOP_OF_ACTIVITY = Statement(sa.select(ACTIVITY.c.workshop_id).where(ACTIVITY.c.id == given("id")))


class SqlActivities:
    """Questions and their lives."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self, activity_id: int) -> Activity | None:
        known = self._session.known.get(("activity", activity_id))
        if known is None and (row := self._session.one(_GET, id=activity_id)):
            known = self._session.known["activity", activity_id] = _activity(row)
        return known

    def add(self, workshop_id: int, question: Question, created_by: int | None, now: datetime) -> Activity:
        number = self._session.value(_NEXT, workshop=workshop_id)
        new = Activity(0, workshop_id, number, question, now, created_by)
        own = self._session.value(_ADD, **_columns(new), **dict.fromkeys(_GROUPED))
        return replace(new, id=own)

    def save(self, activity: Activity) -> None:
        self._session.known.pop(("activity", activity.id), None)
        self._session.run(_SAVE, id=activity.id, **_columns(activity))

    def of_workshop(self, workshop_id: int) -> Sequence[Activity]:
        return self._read(_ALL, workshop=workshop_id)

    def open_in(self, workshop_id: int, now: datetime) -> Sequence[Activity]:
        return self._read(_OPEN, workshop=workshop_id, now=ticks(now))

    def announced_in(self, workshop_id: int, now: datetime) -> Sequence[Activity]:
        return self._read(_ANNOUNCED, workshop=workshop_id, now=ticks(now))

    def to_open(self, now: datetime) -> Sequence[Activity]:
        return self._read(_TO_OPEN, now=ticks(now))

    def to_close(self, now: datetime) -> Sequence[Activity]:
        return self._read(_TO_CLOSE, now=ticks(now))

    def next_turn(self, now: datetime) -> datetime | None:
        found = [self._session.value(s, now=ticks(now)) for s in (_NEXT_OPENING, _NEXT_CLOSING)]
        return moment_if(min((turn for turn in found if turn is not None), default=None))

    def _read(self, statement: Statement, **given: Any) -> list[Activity]:
        return [_activity(row) for row in self._session.all(statement, **given)]


_PAIR = (ANSWER.c.activity_id == given("activity"), ANSWER.c.member_id == given("member"))
_ANSWER = Statement(sa.select(ANSWER.c.answer).where(*_PAIR))
_PUT = Statement(
    sa.text(
        "INSERT INTO answer (activity_id, member_id, answer, answered_at, door) "
        "VALUES (:activity, :member, :answer, :now, :door) ON CONFLICT (activity_id, member_id) "
        "DO UPDATE SET answer = excluded.answer, answered_at = excluded.answered_at, door = excluded.door"
    )
)
_REMOVE = Statement(sa.delete(ANSWER).where(*_PAIR))
_TALLY = Statement(
    sa.select(ANSWER.c.answer, sa.func.count())
    .where(ANSWER.c.activity_id == given("activity"))
    .group_by(ANSWER.c.answer)
)
_OF_MEMBER = Statement(
    sa.select(ANSWER.c.answer, ACTIVITY)
    .join(ACTIVITY, ACTIVITY.c.id == ANSWER.c.activity_id)
    # The workshop's few activities lead to the answers by their key; by member alone, all answers would be read.
    .where(
        ACTIVITY.c.workshop_id
        == sa.select(MEMBER.c.workshop_id).where(MEMBER.c.id == given("member")).scalar_subquery()
    )
    .where(ANSWER.c.member_id == given("member"))
    .order_by(ACTIVITY.c.number)
)
_OF_ALL = Statement(
    sa.select(MEMBER.c.number, ANSWER.c.answer, ANSWER.c.answered_at)
    .join(MEMBER, MEMBER.c.id == ANSWER.c.member_id)
    .where(ANSWER.c.activity_id == given("activity"))
    .order_by(MEMBER.c.number)
)


class SqlAnswers:
    """One answer per activity and member."""

    def __init__(self, session: Session, activities: SqlActivities) -> None:
        self._session = session
        self._activities = activities

    def get(self, activity_id: int, member_id: int) -> Answer | None:
        found = self._session.value(_ANSWER, activity=activity_id, member=member_id)
        return unpack_answer(found) if found is not None else None

    def put(self, activity_id: int, member_id: int, answer: Answer, now: datetime, door: str) -> None:
        kept = pack_answer(answer)
        # `telegram:<chat>` would name the person: what is kept is the kind of door.
        kind = door.partition(":")[0]
        self._session.run(_PUT, activity=activity_id, member=member_id, answer=kept, now=ticks(now), door=kind)

    def remove(self, activity_id: int, member_id: int) -> None:
        self._session.run(_REMOVE, activity=activity_id, member=member_id)

    def tally(self, activity_id: int) -> Mapping[Answer, int]:
        return {unpack_answer(text): n for text, n in self._session.all(_TALLY, activity=activity_id)}

    def of_member(self, member_id: int) -> Sequence[tuple[Activity, Answer]]:
        rows = self._session.all(_OF_MEMBER, member=member_id)
        return [(_activity(row[1:]), unpack_answer(row[0])) for row in rows]

    def of_workshop(self, workshop_id: int) -> Iterable[tuple[Activity, int, Answer, datetime]]:
        for activity in self._activities.of_workshop(workshop_id):
            for number, answer, at in self._session.all(_OF_ALL, activity=activity.id):
                yield activity, number, unpack_answer(answer), moment(at)


@lru_cache(maxsize=256)  # the open activity is read at every vote; the row is the key, so a change is never missed
def _activity(row: Row) -> Activity:
    number, workshop, place, kind, text, details, created, by, delay, duration, at, *times = row
    launched, opens, closes, told_open, told_closed, revealed, discarded, _, _ = times
    return Activity(
        id=number,
        workshop_id=workshop,
        number=place,
        question=_question(kind, text, details),
        created_at=moment(created),
        created_by=by,
        delay_seconds=delay,
        duration_seconds=duration,
        at=moment_if(at),
        launched_at=moment_if(launched),
        opens_at=moment_if(opens),
        closes_at=moment_if(closes),
        told_open_at=moment_if(told_open),
        told_closed_at=moment_if(told_closed),
        is_revealed=bool(revealed),
        discarded_at=moment_if(discarded),
    )


def _question(kind: str, text: str, details: str) -> Question:
    more: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in unpack(details).items()
    }
    return Question(kind, text, **more)


def _details(question: Question) -> str:
    """Whatever else a question has: a field added for a new question type needs no migration."""
    names = [field.name for field in fields(question) if field.name not in ("type", "text")]
    return pack({name: getattr(question, name) for name in names})


def _columns(activity: Activity) -> dict[str, Any]:
    question = activity.question
    return {
        "workshop_id": activity.workshop_id,
        "number": activity.number,
        "type": question.type,
        "text": question.text,
        "details": _details(question),
        "created_at": ticks(activity.created_at),
        "created_by": activity.created_by,
        "delay_seconds": activity.delay_seconds,
        "duration_seconds": activity.duration_seconds,
        "at": ticks_if(activity.at),
        "launched_at": ticks_if(activity.launched_at),
        "opens_at": ticks_if(activity.opens_at),
        "closes_at": ticks_if(activity.closes_at),
        "told_open_at": ticks_if(activity.told_open_at),
        "told_closed_at": ticks_if(activity.told_closed_at),
        "is_revealed": activity.is_revealed,
        "discarded_at": ticks_if(activity.discarded_at),
    }
