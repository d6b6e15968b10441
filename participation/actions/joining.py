"""Arriving, agreeing, joining a workshop, leaving it, being forgotten."""

from dataclasses import dataclass, replace
from datetime import datetime

from participation.actions.unquoting import unquote
from participation.errors import ConsentMissing, NotAMember, NoWorkshop, UnknownCode
from participation.model.access import fingerprint
from participation.model.activity import Phase
from participation.model.idea import Source
from participation.model.journal import Fact
from participation.model.people import CONSENT_VERSION, Member, Person, Role
from participation.model.policy import Policy
from participation.model.workshop import Workshop, tidy_code
from participation.ports import Transaction


@dataclass(frozen=True, slots=True)
class Invited:
    """A code gave somebody a role, in a workshop or everywhere."""

    role: Role
    workshop: Workshop | None


def arrive(tx: Transaction, telegram_id: int, name: str, language: str, now: datetime) -> Person:
    """Whoever writes to us: known or new. A message from somebody who could not be reached makes them reachable again."""
    person = tx.people.by_telegram(telegram_id)
    if person is None:
        return tx.people.add(telegram_id, name, language, now)
    if person.unreachable_since is not None:
        person = replace(person, unreachable_since=None)
        tx.people.save(person)
    return person


def open_code(tx: Transaction, person: Person, code: str, now: datetime) -> Workshop | Invited:
    """What a code from a link, a QR or the keyboard leads to: a workshop to join, or a role (taken at once, used once)."""
    if workshop := tx.workshops.by_code(tidy_code(code)):
        return workshop
    mark = fingerprint(code.strip())
    found = tx.passes.find(mark)
    if found is None or found.purpose != "role" or found.role is None:
        raise UnknownCode(code=code[:64])
    found.check(now)
    tx.passes.spend(mark, now, person.id)
    return _take_role(tx, person, found.role, found.workshop_id, now)


def agree(tx: Transaction, person: Person, now: datetime) -> Person:
    """Keep that this person read the sentences in force and agreed."""
    person = replace(person, consent_version=CONSENT_VERSION, consent_at=now)
    tx.people.save(person)
    return person


def join(tx: Transaction, person: Person, workshop: Workshop, now: datetime) -> Member:
    """Make this person a member, or find the member they are; the workshop becomes the one they are in."""
    if not person.has_agreed:
        raise ConsentMissing()
    member = _membership(tx, person, workshop.id, Role.COUNCILLOR, now)
    tx.people.save(replace(person, workshop_id=workshop.id))
    return member


def current(tx: Transaction, person: Person) -> tuple[Workshop, Member]:
    """The workshop this person is in at the moment, and who they are in it."""
    if person.workshop_id is None:
        raise NoWorkshop()
    workshop = tx.workshops.get(person.workshop_id)
    member = tx.members.find(person.workshop_id, person.id)
    if workshop is None or member is None or member.left_at is not None:
        raise NoWorkshop()
    return workshop, member


def switch(tx: Transaction, person: Person, workshop_id: int) -> Workshop:
    """Go to another of one's workshops."""
    for workshop, _ in tx.workshops.of_person(person.id):
        if workshop.id == workshop_id:
            tx.people.save(replace(person, workshop_id=workshop.id))
            return workshop
    raise NotAMember()


def leave(tx: Transaction, person: Person, now: datetime) -> Workshop:
    """Leave the workshop one is in: no more messages from it; what was said stays counted."""
    workshop, member = current(tx, person)
    tx.members.save(replace(member, left_at=now, activity_id=None))
    others = [w for w, m in tx.workshops.of_person(person.id) if w.id != workshop.id]
    tx.people.save(replace(person, workshop_id=others[0].id if others else None))
    tx.dialogues.drop(person.id)
    tx.journal.write(Fact("member-left", now, workshop.id, member_id=member.id))
    tx.touch_workshop(workshop.id)
    return workshop


def forget(tx: Transaction, person: Person, policy: Policy, now: datetime) -> None:
    """Erase somebody: identity and the words of their ideas go, also where they have left; closed counts stay."""
    for workshop in tx.workshops.all():
        member = tx.members.find(workshop.id, person.id)
        if member is not None:
            _forget_answers(tx, member, policy, now)
            tx.journal.write(Fact("member-forgotten", now, workshop.id, member_id=member.id))
            tx.touch_workshop(workshop.id)
    tx.people.erase(person.id)


def _forget_answers(tx: Transaction, member: Member, policy: Policy, now: datetime) -> None:
    """Blank what a member wrote, and the trace of the message it came from. Withdrawn ideas are blank already.

    Closed counts stay as they were read out; where answers are still taken theirs goes, or being forgotten and coming
    back as somebody new would be a way to vote twice.
    """
    for activity in tx.activities.of_workshop(member.workshop_id):
        if activity.phase(now) is Phase.OPEN:
            tx.answers.remove(activity.id, member.id)
            tx.touch(activity.id)
        ideas = tx.ideas.of_member(activity.id, member.id)
        for idea in ideas:
            tx.ideas.save(replace(idea, text="", source=Source("forgotten", idea.id), withdrawn_at=now))
        if ideas:
            unquote(tx, activity.id, {idea.id: idea.text for idea in ideas}, policy, now)
            tx.touch(activity.id)


def choose_language(tx: Transaction, person: Person, language: str) -> Person:
    """Speak to this person in another language."""
    person = replace(person, language=language)
    tx.people.save(person)
    return person


def _take_role(tx: Transaction, person: Person, role: Role, workshop_id: int | None, now: datetime) -> Invited:
    if workshop_id is None:
        tx.people.save(replace(person, role=role))
        tx.journal.write(Fact("role-taken", now, details={"role": role.value}))
        return Invited(role, None)
    member = _membership(tx, person, workshop_id, role, now)
    tx.members.save(replace(member, role=role))
    tx.people.save(replace(person, workshop_id=workshop_id))
    tx.journal.write(Fact("role-taken", now, workshop_id, member_id=member.id, details={"role": role.value}))
    return Invited(role, tx.workshops.get(workshop_id))


def _membership(tx: Transaction, person: Person, workshop_id: int, role: Role, now: datetime) -> Member:
    member = tx.members.find(workshop_id, person.id)
    if member is None:
        member = tx.members.add(workshop_id, person.id, role, now)
        tx.journal.write(Fact("member-joined", now, workshop_id, member_id=member.id))
    elif member.left_at is not None:
        member = replace(member, left_at=None, seen_at=now)
        tx.members.save(member)
        tx.journal.write(Fact("member-returned", now, workshop_id, member_id=member.id))
    tx.touch_workshop(workshop_id)
    return member
