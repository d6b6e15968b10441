"""Tables of workshops, their members and their activities."""

import sqlalchemy as sa

from storage.tables.row import Kept, big, own_key, prose, ref, table


class WorkshopRow(Kept, table=True):
    """One session."""

    __tablename__ = "workshop"
    __table_args__ = (sa.UniqueConstraint("code"),)

    id: int = own_key()
    code: str = prose()
    title: str = prose()
    time_zone: str = prose()
    language: str = prose()
    created_at: int = big()
    closed_at: int | None = big()
    # Not a foreign key: activities point here, and a circle of checked keys cannot be loaded from a copy.
    featured_activity_id: int | None = big()
    hidden_words: str | None = prose()


class MemberRow(Kept, table=True):
    """A person in a workshop; the row outlives the person, so that counts do."""

    __tablename__ = "member"
    __table_args__ = (
        sa.UniqueConstraint("workshop_id", "person_id"),
        sa.UniqueConstraint("workshop_id", "number"),
    )

    id: int = own_key()
    workshop_id: int = ref("workshop.id")
    person_id: int | None = ref("person.id", index=True)
    number: int
    role: str = prose()
    joined_at: int = big()
    seen_at: int = big()
    left_at: int | None = big()
    activity_id: int | None = big()  # not checked, for the same reason as above


class ActivityRow(Kept, table=True):
    """One question and its life."""

    __tablename__ = "activity"
    __table_args__ = (sa.UniqueConstraint("workshop_id", "number"),)

    id: int = own_key()
    workshop_id: int = ref("workshop.id")
    number: int
    type: str = prose()
    text: str = prose()
    # Everything else a question has, as JSON: a new question type needs no migration.
    details: str = prose()
    created_at: int = big()
    created_by: int | None = ref("member.id")
    delay_seconds: int | None = None
    duration_seconds: int | None = None
    at: int | None = big()
    launched_at: int | None = big()
    opens_at: int | None = big()
    closes_at: int | None = big()
    told_open_at: int | None = big()
    told_closed_at: int | None = big()
    is_revealed: bool = False
    discarded_at: int | None = big()
    grouped_at: int | None = big()
    grouped_sentence: str | None = prose()


WORKSHOP = table(WorkshopRow)
MEMBER = table(MemberRow)
ACTIVITY = table(ActivityRow)
