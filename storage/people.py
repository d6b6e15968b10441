"""People, their one-time codes and their dialogues."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from participation.model.access import Pass
from participation.model.people import Person, Role
from storage.json_text import pack, unpack
from storage.moments import moment, moment_if, ticks, ticks_if
from storage.rows import given, insert, select, update
from storage.statements import Row, Session, Statement
from storage.tables.contributions import IDEA
from storage.tables.people import DIALOGUE, PASS, PERSON
from storage.tables.trays import DELIVERY, INBOX, PICTURE, REPLY
from storage.tables.workshops import MEMBER

_GET = select(PERSON, PERSON.c.id == given("id"))
_BY_TELEGRAM = select(PERSON, PERSON.c.telegram_id == given("telegram_id"))
_WITH_ROLE = select(PERSON, PERSON.c.role == given("role"), order=[PERSON.c.id])
_ADD = insert(PERSON)
_SAVE = update(PERSON)
_DROP = Statement(sa.delete(PERSON).where(PERSON.c.id == given("id")))
_UNLINK = Statement(
    sa.update(MEMBER)
    .where(MEMBER.c.person_id == given("person"))
    .values(person_id=None, left_at=sa.func.coalesce(MEMBER.c.left_at, MEMBER.c.seen_at), activity_id=None)
)
_DROP_PASSES = Statement(sa.delete(PASS).where(PASS.c.person_id == given("id")))
_DROP_DIALOGUE = Statement(sa.delete(DIALOGUE).where(DIALOGUE.c.person_id == given("id")))
_DROP_REPLIES = Statement(sa.delete(REPLY).where(REPLY.c.address == given("address")))
_DROP_DELIVERIES = Statement(
    sa.delete(DELIVERY).where(DELIVERY.c.member_id.in_(sa.select(MEMBER.c.id).where(MEMBER.c.person_id == given("id"))))
)
_THEIR_MEMBERS = sa.select(MEMBER.c.id).where(MEMBER.c.person_id == given("person"))
# The door of an idea names the chat it came from, which is the person's number at Telegram.
_UNSIGN = Statement(
    sa.update(IDEA).where(IDEA.c.member_id.in_(_THEIR_MEMBERS)).values(door="erased", message=IDEA.c.id)
)
# Updates nobody could read are few; what they hold of this person goes. Those not dealt with yet are blanked when they are.
_BLANK_DEAD = Statement(
    sa.update(INBOX).where(INBOX.c.state == "dead", INBOX.c.body.like(given("pattern"))).values(body="", problem="")
)
_NAME = Statement(
    sa.select(PERSON.c.name).join(MEMBER, MEMBER.c.person_id == PERSON.c.id).where(MEMBER.c.id == given("id"))
)

_OLD_INBOX = Statement(sa.delete(INBOX).where(INBOX.c.state == "done", INBOX.c.received_at < given("before")))
_OLD_DEAD = Statement(
    sa.update(INBOX).where(INBOX.c.state == "dead", INBOX.c.received_at < given("before")).values(body="")
)
_OLD_DELIVERIES = Statement(
    sa.update(DELIVERY)
    .where(DELIVERY.c.fate.not_in(["waiting", "taken"]), DELIVERY.c.created_at < given("before"))
    .values(text="")
)
_OLD_PICTURES = Statement(sa.delete(PICTURE).where(PICTURE.c.created_at < given("before")))


class SqlPeople:
    """Persons: the one place with names and outside identities."""

    def __init__(self, session: Session, scrub: Callable[[], None]) -> None:
        self._session = session
        self._scrub = scrub

    def get(self, person_id: int) -> Person | None:
        row = self._session.one(_GET, id=person_id)
        return _person(row) if row else None

    def by_telegram(self, telegram_id: int) -> Person | None:
        row = self._session.one(_BY_TELEGRAM, telegram_id=telegram_id)
        return _person(row) if row else None

    def add(self, telegram_id: int, name: str, language: str, now: datetime) -> Person:
        new = Person(0, telegram_id, name, language, now)
        number = self._session.value(_ADD, **_columns(new))
        return Person(number, telegram_id, name, language, now)

    def save(self, person: Person) -> None:
        self._session.run(_SAVE, id=person.id, **_columns(person))

    def erase(self, person_id: int) -> None:
        person = self.get(person_id)
        if person is None:
            return
        if person.telegram_id is not None:
            self._session.run(_DROP_REPLIES, address=person.telegram_id)
            self._session.run(_BLANK_DEAD, pattern=f"%{person.telegram_id}%")
        self._session.run(_UNSIGN, person=person_id)
        for statement in (_DROP_DELIVERIES, _DROP_DIALOGUE, _DROP_PASSES):
            self._session.run(statement, id=person_id)
        self._session.run(_UNLINK, person=person_id)
        self._session.run(_DROP, id=person_id)
        self._scrub()

    def with_role(self, role: Role) -> Sequence[Person]:
        return [_person(row) for row in self._session.all(_WITH_ROLE, role=role.value)]

    def forget_old(self, before: datetime) -> None:
        for statement in (_OLD_INBOX, _OLD_DEAD, _OLD_DELIVERIES, _OLD_PICTURES):
            self._session.run(statement, before=ticks(before))


class SqlNames:
    """Names, for the few who may see them."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def of_members(self, member_ids: Iterable[int]) -> dict[int, str]:
        found = {member: self._session.value(_NAME, id=member) for member in member_ids}
        return {member: name for member, name in found.items() if name is not None}


