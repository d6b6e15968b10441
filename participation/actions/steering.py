"""Creating workshops, inviting to roles, and finding out whether somebody may steer."""

from dataclasses import replace
from datetime import datetime

from participation.actions.joining import current
from participation.errors import (
    FacilitatorsOnly,
    NotFound,
    NoWorkshop,
    NoWorkshopYet,
    OrganisersOnly,
    UnknownActivity,
    UnknownWorkshop,
)
from participation.model.access import Pass, fingerprint, invitation, new_secret
from participation.model.activity import Activity
from participation.model.journal import Fact
from participation.model.people import Member, Person, Role
from participation.model.policy import Policy
from participation.model.workshop import Workshop, check_title, new_code
from participation.ports import Transaction


def may_create(person: Person) -> bool:
    """Whether this person may open workshops on this installation."""
    return person.role in (Role.ORGANISER, Role.FACILITATOR)


def steers_somewhere(tx: Transaction, person: Person) -> bool:
    """Whether a facilitator's commands are for this person, in one workshop at least."""
    return may_create(person) or any(member.role.steers for _, member in tx.workshops.of_person(person.id))


def create_workshop(tx: Transaction, person: Person, title: str, policy: Policy, now: datetime) -> Workshop:
    """A new workshop, with its join code; whoever creates it facilitates it and is in it."""
    if not may_create(person):
        raise FacilitatorsOnly()
    workshop = tx.workshops.add(_free_code(tx), check_title(title), policy.time_zone, policy.language, now)
    role = person.role or Role.FACILITATOR
    tx.members.add(workshop.id, person.id, role, now)
    tx.people.save(replace(person, workshop_id=workshop.id))
    tx.journal.write(Fact("workshop-created", now, workshop.id))
    return workshop


def steered(tx: Transaction, person: Person) -> tuple[Workshop, Member]:
    """The workshop this person is in, if they may steer it; else a polite refusal."""
    try:
        workshop, member = current(tx, person)
    except NotFound:
        raise FacilitatorsOnly() from None
    except NoWorkshop:
        if may_create(person):
            raise NoWorkshopYet() from None
        raise
    if not member.role.steers and person.role is not Role.ORGANISER:
        raise FacilitatorsOnly()
    return workshop, member


def steered_activity(tx: Transaction, person: Person, activity_id: int) -> tuple[Activity, Member]:
    """An activity of a workshop this person steers, whichever they are in now."""
    activity = tx.activities.get(activity_id)
    if activity is None or activity.discarded_at is not None:
        raise UnknownActivity()
    member = tx.members.find(activity.workshop_id, person.id)
    if member is None or member.left_at is not None:
        raise FacilitatorsOnly()
    if not member.role.steers and person.role is not Role.ORGANISER:
        raise FacilitatorsOnly()
    return activity, member


def organised(tx: Transaction, person: Person, workshop_id: int) -> Workshop:
    """A workshop this person may see on the web: an organiser, any; a facilitator, their own."""
    workshop = tx.workshops.get(workshop_id)
    if workshop is None:
        raise UnknownWorkshop()
    if person.role is Role.ORGANISER:
        return workshop
    member = tx.members.find(workshop_id, person.id)
    if member is None or member.left_at is not None or not member.role.steers:
        raise UnknownWorkshop()
    return workshop


def organised_by(tx: Transaction, person: Person) -> list[Workshop]:
    """The workshops this person may see on the web, newest first."""
    if person.role is Role.ORGANISER:
        return list(tx.workshops.all())
    return [workshop for workshop, member in tx.workshops.of_person(person.id) if member.role.steers]


def invite(tx: Transaction, role: Role, workshop_id: int | None, policy: Policy, now: datetime) -> str:
    """A one-time code for a role; the code itself is returned once and never kept."""
    secret = new_secret()
    tx.passes.add(invitation(secret, role, workshop_id, now, policy.invitation))
    tx.journal.write(Fact("invitation-made", now, workshop_id, details={"role": role.value}))
    return secret


def sign_in_code(tx: Transaction, person: Person, policy: Policy, now: datetime) -> str:
    """A one-time code that opens the organiser's pages within minutes."""
    if not steers_somewhere(tx, person):
        raise OrganisersOnly()
    secret = new_secret()
    tx.passes.add(Pass(fingerprint(secret), "sign-in", now + policy.sign_in, person_id=person.id))
    return secret


def sign_in(tx: Transaction, code: str, policy: Policy, now: datetime) -> str | None:
    """Exchange a sign-in code for a session's secret; None when the code is not good (any more)."""
    mark = fingerprint(code)
    found = tx.passes.find(mark)
    if found is None or found.purpose != "sign-in" or found.person_id is None or now >= found.expires_at:
        return None
    if not tx.passes.spend(mark, now, found.person_id):
        return None
    secret = new_secret(32)
    tx.passes.add(Pass(fingerprint(secret), "session", now + policy.session, person_id=found.person_id))
    return secret


def signed_in(tx: Transaction, session: str, now: datetime) -> Person | None:
    """Whose session this is, while it lasts."""
    found = tx.passes.find(fingerprint(session))
    if found is None or found.purpose != "session" or found.person_id is None or now >= found.expires_at:
        return None
    return tx.people.get(found.person_id)


def sign_out(tx: Transaction, session: str) -> None:
    """End a session."""
    tx.passes.drop(fingerprint(session))


def _free_code(tx: Transaction) -> str:
    while tx.workshops.by_code(code := new_code()):
        pass
    return code
