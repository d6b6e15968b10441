"""A crowd of a hundred joins, votes and writes while the bot is killed and started again: nothing lost, nothing twice."""

import asyncio
import re
from collections.abc import Awaitable, Callable, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TypeVar

from tests.stories.kept import kept_in
from tests.stories.processes import (
    PATIENCE,
    Program,
    free_port,
    local_bot_api,
    palabre,
    runs,
    settings_of_the_bot,
    typed,
    url_of,
)
from tests.stories.town import Citizen, Town, town_at

CROWD = 100
T = TypeVar("T")


class Mortal:
    """The bot, which is killed and comes back."""

    def __init__(self, folder: Path, settings: dict[str, str], lives: ExitStack) -> None:
        self._folder = folder
        self._settings = settings
        self._lives = lives
        self._program: Program | None = None
        self._count = 0

    async def starts(self) -> None:
        self._count += 1
        bot = palabre(self._folder, self._settings, "run", said=f"life-{self._count}.log")
        self._program = self._lives.enter_context(bot)
        await runs(bot)

    def dies(self) -> None:
        assert self._program is not None
        self._program.kills()


async def wave(
    people: Sequence[Citizen], gesture: Callable[[Citizen], Awaitable[T]], bot: Mortal, dies_at: int
) -> list[T]:
    """Everybody does it, one close after another; the bot dies at one of them, and starts again after the last."""
    done = []
    for number, person in enumerate(people):
        if number == dies_at:
            bot.dies()
        done.append(await gesture(person))
    await bot.starts()
    return done


async def is_quiet(town: Town) -> None:
    """Wait until the bot has taken everything in."""
    for _ in range(int(PATIENCE / 0.2)):
        if await town.pending() == 0:
            return
        await asyncio.sleep(0.2)
    raise AssertionError(f"{await town.pending()} updates are still waiting at the Bot API")


async def workshop_of(town: Town, folder: Path, settings: dict[str, str]) -> tuple[Citizen, str]:
    """An organiser and the code of their workshop."""
    [organiser] = await town.arrive("Nadia")
    link = re.search(r"\?start=(\S+)", await typed(folder, settings, "invite", "organisateur"))
    assert link is not None
    await organiser.opens_link(link[1])
    await organiser.sees("Palabre")
    await organiser.writes("/atelier Une soirée à cent")
    created = await organiser.sees(r"Code : \w+")
    return organiser, re.findall(r"Code : (\w+)", created["text"])[0]


async def test_every_answer_accepted_is_kept_once_and_everybody_is_answered(tmp_path: Path) -> None:
    with ExitStack() as lives:
        url = await url_of(lives.enter_context(local_bot_api(tmp_path)))
        settings = settings_of_the_bot(url, tmp_path, free_port(), PALABRE__ANALYSIS__QUIET_SECONDS="3600")
        bot = Mortal(tmp_path, settings, lives)
        await bot.starts()
        async with town_at(url) as town:
            organiser, code = await workshop_of(town, tmp_path, settings)
            people = await town.crowd(CROWD)
            await wave(people, lambda person: person.opens_link(code), bot, dies_at=30)
            doors = {person.id: await person.sees("Bienvenue") for person in people}
            agreed = await wave(people, lambda person: person.presses(doors[person.id], "J’accepte"), bot, dies_at=80)

            await organiser.launches("/sondage On continue ? | Oui | Non")
            ballots = {person.id: await person.sees("On continue") for person in people}
            choice = {person.id: number % 2 for number, person in enumerate(people)}
            voted = await wave(
                people, lambda person: person.presses(ballots[person.id], ("Oui", "Non")[choice[person.id]]), bot, 50
            )
            await organiser.launches("/idees Que faire ?")
            for person in people:
                await person.sees("Que faire")
            written = await wave(people, lambda person: person.writes(f"L’idée de la personne {person.id}"), bot, 60)
            await is_quiet(town)
            for person, message in zip(people, written, strict=True):
                await person.sees(r"Idée n° \d+ notée", after=message)
            windows = [await people[0].is_told(press) for press in voted]
            for press in agreed:
                await people[0].is_told(press)

    kept = kept_in(tmp_path / "palabre.db")
    assert kept.votes == {(person.id, 1): [choice[person.id]] for person in people}
    assert kept.ideas == {(person.id, f"L’idée de la personne {person.id}"): 1 for person in people}
    assert {person: count for person, count in kept.members.items() if person != organiser.id} == {
        person.id: 1 for person in people
    }
    assert windows == [f"✔ Noté : {('Oui', 'Non')[choice[person.id]]}" for person in people]
    assert kept.undone == 0
