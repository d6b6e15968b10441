"""Tables of people: who they are, the codes they hold, where a dialogue stands."""

import sqlalchemy as sa

from storage.tables.row import NEVER_AGAIN, Kept, big, own_key, prose, ref, table


class PersonRow(Kept, table=True):
    """The only row with a name and an outside identity."""

    __tablename__ = "person"
    __table_args__ = (sa.UniqueConstraint("telegram_id"), NEVER_AGAIN)

    id: int = own_key()
    telegram_id: int | None = big()
    name: str = prose()
    language: str = prose()
    created_at: int = big()
    role: str | None = prose()
    consent_version: int = 0
    consent_at: int | None = big()
    unreachable_since: int | None = big()
    workshop_id: int | None = ref("workshop.id")


class PassRow(Kept, table=True):
    """A one-time code, by its fingerprint."""

    __tablename__ = "pass"

    fingerprint: str = prose(primary=True)
    purpose: str = prose()
    expires_at: int = big()
    role: str | None = prose()
    workshop_id: int | None = ref("workshop.id")
    person_id: int | None = ref("person.id", index=True)
    used_at: int | None = big()


class DialogueRow(Kept, table=True):
    """What the bot waits for from a person."""

    __tablename__ = "dialogue"

    person_id: int = ref("person.id", primary=True)
    key: str = prose()
    details: str = prose()


PERSON = table(PersonRow)
PASS = table(PassRow)
DIALOGUE = table(DialogueRow)