_FIND_PASS = select(PASS, PASS.c.fingerprint == given("fingerprint"))
_ADD_PASS = insert(PASS, returning=False)
_SPEND = Statement(
    sa.update(PASS)
    .where(PASS.c.fingerprint == given("mark"), PASS.c.used_at.is_(None))
    .values(used_at=given("now"), person_id=given("person"))
)
_DROP_PASS = Statement(sa.delete(PASS).where(PASS.c.fingerprint == given("fingerprint")))
_DROP_EXPIRED = Statement(sa.delete(PASS).where(PASS.c.expires_at <= given("now")))


class SqlPasses:
    """One-time codes, by fingerprint."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, one: Pass) -> None:
        self._session.run(
            _ADD_PASS,
            fingerprint=one.fingerprint,
            purpose=one.purpose,
            expires_at=ticks(one.expires_at),
            role=one.role.value if one.role else None,
            workshop_id=one.workshop_id,
            person_id=one.person_id,
            used_at=ticks_if(one.used_at),
        )

    def find(self, fingerprint: str) -> Pass | None:
        row = self._session.one(_FIND_PASS, fingerprint=fingerprint)
        if row is None:
            return None
        mark, purpose, expires, role, workshop, person, used = row
        return Pass(mark, purpose, moment(expires), Role(role) if role else None, workshop, person, moment_if(used))

    def spend(self, fingerprint: str, now: datetime, person_id: int) -> bool:
        return self._session.run(_SPEND, mark=fingerprint, now=ticks(now), person=person_id) == 1

    def drop(self, fingerprint: str) -> None:
        self._session.run(_DROP_PASS, fingerprint=fingerprint)

    def drop_expired(self, now: datetime) -> None:
        self._session.run(_DROP_EXPIRED, now=ticks(now))


_DIALOGUE = select(DIALOGUE, DIALOGUE.c.person_id == given("id"))
_PUT_DIALOGUE = Statement(
    sa.insert(DIALOGUE).values(person_id=given("person"), key=given("said"), details=given("extra"))
)


class SqlDialogues:
    """Where a conversation stands."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self, person_id: int) -> tuple[str, dict[str, object]] | None:
        row = self._session.one(_DIALOGUE, id=person_id)
        return (row[1], unpack(row[2])) if row else None

    def put(self, person_id: int, key: str, details: Mapping[str, object]) -> None:
        self.drop(person_id)
        self._session.run(_PUT_DIALOGUE, person=person_id, said=key, extra=pack(details))

    def drop(self, person_id: int) -> None:
        self._session.run(_DROP_DIALOGUE, id=person_id)


def _person(row: Row) -> Person:
    number, telegram_id, name, language, created, role, version, consent, unreachable, workshop = row
    return Person(
        number,
        telegram_id,
        name,
        language,
        moment(created),
        Role(role) if role else None,
        version,
        moment_if(consent),
        moment_if(unreachable),
        workshop,
    )


def _columns(person: Person) -> dict[str, Any]:
    return {
        "telegram_id": person.telegram_id,
        "name": person.name,
        "language": person.language,
        "created_at": ticks(person.created_at),
        "role": person.role.value if person.role else None,
        "consent_version": person.consent_version,
        "consent_at": ticks_if(person.consent_at),
        "unreachable_since": ticks_if(person.unreachable_since),
        "workshop_id": person.workshop_id,
    }
