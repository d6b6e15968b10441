"""The workshop of a measurement: left in the database before the bot starts, joined by the bot's front door."""

import asyncio
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.people import People
from participation.actions.activities import launch
from participation.actions.joining import agree, arrive
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


def prepare(folder: Path, members: Iterable[int] = (), *, answered: bool = False) -> str:
    """A new database with a workshop and an open question; the code that makes somebody its facilitator.

    `members`: Telegram numbers of people who are in the workshop already. `answered`: each of them has voted.
    """
    store = open_store(f"sqlite:///{folder}/palabre.db")
    try:
        return asyncio.run(store.write(lambda tx: _furnish(tx, members, answered=answered)))
    finally:
        store.close()


def _furnish(tx: Transaction, members: Iterable[int], *, answered: bool) -> str:
    now = datetime.now(UTC)
    workshop = tx.workshops.add(CODE, "Mesure", "Europe/Paris", "fr", now)
    activity, _ = launch(tx, tx.activities.add(workshop.id, Question("single", QUESTION, OPTIONS), None, now), now)
    for number in members:
        person = agree(tx, arrive(tx, number, "Personne", "fr", now), now)
        member = tx.members.add(workshop.id, person.id, Role.COUNCILLOR, now)
        tx.people.save(replace(person, workshop_id=workshop.id))
        if answered:
            tx.answers.put(activity.id, member.id, (number % len(OPTIONS),), now, "telegram")
    return invite(tx, Role.FACILITATOR, workshop.id, Policy(), now)


async def come_in(people: People, crowd: list[int]) -> dict[int, int]:
    """People who are members already open the link; the ballot each one received."""
    await people.each(crowd, lambda person: people.act(person, "opens_link", start_parameter=CODE))
    return await people.until_shown(crowd, _is_ballot)


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
