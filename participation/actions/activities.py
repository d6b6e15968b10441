"""Drafting a question, launching it, closing, reopening, revealing; and the turn of the clock."""

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from participation.actions.telling import notify
from participation.errors import AlreadyClosed, NotADraft, StillADraft
from participation.model.activity import Activity, Phase, Window
from participation.model.drafting import Typed
from participation.model.journal import Fact
from participation.model.message import Kind
from participation.model.people import Member
from participation.model.when import next_at, window_of
from participation.model.workshop import Workshop
from participation.ports import Transaction
from participation.questions import QUESTION_TYPES
from participation.questions.kit import Phrase, Question


def draft(
    tx: Transaction, workshop: Workshop, member: Member, kind: str, typed: Typed, at_most: int, now: datetime
) -> Activity:
    """Keep a question that can be asked, not launched yet; refuse it with what is wrong."""
    question = QUESTION_TYPES[kind].check(Question(kind, typed.text, typed.options, at_most))
    timing = typed.timing
    at = next_at(timing.at, ZoneInfo(workshop.time_zone), now) if timing.at else None
    activity = replace(
        tx.activities.add(workshop.id, question, member.id, now),
        at=at,
        delay_seconds=_seconds(timing.delay),
        duration_seconds=_seconds(timing.duration),
    )
    tx.activities.save(activity)
    return activity


def launch(tx: Transaction, activity: Activity, now: datetime) -> tuple[Activity, int]:
    """Open it now or at its time, and queue its ballot for every member. How many will be written to."""
    if activity.launched_at is not None:
        raise NotADraft(number=activity.number)
    window = window_of(activity, now)
    launched = replace(activity, launched_at=now, opens_at=window.opens_at, closes_at=window.closes_at)
    tx.activities.save(launched)
    asked = tx.deliveries.add(Kind.BALLOT, tx.members.to_ask(activity.workshop_id), now, activity_id=activity.id)
    tx.journal.write(_fact("activity-launched", launched, now, asked=asked))
    if launched.phase(now) is Phase.OPEN:
        launched = _open(tx, launched, now)
    elif not tx.activities.open_in(activity.workshop_id, now):
        _feature(tx, launched)  # what is open stays on the wall until this one opens
    return launched, asked


def close(tx: Transaction, activity: Activity, now: datetime) -> Activity:
    """Take no more answers, from now."""
    match activity.phase(now):
        case Phase.DRAFT:
            raise StillADraft(number=activity.number)
        case Phase.CLOSED:
            raise AlreadyClosed(closed_at=activity.closes_at, workshop_id=activity.workshop_id)
        case _:
            return _close(tx, replace(activity, closes_at=now), now)


def reopen(tx: Transaction, activity: Activity, now: datetime) -> Activity:
    """Take answers again until somebody closes; nothing given before is lost, and everybody has the ballot again."""
    match activity.phase(now):
        case Phase.DRAFT:
            raise StillADraft(number=activity.number)
        case Phase.SCHEDULED | Phase.OPEN:
            return activity
        case Phase.CLOSED:
            again = replace(activity, closes_at=None, told_closed_at=None)
            tx.activities.save(again)
            tx.journal.write(_fact("activity-reopened", again, now))
            _feature(tx, again)
            tx.members.focus_all(activity.workshop_id, activity.id)
            # Those who pressed after the close have no buttons left, and nobody else knows that it is open again.
            rounds = tx.deliveries.rounds(activity.id, Kind.BALLOT)
            members = tx.members.to_ask(activity.workshop_id)
            tx.deliveries.add(Kind.BALLOT, members, now, activity_id=activity.id, round_number=rounds + 1)
            return again


def reveal(tx: Transaction, activity: Activity, is_revealed: bool, now: datetime) -> Activity:
    """Show the figures to the room, or mask them again."""
    if activity.launched_at is None:
        raise StillADraft(number=activity.number)
    shown = replace(activity, is_revealed=is_revealed)
    tx.activities.save(shown)
    tx.journal.write(_fact("results-revealed" if is_revealed else "results-masked", shown, now))
    _feature(tx, shown)
    return shown


def discard(tx: Transaction, activity: Activity, now: datetime) -> None:
    """Throw a draft away."""
    if activity.launched_at is not None:
        raise NotADraft(number=activity.number)
    tx.activities.save(replace(activity, discarded_at=now))


def turn(tx: Transaction, now: datetime) -> None:
    """Act on every opening and closing that is due; harmless when called twice, late, or after a restart."""
    for activity in tx.activities.to_open(now):
        _open(tx, activity, now)
    for activity in tx.activities.to_close(now):
        closed = _close(tx, activity, now)
        notify(tx, closed, Phrase("notice-closed", {"number": closed.number}), now)


def window_if_launched(activity: Activity, now: datetime) -> Window:
    """When a draft would open and close if launched now: repeated back before launching."""
    return window_of(activity, now)


def _open(tx: Transaction, activity: Activity, now: datetime) -> Activity:
    opened = replace(activity, told_open_at=now)
    tx.activities.save(opened)
    tx.members.focus_all(activity.workshop_id, activity.id)
    tx.journal.write(_fact("activity-opened", opened, now))
    _feature(tx, opened)
    return opened


def _close(tx: Transaction, activity: Activity, now: datetime) -> Activity:
    closed = replace(activity, told_open_at=activity.told_open_at or now, told_closed_at=now)
    tx.activities.save(closed)
    tx.deliveries.stale(activity.id, (Kind.BALLOT, Kind.REMINDER, Kind.AGAIN))
    tx.journal.write(_fact("activity-closed", closed, now))
    tx.touch(activity.id)
    return closed


def _feature(tx: Transaction, activity: Activity) -> None:
    workshop = tx.workshops.get(activity.workshop_id)
    if workshop is not None and workshop.featured_activity_id != activity.id:
        tx.workshops.save(replace(workshop, featured_activity_id=activity.id))
        tx.touch_workshop(workshop.id)
    tx.touch(activity.id)


def _fact(name: str, activity: Activity, now: datetime, **details: int) -> Fact:
    return Fact(name, now, activity.workshop_id, activity.id, details=details)


def _seconds(span: timedelta | None) -> int | None:
    return None if span is None else int(span.total_seconds())
