"""Workshops and their members."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from participation.model.people import Attendance, Member, Role
from participation.model.workshop import Workshop
from storage.json_text import pack_list, unpack_list
from storage.moments import moment, moment_if, ticks, ticks_if
from storage.rows import count, given, insert, select, update
from storage.statements import Row, Session, Statement
from storage.tables.contributions import ANSWER
from storage.tables.people import PERSON
from storage.tables.workshops import MEMBER, WORKSHOP

_ASKED_ROLES = tuple(role.value for role in Role if role.answers)
_STEERING_ROLES = tuple(role.value for role in Role if role.steers)
_HERE = MEMBER.c.left_at.is_(None)
_ASKED = MEMBER.c.role.in_(_ASKED_ROLES)
_OF_WORKSHOP = MEMBER.c.workshop_id == given("workshop")
_REACHABLE = PERSON.c.unreachable_since.is_(None)
_WITH_PERSON = MEMBER.join(PERSON, PERSON.c.id == MEMBER.c.person_id)

_GET = select(WORKSHOP, WORKSHOP.c.id == given("id"))
_BY_CODE = select(WORKSHOP, WORKSHOP.c.code == given("code"))
_ALL = select(WORKSHOP, order=[WORKSHOP.c.created_at.desc(), WORKSHOP.c.id.desc()])
_ADD = insert(WORKSHOP)
_SAVE = update(WORKSHOP)
_OF_PERSON = Statement(
    sa.select(WORKSHOP, MEMBER)
    .join(MEMBER, MEMBER.c.workshop_id == WORKSHOP.c.id)
    .where(MEMBER.c.person_id == given("person"), _HERE)
    .order_by(WORKSHOP.c.created_at.desc(), WORKSHOP.c.id.desc())
)
_WIDTH = len(WORKSHOP.columns)


class SqlWorkshops:
    """Sessions and their codes."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self, workshop_id: int) -> Workshop | None:
        known = self._session.known.get(("workshop", workshop_id))
        if known is None and (row := self._session.one(_GET, id=workshop_id)):
            known = self._session.known["workshop", workshop_id] = _workshop(row)
        return known

    def by_code(self, code: str) -> Workshop | None:
        row = self._session.one(_BY_CODE, code=code)
        return _workshop(row) if row else None

    def add(self, code: str, title: str, time_zone: str, language: str, now: datetime) -> Workshop:
        number = self._session.value(_ADD, **_workshop_columns(Workshop(0, code, title, time_zone, language, now)))
        return Workshop(number, code, title, time_zone, language, now)

    def save(self, workshop: Workshop) -> None:
        self._session.known.pop(("workshop", workshop.id), None)
        self._session.run(_SAVE, id=workshop.id, **_workshop_columns(workshop))

    def all(self) -> Sequence[Workshop]:
        return [_workshop(row) for row in self._session.all(_ALL)]

    def of_person(self, person_id: int) -> Sequence[tuple[Workshop, Member]]:
        rows = self._session.all(_OF_PERSON, person=person_id)
        return [(_workshop(row[:_WIDTH]), _member(row[_WIDTH:])) for row in rows]


_MEMBER = select(MEMBER, MEMBER.c.id == given("id"))
_FIND = select(MEMBER, _OF_WORKSHOP, MEMBER.c.person_id == given("person"))
_NEXT = Statement(sa.select(sa.func.coalesce(sa.func.max(MEMBER.c.number), 0) + 1).where(_OF_WORKSHOP))
_ADD_MEMBER = insert(MEMBER)
_SAVE_MEMBER = update(MEMBER)
_SEEN = Statement(sa.update(MEMBER).where(MEMBER.c.id == given("member")).values(seen_at=given("now")))
_FOCUS = Statement(sa.update(MEMBER).where(_OF_WORKSHOP, _HERE).values(activity_id=given("front")))
_MEMBERS = select(MEMBER, _OF_WORKSHOP, _HERE, order=[MEMBER.c.number])
_TO_ASK = Statement(
    sa.select(MEMBER.c.id)
    .select_from(_WITH_PERSON)
    .where(_OF_WORKSHOP, _HERE, _ASKED, _REACHABLE)
    .order_by(MEMBER.c.number)
)
_STEERING = Statement(
    sa.select(MEMBER.c.id)
    .select_from(_WITH_PERSON)
    .where(_OF_WORKSHOP, _HERE, _REACHABLE, MEMBER.c.role.in_(_STEERING_ROLES))
    .order_by(MEMBER.c.number)
)
_ANSWERED_HERE = sa.exists().where(ANSWER.c.activity_id == given("activity"), ANSWER.c.member_id == MEMBER.c.id)
_UNANSWERED = Statement(
    sa.select(MEMBER.c.id)
    .select_from(_WITH_PERSON)
    .where(_OF_WORKSHOP, _HERE, _ASKED, _REACHABLE, ~_ANSWERED_HERE)
    .order_by(MEMBER.c.number)
)
_COUNT = count(_OF_WORKSHOP, _HERE, _ASKED, of=MEMBER)
_ATTENDANCE = Statement(
    sa.select(
        sa.func.count(MEMBER.c.id),
        sa.func.coalesce(sa.func.sum(sa.case((sa.and_(_HERE, MEMBER.c.seen_at >= given("since")), 1), else_=0)), 0),
        sa.func.coalesce(sa.func.sum(sa.case((PERSON.c.unreachable_since.is_not(None), 1), else_=0)), 0),
    )
    .select_from(MEMBER.outerjoin(PERSON, PERSON.c.id == MEMBER.c.person_id))
    .where(
        _OF_WORKSHOP,
        _ASKED,
        MEMBER.c.joined_at <= given("closed"),
        sa.or_(_HERE, MEMBER.c.left_at > given("closed")),
    )
)
_NOT_CLOSED = 2**62
"""A moment, in microseconds, after all those that databases keep."""
_ANSWERS = count(ANSWER.c.activity_id == given("activity"), of=ANSWER)


