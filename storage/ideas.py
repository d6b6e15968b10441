"""Ideas, the themes they are in, the way they took, and what people corrected."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from participation.model.findings import Findings
from participation.model.idea import Correction, CorrectionKind, Idea, Source, Theme
from storage.findings_text import pack_findings, unpack_findings
from storage.json_text import pack, pack_list, unpack, unpack_list
from storage.moments import moment, moment_if, ticks, ticks_if
from storage.rows import count, given, insert, select, update
from storage.statements import Row, Session, Statement
from storage.tables.contributions import CORRECTION, FINDINGS, IDEA, PLACEMENT, THEME
from storage.tables.workshops import ACTIVITY


def _big(name: str) -> sa.BindParameter[int]:
    """A number whose type PostgreSQL cannot guess from where it stands."""
    return sa.bindparam(name, type_=sa.BigInteger)


_OF_ACTIVITY = IDEA.c.activity_id == given("activity")
_STANDS = IDEA.c.withdrawn_at.is_(None)
_VISIBLE = (_STANDS, IDEA.c.hidden_at.is_(None), IDEA.c.merged_into.is_(None))

_GET = select(IDEA, IDEA.c.id == given("id"))
_BY_SOURCE = select(IDEA, IDEA.c.door == given("door"), IDEA.c.message == given("message"))
_NEXT = Statement(sa.select(sa.func.coalesce(sa.func.max(IDEA.c.number), 0) + 1).where(_OF_ACTIVITY))
_ADD = insert(IDEA)
_SAVE = update(IDEA)
_ALL = select(IDEA, _OF_ACTIVITY, _STANDS, order=[IDEA.c.number])
_NEWEST = select(IDEA, _OF_ACTIVITY, *_VISIBLE, order=[IDEA.c.number.desc()], limit=given("most"))
_OF_MEMBER = select(IDEA, _OF_ACTIVITY, IDEA.c.member_id == given("member"), _STANDS, order=[IDEA.c.number])
_COPIES = select(IDEA, _OF_ACTIVITY, IDEA.c.merged_into == given("idea"), _STANDS, order=[IDEA.c.number])
_COUNT = count(_OF_ACTIVITY, *_VISIBLE, of=IDEA)
_MOVE = Statement(sa.update(IDEA).where(IDEA.c.id == given("idea")).values(theme_id=given("theme")))
_PIN = Statement(sa.update(IDEA).where(IDEA.c.id == given("idea")).values(is_pinned=given("pinned")))
# A grouping that leaves an idea where it was is not a step of its way; a person who puts it there is.
_REMEMBER = Statement(
    sa.insert(PLACEMENT).from_select(
        ["idea_id", "theme_id", "since", "by_person"],
        sa.select(IDEA.c.id, _big("theme"), _big("now"), _big("person")).where(
            IDEA.c.id == given("idea"),
            sa.or_(IDEA.c.theme_id.is_distinct_from(_big("theme")), _big("person").is_not(None)),
        ),
    )
)
_PATH = select(PLACEMENT, PLACEMENT.c.idea_id == given("idea"), order=[PLACEMENT.c.id])


class SqlIdeas:
    """Post-its."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self, idea_id: int) -> Idea | None:
        row = self._session.one(_GET, id=idea_id)
        return _idea(row) if row else None

    def by_source(self, source: Source) -> Idea | None:
        row = self._session.one(_BY_SOURCE, door=source.door, message=source.message)
        return _idea(row) if row else None

    def add(self, activity_id: int, member_id: int, text: str, source: Source, now: datetime) -> Idea:
        number = self._session.value(_NEXT, activity=activity_id)
        new = Idea(0, activity_id, member_id, number, text, source, now)
        return replace(new, id=self._session.value(_ADD, **_idea_columns(new)))

    def save(self, idea: Idea) -> None:
        self._session.run(_SAVE, id=idea.id, **_idea_columns(idea))

    def of_activity(self, activity_id: int) -> Sequence[Idea]:
        return [_idea(row) for row in self._session.all(_ALL, activity=activity_id)]

    def newest(self, activity_id: int, limit: int) -> Sequence[Idea]:
        return [_idea(row) for row in self._session.all(_NEWEST, activity=activity_id, most=limit)]

    def of_member(self, activity_id: int, member_id: int) -> Sequence[Idea]:
        rows = self._session.all(_OF_MEMBER, activity=activity_id, member=member_id)
        return [_idea(row) for row in rows]

    def count(self, activity_id: int) -> int:
        found: int = self._session.value(_COUNT, activity=activity_id)
        return found

    def copies(self, idea_id: int) -> Sequence[Idea]:
        idea = self.get(idea_id)
        if idea is None:
            return []
        rows = self._session.all(_COPIES, activity=idea.activity_id, idea=idea_id)
        return [_idea(row) for row in rows]

    def place(self, placements: Mapping[int, int | None], now: datetime, by_person: int | None) -> None:
        moved = {"now": ticks(now), "person": by_person}
        self._session.many(_REMEMBER, [{"idea": idea, "theme": theme, **moved} for idea, theme in placements.items()])
        self._session.many(_MOVE, [{"idea": idea, "theme": theme} for idea, theme in placements.items()])
        if by_person is not None:
            self._session.many(_PIN, [{"idea": idea, "pinned": True} for idea in placements])

    def pin(self, idea_id: int, is_pinned: bool) -> None:
        self._session.run(_PIN, idea=idea_id, pinned=is_pinned)

    def path(self, idea_id: int) -> Sequence[tuple[int | None, datetime, int | None]]:
        rows = self._session.all(_PATH, idea=idea_id)
        return [(theme, moment(since), person) for _, _, theme, since, person in rows]


