"""Plays a consultation question by question through the bot's front door, as a facilitator and its people would."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

from app.replaying.consultation import Asked, Consultation
from app.replaying.player import Player
from participation.model.activity import Activity, Phase
from participation.model.people import Role
from participation.model.workshop import Workshop
from participation.ports import Clock, Transaction
from rehearsal.botapi import BotApi
from storage import SqlStore

TOLD_EVERY = 100
TITLE = "Consultation rejouée"
T = TypeVar("T")


class Play:
    """The facilitator, the people met so far, and the activity that each question became."""

    def __init__(self, api: BotApi, store: SqlStore, clock: Clock, told: Callable[[int], None]) -> None:
        self._api = api
        self._store = store
        self._clock = clock
        self._told = told
        self._facilitator = Player(api, "Animatrice")
        self._people: dict[str, Player] = {}
        self.done = 0
        """Answers given so far."""
        self.activities: dict[str, int] = {}

    async def run(self, consultation: Consultation, invitation: str) -> None:
        """Open a workshop, then ask every question in turn."""
        facilitator = self._facilitator
        facilitator.person.opens_link(invitation)
        await self._eventually(lambda tx: tx.people.with_role(Role.ORGANISER))
        facilitator.person.sends_text(f"/atelier {TITLE}")
        workshop = await self._eventually(_newest_workshop)
        first, *others = consultation.questions
        self._draft(first)
        await facilitator.sees("Lancer")
        for asked, following in zip(consultation.questions, [*others, None], strict=True):
            await self._ask(workshop, asked, consultation.answers[asked.id], following)
            self._told(self.done)
        await self._eventually(self._all_closed)

    async def _ask(
        self, workshop: Workshop, asked: Asked, answers: list[tuple[str, str]], following: Asked | None
    ) -> None:
        """Launch it; draft the following one while people answer; close it once they have."""
        facilitator = self._facilitator
        for player in self._people.values():
            player.looks_away()
        await facilitator.press_button("Lancer")
        activity = await self._eventually(lambda tx: self._opened(tx, workshop))
        self.activities[asked.id] = activity.id
        if following is not None:
            self._draft(following)
        positions = {answer: i for i, (answer, _) in enumerate(asked.options)}
        async with asyncio.TaskGroup() as hall:
            for user, answer in answers:
                hall.create_task(self._answer(workshop, asked, user, answer, positions))
        if following is not None:
            await facilitator.sees("Lancer")
        facilitator.person.sends_text(f"/fermer {activity.number}")

    def _draft(self, asked: Asked) -> None:
        self._facilitator.looks_away()
        self._facilitator.person.sends_text(_command(asked))

    async def _answer(
        self, workshop: Workshop, asked: Asked, user: str, answer: str, positions: dict[str, int]
    ) -> None:
        player = self._people.get(user)
        if player is None:
            player = self._people[user] = Player(self._api, f"Personne {user}")
            await player.join(workshop.code)
        if asked.is_choice:
            await player.choose(positions[answer], len(asked.options))
        else:
            player.write(answer)
        self.done += 1
        if self.done % TOLD_EVERY == 0:
            self._told(self.done)

    def _opened(self, tx: Transaction, workshop: Workshop) -> Activity | None:
        known, now = set(self.activities.values()), self._clock.now()
        drafted = tx.activities.of_workshop(workshop.id)
        return next((a for a in drafted if a.id not in known and a.phase(now) is Phase.OPEN), None)

    def _all_closed(self, tx: Transaction) -> bool:
        now = self._clock.now()
        found = map(tx.activities.get, self.activities.values())
        return all(activity is not None and activity.phase(now) is Phase.CLOSED for activity in found)

    async def _eventually(self, look: Callable[[Transaction], T | None]) -> T:
        """Look at the store, each time the bot has answered the facilitator, until it shows what is expected."""
        while not (found := await self._store.read(look)):
            await self._facilitator.news()
        return found


def _newest_workshop(tx: Transaction) -> Workshop | None:
    return next(iter(tx.workshops.all()), None)


def _command(asked: Asked) -> str:
    """The question as a facilitator would type it, one option a line; bars would cut it, so they become slashes."""
    lines = [asked.title, *(words for _, words in asked.options)]
    tidy = [" ".join(line.split()).replace("|", "/") for line in lines]
    return ("/sondage " if asked.is_choice else "/idees ") + "\n".join(tidy)
