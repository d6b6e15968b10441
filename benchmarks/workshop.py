"""The workshop of a measurement: left in the database before the bot starts, joined by the bot's front door."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.people import People
from participation.actions.activities import launch
from participation.actions.steering import invite
from participation.model.people import Role
from participation.model.policy import Policy
from participation.ports import Transaction
from participation.questions.kit import Question
from storage import open_store

QUESTION = "Le bus passe-t-il assez souvent ?"
OPTIONS = ("Oui", "Non", "Sans avis")
"""The same question and buttons as the ordinary bot's."""
CODE = "VERT23"


def prepare(folder: Path) -> str:
    """A new database with a workshop and an open question; the code that makes somebody an organiser."""
    store = open_store(f"sqlite:///{folder}/palabre.db")
    try:
        return asyncio.run(store.write(_furnish))
    finally:
        store.close()


def _furnish(tx: Transaction) -> str:
    now = datetime.now(UTC)
    workshop = tx.workshops.add(CODE, "Mesure", "Europe/Paris", "fr", now)
    launch(tx, tx.activities.add(workshop.id, Question("single", QUESTION, OPTIONS), None, now), now)
    return invite(tx, Role.ORGANISER, None, Policy(), now)


async def joined(people: People, crowd: list[int]) -> dict[int, int]:
    """Everybody opens the link and agrees if asked; the ballot each one received."""
    await people.each(crowd, lambda person: people.act(person, "opens_link", start_parameter=CODE))
    greeted = await people.until_shown(crowd, lambda message: bool(message["keyboard"]))
    shown = await people.each(crowd, people.messages)
    asked = [p for p, m in zip(crowd, shown, strict=True) if not any(map(_is_ballot, m))]
    await people.each(asked, lambda person: people.press(person, greeted[person], 0))
    return await people.until_shown(crowd, _is_ballot)


def _is_ballot(message: dict[str, Any]) -> bool:
    return bool(message["keyboard"]) and QUESTION in message["text"]
