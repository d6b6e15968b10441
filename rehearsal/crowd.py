"""A crowd of simulated councillors who join a workshop and answer at human pace, repeatable by its seed."""

import asyncio
from collections import Counter
from dataclasses import dataclass
from random import Random

from rehearsal.botapi import Bot, BotApi
from rehearsal.councillor import Councillor
from rehearsal.hands import Deed
from rehearsal.scenario import Scenario, load_scenario
from rehearsal.scenario.voice import Voice
from rehearsal.tempo import Tempo

LARGEST = 1000


@dataclass(frozen=True)
class CrowdStatus:
    """What the crowd is doing, for a panel: people who joined and agreed, what they pressed and sent so far."""

    size: int
    running: bool
    code: str
    speed: float
    joined: int
    agreed: int
    presses: int
    messages: int
    busy: int


class Crowd:
    """`size` people who open the link of a workshop once started; nobody moves before.

    The same seed and size give the same people, delays and answers to the same questions.
    """

    def __init__(
        self,
        api: BotApi,
        size: int = 0,
        seed: int = 0,
        speed: float = 1.0,
        *,
        bot: Bot,
        scenario: Scenario | None = None,
    ) -> None:
        self._api = api
        self._bot = bot
        self._size = _checked(size)
        self._seed = seed
        self._tempo = Tempo(speed)
        self._scenario = scenario or load_scenario()
        self._councillors: list[Councillor] = []
        self._lives: list[asyncio.Task[None]] = []
        self._code = ""
        self._counts: Counter[str] = Counter()
        self._people: dict[str, set[int]] = {"joined": set(), "agreed": set()}
        self.deeds: list[Deed] = []

    @property
    def speed(self) -> float:
        return self._tempo.speed

    @speed.setter
    def speed(self, speed: float) -> None:
        self._tempo.change(speed)

    @property
    def size(self) -> int:
        return self._size

    @property
    def running(self) -> bool:
        return bool(self._lives)

    @property
    def status(self) -> CrowdStatus:
        counts = self._counts
        busy = sum(councillor.busy for councillor in self._councillors)
        messages = counts["wrote"] + counts["edited"] + counts["sticker"] + counts["thanked"]
        return CrowdStatus(
            self._size, self.running, self._code, self.speed,
            len(self._people["joined"]), len(self._people["agreed"]), counts["pressed"], messages, busy,
        )  # fmt: skip

    async def start(self, code: str) -> None:
        """Let everybody in by the link of this code; with another code than before, the same people join again."""
        if self.running and code == self._code:
            return
        await self.stop()
        self._code = code
        self._seat()

    async def resize(self, size: int) -> None:
        """Let more people in, or let the last ones put their phone away."""
        self._size = _checked(size)
        leaving, self._lives = self._lives[size:], self._lives[:size]
        await _end(leaving)
        if self.running or leaving:
            self._seat()

    async def stop(self) -> None:
        """Everybody puts the phone away; what was sent stays sent."""
        leaving, self._lives = self._lives, []
        await _end(leaving)

    async def rest(self, within: float = 60.0) -> None:
        """Wait until nobody has anything left to do and the bot has read everything.

        Raises TimeoutError after `within` seconds.
        """
        async with asyncio.timeout(within):
            quiet = 0
            while quiet < 3:
                await asyncio.sleep(0.05)
                _surface(self._lives)
                idle = not self.status.busy and not self._api.pending(self._bot)
                quiet = quiet + 1 if idle else 0

    def _seat(self) -> None:
        while len(self._councillors) < self._size:
            self._councillors.append(self._invite(len(self._councillors)))
        for councillor in self._councillors[len(self._lives) : self._size]:
            self._lives.append(asyncio.create_task(councillor.live(self._code)))

    def _invite(self, rank: int) -> Councillor:
        names = list(self._scenario.names)
        Random(self._seed).shuffle(names)  # noqa: S311 - repeatable on purpose, nothing secret
        last_name = None if rank < len(names) else f"{chr(ord('A') + rank // len(names) - 1)}."
        person = self._api.add_person(names[rank % len(names)], last_name=last_name)
        voice = Voice(self._scenario, rank, self._size, self._seed)
        return Councillor(person, self._bot, voice, self._tempo, self._tell)

    def _tell(self, deed: Deed) -> None:
        self._counts[deed.kind] += 1
        if deed.kind in self._people:
            self._people[deed.kind].add(deed.person_id)
        self.deeds.append(deed)


async def _end(lives: list[asyncio.Task[None]]) -> None:
    for life in lives:
        life.cancel()
    await asyncio.gather(*lives, return_exceptions=True)
    _surface(lives)


def _surface(lives: list[asyncio.Task[None]]) -> None:
    """Raise what broke a simulated life: a fault of ours must not pass for a person who went silent."""
    for life in lives:
        if life.done() and not life.cancelled():
            life.result()


def _checked(size: int) -> int:
    if not 0 <= size <= LARGEST:
        raise ValueError(f"a crowd has between 0 and {LARGEST} people, not {size}")
    return size
