"""Marks the people Telegram says cannot be written to; their next message makes them reachable again."""

from dataclasses import replace
from datetime import datetime

from participation.ports import Transaction


def mark_unreachable(tx: Transaction, telegram_id: int, now: datetime) -> None:
    """This person blocked the bot, or their account is gone."""
    person = tx.people.by_telegram(telegram_id)
    if person is not None and person.unreachable_since is None:
        tx.people.save(replace(person, unreachable_since=now))
