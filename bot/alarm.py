"""Tells the organisers what nobody sees from the room: once an hour at most for each thing, in rows that survive a kill."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import takewhile

from bot.calls import Call
from bot.context import House
from bot.intake import UPDATE_DIED
from bot.messages import say
from participation.model.journal import Fact
from participation.model.people import Person, Role
from participation.ports import Transaction

NOT_BEFORE = timedelta(hours=1)
DEATHS_TOLD = "deaths-told"
"""The journal's fact: what died before it needs no more telling."""
CONFLICT_TOLD = "conflict-told"
MOST_READ = 500


def tell_deaths(tx: Transaction, house: House, now: datetime) -> bool:
    """When updates were given up since somebody was told: each of them is somebody who was not heard."""
    since_told = takewhile(lambda fact: fact.name != DEATHS_TOLD, tx.journal.of_the_house(MOST_READ))
    deaths = sum(fact.name == UPDATE_DIED for fact in since_told)
    return deaths > 0 and _tell(tx, house, DEATHS_TOLD, "notice-deaths", deaths, now)


def tell_conflict(tx: Transaction, house: House, now: datetime) -> bool:
    """When another program receives what people send us."""
    return _tell(tx, house, CONFLICT_TOLD, "notice-conflict", 1, now)


def _tell(tx: Transaction, house: House, fact: str, sentence: str, count: int, now: datetime) -> bool:
    """Queue a message to each organiser. Not when one of the same sort is less than an hour old, nor when there is
    nobody to tell: the journal keeps what waits."""
    organisers = [p for p in tx.people.with_role(Role.ORGANISER) if p.telegram_id and p.unreachable_since is None]
    if not organisers or _is_recent(tx.journal.of_the_house(MOST_READ), fact, now):
        return False
    for organiser in organisers:
        call = _message(house, organiser, sentence, count, now)
        tx.replies.add(organiser.telegram_id or 0, "message", call.to_json(), now)
    tx.journal.write(Fact(fact, now, details={"count": count}))
    return True


def _is_recent(newest_first: Sequence[Fact], name: str, now: datetime) -> bool:
    last = next((fact for fact in newest_first if fact.name == name), None)
    return last is not None and abs(now - last.at) < NOT_BEFORE


def _message(house: House, organiser: Person, sentence: str, count: int, now: datetime) -> Call:
    text = say(house.voice(organiser.language, None, now), sentence, count=count)
    return Call("sendMessage", {"chat_id": organiser.telegram_id, "text": str(text), "parse_mode": "HTML"})
