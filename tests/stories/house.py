"""The whole house in this process, around a local Bot API: for what must be seen from inside (a full disk, a clock)."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.bootstrap import House, assemble
from app.rehearsing import invite_organiser
from app.settings import Settings, load_settings
from app.supervisor import Supervisor
from rehearsal.botapi import Bot, BotApi, Bubble, InProcessRequest, Person
from storage import open_store
from tests.stories.processes import PATIENCE, TOKEN

NOWHERE = Path("/dev/null")


class Door(InProcessRequest):
    """Counts what is asked of the local Bot API, refused tokens included."""

    def __init__(self, stage: "Stage") -> None:
        super().__init__(stage.api)
        self._stage = stage

    async def do_request(self, *given: Any, **named: Any) -> tuple[int, bytes]:
        self._stage.calls += 1
        return await super().do_request(*given, **named)


@dataclass
class Stage:
    """A town in memory and the file of its bot's database; houses come and go."""

    api: BotApi
    bot: Bot
    file: Path
    calls: int = 0

    @property
    def url(self) -> str:
        return f"sqlite:///{self.file}"

    @asynccontextmanager
    async def lives(self, patience: float | None = 5, **environment: str) -> AsyncIterator[House]:
        """The house runs during the block, and stops politely at its end. `patience` None: as long as in service."""
        settings = settings_with(environment)
        how = {} if patience is None else {"patience": patience}
        store = open_store(self.url, exclusive=True, **how)
        try:
            requests = (Door(self), Door(self))
            house = await assemble(settings, store, TOKEN, "http://127.0.0.1:1", requests)
            supervisor = Supervisor()
            running = asyncio.create_task(house.run(supervisor))
            try:
                yield house
            finally:
                supervisor.stop()
                await running
        finally:
            store.close()


def settings_with(environment: dict[str, str]) -> Settings:
    """The defaults, and these."""
    return load_settings(NOWHERE, {"PALABRE__TELEGRAM__TOKEN": TOKEN, **environment})


def stage_in(folder: Path, seed: int = 3) -> Stage:
    """An empty town."""
    api = BotApi(seed=seed)
    return Stage(api, api.add_bot(TOKEN), folder / "palabre.db")


def plain(text: str) -> str:
    """With ordinary spaces."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def shown(person: Person, words: str, after: int = 0) -> list[Bubble]:
    """The bot's messages that hold these words, on a phone, oldest first."""
    bubbles = person.phone().messages()
    return [b for b in bubbles if not b.mine and b.message_id > after and words in plain(b.text)]


async def comes(look: Callable[[], object], seconds: float = PATIENCE) -> None:
    """Wait until it is there."""
    async with asyncio.timeout(seconds):
        while not look():  # noqa: ASYNC110 - what is looked at has no event
            await asyncio.sleep(0.02)


async def organiser_of(stage: Stage, house: House) -> tuple[Person, str]:
    """An organiser, and the code of their workshop."""
    organiser = stage.api.add_person("Nadia")
    organiser.opens_link(await invite_organiser(house.store, house.policy))
    organiser.sends_text("/atelier La salle")
    await comes(lambda: shown(organiser, "Code : "))
    return organiser, plain(shown(organiser, "Code : ")[0].text).partition("Code : ")[2][:6]


async def councillors_of(stage: Stage, code: str, count: int) -> list[Person]:
    """People who have joined and agreed."""
    people = [stage.api.add_person(f"Voix{number}") for number in range(count)]
    for person in people:
        person.opens_link(code)
    await comes(lambda: all(shown(person, "Bienvenue") for person in people))
    for person in people:
        person.presses(shown(person, "Bienvenue")[0].message_id, (0, 0))
    await comes(lambda: all(shown(person, "Vous participez") for person in people))
    return people


async def launch(organiser: Person, command: str, words: str, people: list[Person]) -> None:
    """Ask, launch, and wait until these people see it."""
    typed = organiser.sends_text(command)
    await comes(lambda: shown(organiser, "est prête", typed))
    organiser.presses(shown(organiser, "est prête", typed)[0].message_id, (0, 0))
    await comes(lambda: all(shown(person, words) for person in people))
