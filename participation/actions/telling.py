"""Writing to members: reminders, announcements, notices. A row for each, so that a crash forgets nobody."""

import json
from datetime import datetime

from participation.errors import NoMessage, TooLong, WrongMoment
from participation.model.activity import Activity, Phase
from participation.model.journal import Fact
from participation.model.message import Kind
from participation.model.workshop import Workshop
from participation.ports import Transaction
from participation.questions.kit import Phrase

ANNOUNCEMENT_LENGTH = 2000


def remind(tx: Transaction, activity: Activity, now: datetime) -> int:
    """Send the ballot again to those who have not answered, and only to them. How many."""
    if activity.phase(now) is not Phase.OPEN:
        activity.check_open(now)
        raise WrongMoment()
    rounds = tx.deliveries.rounds(activity.id, Kind.REMINDER)
    silent = tx.members.unanswered(activity.id)
    count = tx.deliveries.add(Kind.REMINDER, silent, now, activity_id=activity.id, round_number=rounds + 1)
    tx.journal.write(Fact("reminder-sent", now, activity.workshop_id, activity.id, details={"asked": count}))
    return count


def announce(tx: Transaction, workshop: Workshop, text: str, now: datetime) -> int:
    """Send a text to every member of the workshop. How many."""
    if not text:
        raise NoMessage()
    if len(text) > ANNOUNCEMENT_LENGTH:
        raise TooLong(length=len(text), limit=ANNOUNCEMENT_LENGTH)
    members = tx.members.to_ask(workshop.id)
    # No activity makes this message unique: its moment does (microseconds since the epoch).
    moment = int(now.timestamp() * 1_000_000)
    count = tx.deliveries.add(Kind.ANNOUNCEMENT, members, now, text=text, round_number=moment)
    tx.journal.write(Fact("announcement-made", now, workshop.id, details={"asked": count}))
    return count


def share_results(tx: Transaction, activity: Activity, now: datetime) -> int:
    """Send the figures to every member: those who gave an opinion are told what became of it. How many."""
    rounds = tx.deliveries.rounds(activity.id, Kind.RESULTS)
    count = tx.deliveries.add(
        Kind.RESULTS, tx.members.to_ask(activity.workshop_id), now, activity_id=activity.id, round_number=rounds + 1
    )
    tx.journal.write(Fact("results-shared", now, activity.workshop_id, activity.id, details={"asked": count}))
    return count


def notify(tx: Transaction, activity: Activity, phrase: Phrase, now: datetime) -> None:
    """Tell those who steer the activity's workshop a sentence."""
    text = json.dumps({"key": phrase.key, "details": dict(phrase.details)})
    moment = int(now.timestamp() * 1_000_000)
    tx.deliveries.add(
        Kind.NOTICE,
        tx.members.steering(activity.workshop_id),
        now,
        activity_id=activity.id,
        text=text,
        round_number=moment,
    )
