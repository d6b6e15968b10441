"""A hall of four hundred people around one bot: the local Bot API in this process, the bot in another."""

import asyncio
import re
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from rehearsal.botapi import BotApi, BotApiServer, Bubble, Fault, Person, PhoneEvent
from rehearsal.botapi.people import Press
from tests.faults.mortal import Mortal, Nursery
from tests.postgresql import Postgres
from tests.stories.kept import Where
from tests.stories.processes import TOKEN, free_port, settings_of_the_bot

VOTERS = 100
OTHERS = 300
PATIENCE = 60.0
"""Seconds after which what has not come is missing."""
LOOK = 0.05
SECRET = "a-secret-made-up-for-the-faults-of-32-bytes-and-more"


@dataclass
class Hall:
    """The people, what they did, and what they were told."""

    mode: str
    api: BotApi
    bot: Mortal
    folder: Path
    database: Where
    voters: list[Person] = field(default_factory=list)
    others: list[Person] = field(default_factory=list)
    organiser: Person | None = None
    updates: int = 0
    noted: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    """The numbers of the ideas each person was told were noted."""
    told: Counter[tuple[int, str]] = field(default_factory=Counter)
    """How often each person received each text."""

    @property
    def chief(self) -> Person:
        assert self.organiser is not None
        return self.organiser

    def hears(self, event: PhoneEvent) -> None:
        """Follow every phone at once."""
        if event.kind != "message" or event.message is None or not event.message.get("from", {}).get("is_bot"):
            return
        text = event.message.get("text", "").replace("\u00a0", " ").replace("\u202f", " ")
        number = re.search(r"Idée n° ([\d ]+) notée", text)  # « 1 000 » has a space
        if number:
            self.noted[event.person_id].add(number[1])
        self.told[event.person_id, text] += 1

    def presses(self, person: Person, bubble: Bubble, row: int) -> Press:
        """A press on a ballot, whatever happens to the bot meanwhile."""
        self.updates += 1
        return person.presses(bubble.message_id, (row, 0))

    def writes(self, person: Person, text: str) -> int:
        """A message; its number."""
        self.updates += 1
        return person.sends_text(text)

    async def comes(self, what: str, look: Callable[[], bool], seconds: float = PATIENCE) -> None:
        """Wait until something is there; AssertionError when it does not come."""
        if not await self.is_there(look, seconds):
            raise AssertionError(f"{self.mode}: {what} did not come.\n{self.bot.log()[-3000:]}")

    async def is_there(self, look: Callable[[], bool], seconds: float = PATIENCE) -> bool:
        """Wait until something is there, or the time is over."""
        loop = asyncio.get_running_loop()
        until = loop.time() + seconds
        while not look():
            if loop.time() > until:
                return False
            await asyncio.sleep(LOOK)
        return True


def newest(person: Person, pattern: str, after: int = 0) -> Bubble | None:
    """The newest message of the bot whose text fits, on a person's phone."""
    for bubble in reversed(person.phone().messages()):
        if bubble.message_id <= after:
            return None
        text = bubble.text.replace("\u00a0", " ").replace("\u202f", " ")
        if not bubble.mine and re.search(pattern, text):
            return bubble
    return None


@asynccontextmanager
async def hall(
    mode: str, nursery: Nursery, folder: Path, seed: int, postgres: Postgres | None = None
) -> AsyncIterator[Hall]:
    """A hall with everybody in it, the bot alive, the line slow and sometimes cut. Its database is a file, or a server's."""
    database: Where = folder / "palabre.db" if postgres is None else postgres.blank()
    api = BotApi(seed=seed, recorded=100)
    api.add_bot(TOKEN)
    async with BotApiServer(api) as server:
        port = free_port()
        settings = settings_of_the_bot(
            server.url, folder, port,
            PALABRE__TELEGRAM__MESSAGES_PER_SECOND="100",
            PALABRE__WORKSHOP__MAX_IDEAS_PER_MEMBER="1000",
            PALABRE__ANALYSIS__QUIET_SECONDS="3600",
            **({} if isinstance(database, Path) else {"PALABRE__DATABASE__URL": database}),
            **(_webhook(port) if mode == "webhook" else {}),
        )  # fmt: skip
        room = Hall(mode, api, Mortal(nursery, folder, settings), folder, database)
        api.listen(room.hears)
        await room.bot.starts()
        try:
            await _fill(room)
            trouble_the_line(api, mode)
            yield room
        finally:
            api.faults.clear()
            if not room.bot.is_dead:
                await room.bot.dies()


def _webhook(port: int) -> dict[str, str]:
    return {
        "PALABRE__TELEGRAM__MODE": "webhook",
        "PALABRE__TELEGRAM__WEBHOOK_URL": f"http://127.0.0.1:{port}/telegram",
        "PALABRE__TELEGRAM__WEBHOOK_SECRET": SECRET,
    }


def trouble_the_line(api: BotApi, mode: str) -> None:
    """Every call takes a while; one in a hundred fails, before or after it had its effect; some are told to wait.

    By webhook a press is answered in the response to its post: there is no call that could fail, but posts are cut too.
    """
    api.faults.add(Fault("latency", times=None, seconds=0.02))
    for method in ("sendMessage", "editMessageText", *(("answerCallbackQuery",) if mode == "polling" else ())):
        api.faults.add(Fault("server_error", method=method, times=None, probability=0.005))
        api.faults.add(Fault("cut_after", method=method, times=None, probability=0.005))
    for kind in ("cut_before", "cut_after") if mode == "webhook" else ():
        api.faults.add(Fault(kind, method="webhook", times=None, probability=0.005))
    api.faults.add(Fault("flood", method="sendMessage", times=None, probability=0.002, retry_after=1))


async def _fill(room: Hall) -> None:
    """An organiser by the front door, a workshop, and everybody in it."""
    room.organiser = room.api.add_person("Nadia")
    room.chief.opens_link(await _invitation(room))
    await room.comes("the organiser's welcome", lambda: newest(room.chief, "Palabre") is not None)
    room.chief.sends_text("/atelier La salle")
    await room.comes("the workshop", lambda: newest(room.chief, r"Code : \w+") is not None)
    created = newest(room.chief, r"Code : \w+")
    assert created is not None
    code = re.findall(r"Code\W+(\w+)", created.text)[0]
    room.voters = [room.api.add_person(f"Voix{n}") for n in range(VOTERS)]
    room.others = [room.api.add_person(f"Voisine{n}") for n in range(OTHERS)]
    everybody = [*room.voters, *room.others]
    for person in everybody:
        person.opens_link(code)
    await room.comes("the doors", lambda: all(newest(person, "Bienvenue") for person in everybody))
    for person in everybody:
        door = newest(person, "Bienvenue")
        assert door is not None
        person.presses(door.message_id, (0, 0))
    await room.comes("the consents", lambda: all(newest(person, "Vous participez") for person in everybody))


async def _invitation(room: Hall) -> str:
    """`palabre invite organisateur`, born in the same nursery."""
    await room.bot.opens(PATIENCE)
    pid = await room.bot.nursery.birth(room.bot.environment, room.folder, "invite.log", "invite", "organisateur")
    code = await room.bot.nursery.end_of(pid)
    said = (room.folder / "invite.log").read_text("utf-8")
    assert code == 0, said
    return re.findall(r"\?start=(\S+)", said)[-1]
