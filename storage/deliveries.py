"""Messages to many members: (activity, kind, round, member) is the key that prevents a second time."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa

from participation.model.message import Addressee, Delivery, Fate, Kind, Outcome, Progress
from storage.json_text import unpack_answer
from storage.moments import ticks
from storage.rows import given
from storage.statements import Session, Statement
from storage.tables.contributions import ANSWER
from storage.tables.people import PERSON
from storage.tables.trays import DELIVERY
from storage.tables.workshops import MEMBER

NO_ACTIVITY = 0
"""A NULL would never equal another one, and the key would prevent nothing."""

# What is new may leave at once, whatever becomes of the clock: only a delay that was asked for is a moment.
_ADD = Statement(
    sa.text(
        "INSERT INTO delivery (kind, activity_id, member_id, round, text, fate, attempts, receipt, problem, "
        "created_at, not_before, settled_at) "
        "SELECT :kind, :activity, member.id, :round, :text, 'waiting', 0, NULL, '', :now, 0, NULL "
        "FROM member JOIN person ON person.id = member.person_id "
        "WHERE member.id = :member AND member.left_at IS NULL AND person.unreachable_since IS NULL "
        "AND person.telegram_id IS NOT NULL ON CONFLICT (activity_id, kind, round, member_id) DO NOTHING"
    )
)
_STOPPED = "stopped while it was sent"
"""Written on what a stop found claimed: nobody knows whether it arrived."""


def _ready(*conditions: sa.ColumnElement[bool]) -> Statement:
    return Statement(
        sa.select(
            DELIVERY.c.id,
            DELIVERY.c.kind,
            DELIVERY.c.member_id,
            PERSON.c.id,
            PERSON.c.telegram_id,
            PERSON.c.language,
            DELIVERY.c.activity_id,
            DELIVERY.c.text,
            DELIVERY.c.attempts,
        )
        .join(MEMBER, MEMBER.c.id == DELIVERY.c.member_id)
        .join(PERSON, PERSON.c.id == MEMBER.c.person_id)
        .where(DELIVERY.c.fate == "waiting", DELIVERY.c.not_before <= given("now"), PERSON.c.telegram_id.is_not(None))
        .where(*conditions)
        .order_by(DELIVERY.c.id)
        .limit(given("most"))
    )


_READY = _ready(DELIVERY.c.problem != _STOPPED)
_READY_AGAIN = _ready(DELIVERY.c.problem == _STOPPED)
_ADDRESSEE = Statement(
    sa.select(MEMBER.c.workshop_id, PERSON.c.workshop_id, ANSWER.c.answer)
    .join(PERSON, PERSON.c.id == MEMBER.c.person_id)
    .join(ANSWER, sa.and_(ANSWER.c.activity_id == given("activity"), ANSWER.c.member_id == MEMBER.c.id), isouter=True)
    .where(MEMBER.c.id == given("member"), MEMBER.c.left_at.is_(None))
)
_CLAIM = Statement(
    sa.update(DELIVERY).where(DELIVERY.c.id == given("delivery")).values(fate="taken", attempts=DELIVERY.c.attempts + 1)
)
_SETTLE = Statement(
    sa.update(DELIVERY)
    .where(DELIVERY.c.id == given("delivery"))
    .values(fate=given("become"), receipt=given("got"), problem=given("said"), settled_at=given("now"))
)
_WAIT = Statement(
    sa.update(DELIVERY)
    .where(DELIVERY.c.id == given("delivery"))
    .values(
        fate="waiting",
        problem=given("said"),
        not_before=given("moment"),
        attempts=DELIVERY.c.attempts - given("free"),
    )
)
_LOSE = Statement(
    sa.text(
        "UPDATE person SET unreachable_since = :now WHERE unreachable_since IS NULL AND id = (SELECT member.person_id "
        "FROM delivery JOIN member ON member.id = delivery.member_id WHERE delivery.id = :delivery)"
    )
)
_FATES = Statement(
    sa.select(DELIVERY.c.fate, sa.func.count())
    .where(DELIVERY.c.activity_id == given("activity"), DELIVERY.c.kind == given("kind"))
    .group_by(DELIVERY.c.fate)
)
_ALL_FATES = Statement(sa.select(DELIVERY.c.fate, sa.func.count()).group_by(DELIVERY.c.fate))
_ROUNDS = Statement(
    sa.select(sa.func.coalesce(sa.func.max(DELIVERY.c.round), 0)).where(
        DELIVERY.c.activity_id == given("activity"), DELIVERY.c.kind == given("kind")
    )
)
_STALE = Statement(
    sa.update(DELIVERY)
    .where(DELIVERY.c.activity_id == given("activity"), DELIVERY.c.kind == given("kind"), DELIVERY.c.fate == "waiting")
    .values(fate="stale")
)
_RECEIPT = Statement(
    sa.select(DELIVERY.c.receipt)
    .where(
        DELIVERY.c.activity_id == given("activity"),
        DELIVERY.c.member_id == given("member"),
        DELIVERY.c.kind.in_([Kind.BALLOT.value, Kind.REMINDER.value, Kind.AGAIN.value]),
        DELIVERY.c.receipt.is_not(None),
    )
    .order_by(DELIVERY.c.id.desc())
    .limit(1)
)
# An attempt that Telegram refused writes another problem here: only two stops in a row give a message up.
_GIVE_UP = Statement(
    sa.update(DELIVERY)
    .where(DELIVERY.c.fate == "taken", DELIVERY.c.problem == _STOPPED)
    .values(fate="failed", settled_at=given("now"))
)
_RESUME = Statement(
    sa.update(DELIVERY)
    .where(DELIVERY.c.fate == "taken")
    .values(fate="waiting", problem=_STOPPED, not_before=given("moment"))
)
_RELEASE = Statement(
    sa.update(DELIVERY)
    .where(DELIVERY.c.id == given("delivery"), DELIVERY.c.fate == "taken")
    .values(fate="waiting", attempts=DELIVERY.c.attempts - 1)
)
_LATER = timedelta(seconds=2)
"""What was in the air when we stopped waits a little: a second stop soon after must not meet the same messages."""


class SqlDeliveries:
    """Messages to many members."""

    def __init__(self, session: Session, queued: Callable[[str], None]) -> None:
        self._session = session
        self._queued = queued

    def add(
        self,
        kind: Kind,
        members: Iterable[int],
        now: datetime,
        *,
        activity_id: int | None = None,
        text: str = "",
        round_number: int = 0,
    ) -> int:
        shared = {
            "kind": kind.value,
            "activity": activity_id or NO_ACTIVITY,
            "round": round_number,
            "text": text,
            "now": ticks(now),
        }
        count = self._session.many(_ADD, [{**shared, "member": member} for member in members])
        if count:
            self._queued("deliveries")
        return count

    def take(self, limit: int, now: datetime) -> Sequence[Delivery]:
        rows = self._session.all(_READY, most=limit, now=ticks(now))
        if not rows:
            rows = self._session.all(_READY_AGAIN, most=1, now=ticks(now))
        self._session.many(_CLAIM, [{"delivery": row[0]} for row in rows])
        return [
            Delivery(i, Kind(kind), member, person, to, language, activity or None, text, Fate.TAKEN, tries + 1)
            for i, kind, member, person, to, language, activity, text, tries in rows
        ]

    def addressee(self, delivery: Delivery) -> Addressee | None:
        about = delivery.activity_id or NO_ACTIVITY
        row = self._session.one(_ADDRESSEE, member=delivery.member_id, activity=about)
        return Addressee(row[0], row[1], None if row[2] is None else unpack_answer(row[2])) if row else None

    def settle(self, outcomes: Mapping[int, Outcome], now: datetime) -> None:
        settled, waiting, lost = [], [], []
        for number, outcome in outcomes.items():
            said = {"delivery": number, "said": outcome.problem}
            if outcome.fate is Fate.WAITING:
                waiting.append({**said, "moment": ticks(now + outcome.pause), "free": int(not outcome.counts)})
                continue
            settled.append({**said, "become": outcome.fate.value, "got": outcome.receipt, "now": ticks(now)})
            if outcome.fate is Fate.UNREACHABLE:
                lost.append({"delivery": number, "now": ticks(now)})
        self._session.many(_SETTLE, settled)
        self._session.many(_WAIT, waiting)
        self._session.many(_LOSE, lost)

    def progress(self, activity_id: int, kind: Kind) -> Progress:
        found: dict[str, int] = dict(self._session.all(_FATES, activity=activity_id, kind=kind.value))
        waiting = found.get("waiting", 0) + found.get("taken", 0)
        return Progress(waiting, found.get("told", 0), found.get("unreachable", 0), found.get("failed", 0))

    def rounds(self, activity_id: int, kind: Kind) -> int:
        found: int = self._session.value(_ROUNDS, activity=activity_id, kind=kind.value)
        return found

    def stale(self, activity_id: int, kinds: Iterable[Kind]) -> None:
        self._session.many(_STALE, [{"activity": activity_id, "kind": kind.value} for kind in kinds])

    def receipt(self, activity_id: int, member_id: int) -> int | None:
        found: int | None = self._session.value(_RECEIPT, activity=activity_id, member=member_id)
        return found

    def release(self, delivery_ids: Iterable[int]) -> None:
        self._session.many(_RELEASE, [{"delivery": number} for number in delivery_ids])

    def resume(self, now: datetime) -> int:
        self._session.run(_GIVE_UP, now=ticks(now))
        return self._session.run(_RESUME, moment=ticks(now + _LATER))

    def counts(self) -> Mapping[Fate, int]:
        return {Fate(fate): n for fate, n in self._session.all(_ALL_FATES)}
