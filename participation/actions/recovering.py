"""After an outage: presses that waited too long at Telegram are lost, so ballots are sent again and deadlines given back."""

from dataclasses import replace
from datetime import datetime, timedelta

from participation.model.activity import Activity, Phase
from participation.model.journal import Fact
from participation.model.message import Kind
from participation.ports import Transaction

PRESSES_KEPT = timedelta(seconds=150)
"""How long Telegram keeps a press for a bot that is away; messages wait a day."""
LONGEST_EXTENSION = timedelta(minutes=15)


def recover(tx: Transaction, now: datetime, negligible: timedelta = timedelta()) -> int:
    """Keep that we hear people at `now`, and repair what not hearing them since the last time may have cost.

    An activity whose deadline fell in the outage stays open for as long as the outage lasted, 15 minutes at most. When
    presses may have been lost, the members of every activity open now receive their ballot again, with a sentence that
    says why. A gap up to `negligible` is the beat itself, not an outage. How many activities were touched.
    """
    last = tx.pulse.get()
    tx.pulse.set(now)
    if last is None or now - last <= negligible:
        return 0
    outage = now - last
    touched = [
        extend(tx, activity, outage, now) for activity in tx.activities.to_close(now) if _was_open(activity, last)
    ]
    if outage < PRESSES_KEPT:
        return len(touched)
    still_open = [a for workshop in tx.workshops.all() for a in tx.activities.open_in(workshop.id, now)]
    for activity in still_open:
        _send_again(tx, activity, now, outage)
    return len({activity.id for activity in (*touched, *still_open)})


def extend(tx: Transaction, activity: Activity, outage: timedelta, now: datetime) -> Activity:
    """Give back the time the outage took from an activity whose deadline fell in it."""
    extension = min(outage, LONGEST_EXTENSION)
    longer = replace(activity, closes_at=now + extension, told_closed_at=None)
    tx.activities.save(longer)
    seconds = int(extension.total_seconds())
    tx.journal.write(Fact("deadline-extended", now, activity.workshop_id, activity.id, details={"seconds": seconds}))
    tx.touch(activity.id)
    return longer


def _was_open(activity: Activity, last: datetime) -> bool:
    return activity.phase(last) is Phase.OPEN


def _send_again(tx: Transaction, activity: Activity, now: datetime, outage: timedelta) -> None:
    rounds = tx.deliveries.rounds(activity.id, Kind.AGAIN)
    members = tx.members.to_ask(activity.workshop_id)
    count = tx.deliveries.add(Kind.AGAIN, members, now, activity_id=activity.id, round_number=rounds + 1)
    details = {"asked": count, "outage_seconds": int(outage.total_seconds())}
    tx.journal.write(Fact("ballots-sent-again", now, activity.workshop_id, activity.id, details=details))
