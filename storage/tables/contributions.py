"""Tables of what members give and what is made of it: answers, ideas, themes, placements, corrections, the journal."""

import sqlalchemy as sa

from storage.tables.row import Kept, big, own_key, prose, ref, table


class AnswerRow(Kept, table=True):
    """One answer per activity and member: the pair is the primary key. No deletion elsewhere may take it along."""

    __tablename__ = "answer"
    # One tree ordered by activity and member instead of a table and an index: half the writing of a vote.
    __table_args__ = ({"sqlite_with_rowid": False},)

    activity_id: int = ref("activity.id", primary=True)
    member_id: int = ref("member.id", primary=True)
    answer: str = prose()
    answered_at: int = big()
    door: str = prose()


class ThemeRow(Kept, table=True):
    """A group of ideas."""

    __tablename__ = "theme"

    id: int = own_key()
    activity_id: int = ref("activity.id", index=True)
    position: int
    found_label: str = prose()
    created_at: int = big()
    given_label: str | None = prose()
    stability: float | None = None
    words: str = prose()
    quotes: str = prose()
    merged_into: int | None = ref("theme.id")
    retired_at: int | None = big()


class IdeaRow(Kept, table=True):
    """A post-it."""

    __tablename__ = "idea"
    __table_args__ = (
        sa.UniqueConstraint("activity_id", "number"),
        sa.UniqueConstraint("door", "message"),
        sa.Index(None, "activity_id", "member_id"),
    )

    id: int = own_key()
    activity_id: int = ref("activity.id")
    member_id: int = ref("member.id")
    number: int
    text: str = prose()
    door: str = prose()
    message: int = big()
    created_at: int = big()
    edited_at: int | None = big()
    withdrawn_at: int | None = big()
    hidden_at: int | None = big()
    theme_id: int | None = ref("theme.id")
    is_pinned: bool = False
    merged_into: int | None = big()  # not a foreign key: SQLite would rebuild the table to add it


class FindingsRow(Kept, table=True):
    """What the last grouping of an activity saw beside its themes. Apart: every vote reads its activity, not this."""

    __tablename__ = "findings"

    activity_id: int = ref("activity.id", primary=True)
    content: str = prose()


class PlacementRow(Kept, table=True):
    """An idea's move to a theme: its lineage."""

    __tablename__ = "placement"

    id: int = own_key()
    idea_id: int = ref("idea.id", index=True)
    theme_id: int | None = ref("theme.id")
    since: int = big()
    by_person: int | None = big()  # a number that outlives the person


class CorrectionRow(Kept, table=True):
    """A change made by a person in a grouping."""

    __tablename__ = "correction"

    id: int = own_key()
    activity_id: int = ref("activity.id", index=True)
    kind: str = prose()
    at: int = big()
    by_person: int | None = big()
    before: str = prose()
    undone_at: int | None = big()


class FactRow(Kept, table=True):
    """A line of the journal: nothing changes it, not even SQL (triggers of the first migration)."""

    __tablename__ = "fact"
    __table_args__ = (sa.Index(None, "workshop_id", "id"),)

    id: int = own_key()
    name: str = prose()
    at: int = big()
    workshop_id: int | None = big()
    activity_id: int | None = big()
    member_id: int | None = big()
    details: str = prose()


ANSWER = table(AnswerRow)
THEME = table(ThemeRow)
IDEA = table(IdeaRow)
PLACEMENT = table(PlacementRow)
CORRECTION = table(CorrectionRow)
FACT = table(FactRow)
FINDINGS = table(FindingsRow)