class SqlMembers:
    """People in workshops."""

    def __init__(self, session: Session, workshop_of: "WorkshopOf") -> None:
        self._session = session
        self._workshop_of = workshop_of

    def get(self, member_id: int) -> Member | None:
        row = self._session.one(_MEMBER, id=member_id)
        return _member(row) if row else None

    def find(self, workshop_id: int, person_id: int) -> Member | None:
        row = self._session.one(_FIND, workshop=workshop_id, person=person_id)
        return _member(row) if row else None

    def add(self, workshop_id: int, person_id: int, role: Role, now: datetime) -> Member:
        number = self._session.value(_NEXT, workshop=workshop_id)
        new = Member(0, workshop_id, person_id, number, role, now, now)
        return Member(
            self._session.value(_ADD_MEMBER, **_member_columns(new)), workshop_id, person_id, number, role, now, now
        )

    def save(self, member: Member) -> None:
        self._session.run(_SAVE_MEMBER, id=member.id, **_member_columns(member))

    def seen(self, member_id: int, now: datetime) -> None:
        self._session.run(_SEEN, member=member_id, now=ticks(now))

    def focus_all(self, workshop_id: int, activity_id: int) -> None:
        self._session.run(_FOCUS, workshop=workshop_id, front=activity_id)

    def of_workshop(self, workshop_id: int) -> Sequence[Member]:
        return [_member(row) for row in self._session.all(_MEMBERS, workshop=workshop_id)]

    def to_ask(self, workshop_id: int) -> Sequence[int]:
        return [row[0] for row in self._session.all(_TO_ASK, workshop=workshop_id)]

    def steering(self, workshop_id: int) -> Sequence[int]:
        return [row[0] for row in self._session.all(_STEERING, workshop=workshop_id)]

    def unanswered(self, activity_id: int) -> Sequence[int]:
        workshop = self._workshop_of(activity_id)
        return [row[0] for row in self._session.all(_UNANSWERED, workshop=workshop, activity=activity_id)]

    def attendance(self, activity_id: int, present_since: datetime, closed_at: datetime | None = None) -> Attendance:
        workshop = self._workshop_of(activity_id)
        closed = _NOT_CLOSED if closed_at is None else ticks(closed_at)
        row = self._session.one(_ATTENDANCE, workshop=workshop, since=ticks(present_since), closed=closed)
        joined, present, unreachable = row or (0, 0, 0)
        answered = self._session.value(_ANSWERS, activity=activity_id)
        return Attendance(joined, int(present), answered, int(unreachable))

    def count(self, workshop_id: int) -> int:
        found: int = self._session.value(_COUNT, workshop=workshop_id)
        return found


class WorkshopOf:
    """Which workshop an activity belongs to."""

    def __init__(self, session: Session, statement: Statement) -> None:
        self._session = session
        self._statement = statement

    def __call__(self, activity_id: int) -> int | None:
        found: int | None = self._session.value(self._statement, id=activity_id)
        return found


def _workshop(row: Row) -> Workshop:
    number, code, title, zone, language, created, closed, featured, hidden = row
    words = unpack_list(hidden) if hidden else ()
    return Workshop(number, code, title, zone, language, moment(created), moment_if(closed), featured, words)


def _workshop_columns(workshop: Workshop) -> dict[str, Any]:
    return {
        "code": workshop.code,
        "title": workshop.title,
        "time_zone": workshop.time_zone,
        "language": workshop.language,
        "created_at": ticks(workshop.created_at),
        "closed_at": ticks_if(workshop.closed_at),
        "featured_activity_id": workshop.featured_activity_id,
        "hidden_words": pack_list(workshop.hidden_words),
    }


def _member(row: Row) -> Member:
    number, workshop, person, place, role, joined, seen, left, activity = row
    return Member(number, workshop, person, place, Role(role), moment(joined), moment(seen), moment_if(left), activity)


def _member_columns(member: Member) -> dict[str, Any]:
    return {
        "workshop_id": member.workshop_id,
        "person_id": member.person_id,
        "number": member.number,
        "role": member.role.value,
        "joined_at": ticks(member.joined_at),
        "seen_at": ticks(member.seen_at),
        "left_at": ticks_if(member.left_at),
        "activity_id": member.activity_id,
    }
