"""Tells the organisers, once an hour at most, that updates were given up: each of them is somebody who was not heard."""

from collections.abc import Sequence
from datetime import datetime, timedelta

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
MOST_READ = 500


def tell_deaths(tx: Transaction, house: House, now: datetime) -> int:
    """Queue a message to each organiser when updates died since the last one. How many deaths it tells of; 0: no message."""
    deaths, told_at = _since_told(tx.journal.of_the_house(MOST_READ))
    if not deaths or (told_at is not None and abs(now - told_at) < NOT_BEFORE):
        return 0
    organisers = [p for p in tx.people.with_role(Role.ORGANISER) if p.telegram_id and p.unreachable_since is None]
    if not organisers:
        return 0  # the journal keeps them until there is somebody to tell
    for organiser in organisers:
        tx.replies.add(organiser.telegram_id or 0, "message", _message(house, organiser, deaths, now).to_json(), now)
    tx.journal.write(Fact(DEATHS_TOLD, now, details={"count": deaths}))
    return deaths


def _since_told(newest_first: Sequence[Fact]) -> tuple[int, datetime | None]:
    """How many deaths nobody was told of, and when somebody last was."""
    deaths = 0
    for fact in newest_first:
        if fact.name == DEATHS_TOLD:
            return deaths, fact.at
        deaths += fact.name == UPDATE_DIED
    return deaths, None


def _message(house: House, organiser: Person, deaths: int, now: datetime) -> Call:
    text = say(house.voice(organiser.language, None, now), "notice-deaths", count=deaths)
    return Call("sendMessage", {"chat_id": organiser.telegram_id, "text": str(text), "parse_mode": "HTML"})