_THEME = select(THEME, THEME.c.id == given("id"))
_ADD_THEME = insert(THEME)
_SAVE_THEME = update(THEME)
_THEMES = select(THEME, THEME.c.activity_id == given("activity"), order=[THEME.c.position, THEME.c.id])
_GROUPED = Statement(sa.select(ACTIVITY.c.grouped_at, ACTIVITY.c.grouped_sentence).where(ACTIVITY.c.id == given("id")))
_SET_GROUPED = Statement(
    sa.update(ACTIVITY)
    .where(ACTIVITY.c.id == given("activity"))
    .values(grouped_at=given("now"), grouped_sentence=given("sentence"))
)
_FINDINGS = Statement(sa.select(FINDINGS.c.content).where(FINDINGS.c.activity_id == given("activity")))
_KEEP_FINDINGS = Statement(
    sa.text(
        "INSERT INTO findings (activity_id, content) VALUES (:activity, :content) "
        "ON CONFLICT (activity_id) DO UPDATE SET content = excluded.content"
    )
)


class SqlThemes:
    """Groups of ideas."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self, theme_id: int) -> Theme | None:
        row = self._session.one(_THEME, id=theme_id)
        return _theme(row) if row else None

    def add(self, theme: Theme) -> Theme:
        return replace(theme, id=self._session.value(_ADD_THEME, **_theme_columns(theme)))

    def save(self, theme: Theme) -> None:
        self._session.run(_SAVE_THEME, id=theme.id, **_theme_columns(theme))

    def of_activity(self, activity_id: int) -> Sequence[Theme]:
        return [_theme(row) for row in self._session.all(_THEMES, activity=activity_id)]

    def grouped_at(self, activity_id: int) -> tuple[datetime, str] | None:
        row = self._session.one(_GROUPED, id=activity_id)
        return (moment(row[0]), row[1] or "") if row and row[0] is not None else None

    def set_grouped(self, activity_id: int, now: datetime, sentence: str, findings: Findings) -> None:
        self._session.run(_SET_GROUPED, activity=activity_id, now=ticks(now), sentence=sentence)
        self.keep_findings(activity_id, findings)

    def findings(self, activity_id: int) -> Findings:
        content = self._session.value(_FINDINGS, activity=activity_id)
        return unpack_findings(content) if content else Findings()

    def keep_findings(self, activity_id: int, findings: Findings) -> None:
        self._session.run(_KEEP_FINDINGS, activity=activity_id, content=pack_findings(findings))


_ADD_CORRECTION = insert(CORRECTION)
_LAST = select(
    CORRECTION,
    CORRECTION.c.activity_id == given("activity"),
    CORRECTION.c.undone_at.is_(None),
    order=[CORRECTION.c.id.desc()],
    limit=1,
)
_UNDONE = Statement(sa.update(CORRECTION).where(CORRECTION.c.id == given("correction")).values(undone_at=given("now")))


class SqlCorrections:
    """What people changed."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(
        self, activity_id: int, kind: CorrectionKind, before: Mapping[str, object], by_person: int | None, now: datetime
    ) -> None:
        self._session.run(
            _ADD_CORRECTION,
            activity_id=activity_id,
            kind=kind.value,
            at=ticks(now),
            by_person=by_person,
            before=pack(before),
            undone_at=None,
        )

    def last(self, activity_id: int) -> Correction | None:
        row = self._session.one(_LAST, activity=activity_id)
        if row is None:
            return None
        number, activity, kind, at, person, before, undone = row
        return Correction(number, activity, CorrectionKind(kind), moment(at), person, unpack(before), moment_if(undone))

    def undone(self, correction_id: int, now: datetime) -> None:
        self._session.run(_UNDONE, correction=correction_id, now=ticks(now))


def _idea(row: Row) -> Idea:
    number, activity, member, place, text, door, message, created, edited, withdrawn, hidden, theme, pinned, same = row
    return Idea(
        number,
        activity,
        member,
        place,
        text,
        Source(door, message),
        moment(created),
        moment_if(edited),
        moment_if(withdrawn),
        moment_if(hidden),
        theme,
        bool(pinned),
        same,
    )


def _idea_columns(idea: Idea) -> dict[str, Any]:
    return {
        "activity_id": idea.activity_id,
        "member_id": idea.member_id,
        "number": idea.number,
        "text": idea.text,
        "door": idea.source.door,
        "message": idea.source.message,
        "created_at": ticks(idea.created_at),
        "edited_at": ticks_if(idea.edited_at),
        "withdrawn_at": ticks_if(idea.withdrawn_at),
        "hidden_at": ticks_if(idea.hidden_at),
        "theme_id": idea.theme_id,
        "is_pinned": idea.is_pinned,
        "merged_into": idea.merged_into,
    }


def _theme(row: Row) -> Theme:
    number, activity, position, found, created, label, stability, words, quotes, merged, retired = row
    return Theme(
        number,
        activity,
        position,
        found,
        moment(created),
        label,
        stability,
        unpack_list(words),
        unpack_list(quotes),
        merged,
        moment_if(retired),
    )


def _theme_columns(theme: Theme) -> dict[str, Any]:
    return {
        "activity_id": theme.activity_id,
        "position": theme.position,
        "found_label": theme.found_label,
        "created_at": ticks(theme.created_at),
        "given_label": theme.given_label,
        "stability": theme.stability,
        "words": pack_list(theme.words),
        "quotes": pack_list(theme.quotes),
        "merged_into": theme.merged_into,
        "retired_at": ticks_if(theme.retired_at),
    }
