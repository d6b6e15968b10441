"""A workshop with its people, for claims about storage: Amina councillor, Bruno facilitator, Chloé captain, Driss."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from participation.model.activity import Activity
from participation.model.people import Member, Person, Role
from participation.model.workshop import Workshop
from participation.ports import Transaction
from participation.questions.kit import Question

NOW = datetime(2026, 11, 22, 18, 30, 0, 123456, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
ASKED = Question("single", "Où se retrouver ?", ("Ici", "Là-bas"))
NAMES = ("Amina", "Bruno", "Chloé", "Driss")
ROLES = (Role.COUNCILLOR, Role.FACILITATOR, Role.CAPTAIN, Role.COUNCILLOR)


@dataclass(frozen=True)
class Room:
    workshop: Workshop
    people: dict[str, Person]
    members: dict[str, Member]
    activity: Activity

    def ids(self, *names: str) -> list[int]:
        return [self.members[name].id for name in names]


def furnish(tx: Transaction) -> Room:
    """One workshop, four people in it, one open activity."""
    workshop = tx.workshops.add("ABC234", "Conseil du 22", "Europe/Paris", "fr", NOW)
    people = {name: tx.people.add(1000 + i, name, "fr", NOW) for i, name in enumerate(NAMES)}
    members = {
        name: tx.members.add(workshop.id, people[name].id, role, NOW) for name, role in zip(NAMES, ROLES, strict=True)
    }
    return Room(workshop, people, members, open_activity(tx, workshop.id))


def open_activity(tx: Transaction, workshop_id: int, question: Question = ASKED) -> Activity:
    draft = tx.activities.add(workshop_id, question, None, NOW)
    activity = replace(draft, launched_at=NOW, opens_at=NOW)
    tx.activities.save(activity)
    return activity
