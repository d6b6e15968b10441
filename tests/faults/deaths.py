"""When and how a bot dies: at a random moment by kill -9 or SIGTERM, or by itself at a named place of the code."""

import asyncio
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from tests.faults.ledger import Account
from tests.faults.loads import KILLS, points
from tests.faults.mortal import Mortal

MANY = {
    "turn": 20, "committed": 8, "taken": 2, "reply": 30, "reply-sent": 20, "broadcast": 60, "broadcast-sent": 30,
    "answer": 10, "answered": 10, "settling": 2,
}  # fmt: skip
"""A crash point strikes at a pass up to this one; the others at their first."""


@dataclass(frozen=True)
class Fate:
    """The deaths of one round of a load; the account is told which crash points struck."""

    bot: Mortal
    load: str
    mode: str
    random: Random
    account: Account
    planted: Counter[str]
    """How often each named place was chosen since the beginning: the rarest is next."""
    at: tuple[str, ...] = ()
    """Every death is at one of these named places; none: as it comes."""

    async def __call__(self, seconds: float, meanwhile: Callable[[], None] = lambda: None) -> None:
        """One death in each slot of these seconds; alive again at the end."""
        slot = seconds / KILLS[self.load]
        for _ in range(KILLS[self.load]):
            began = asyncio.get_running_loop().time()
            await self._one(slot, meanwhile)
            left = began + slot - asyncio.get_running_loop().time()
            await asyncio.sleep(max(0.0, left))

    async def _one(self, slot: float, meanwhile: Callable[[], None]) -> None:
        await asyncio.sleep(self.random.uniform(0, 0.6 * slot))
        kind = 0.2 if self.at else self.random.random()
        if kind < 0.15:
            await self.bot.is_stopped()
        elif kind < 0.50:
            await self.bot.dies()
            await self._crash(max(1.5, slot), meanwhile)
        else:
            await self.bot.dies()
        await self.bot.starts()

    async def _crash(self, seconds: float, meanwhile: Callable[[], None]) -> None:
        places = list(self.at or points(self.load, self.mode))
        self.random.shuffle(places)
        name = min(places, key=self.planted.__getitem__)
        self.planted[name] += 1
        await self.bot.starts(f"{name}:{self.random.randint(1, MANY.get(name, 1))}")
        await self.bot.opens(2.0)
        meanwhile()
        self.account.planted[name] += 1
        self.account.struck[name] += await self.bot.crashes(seconds)
