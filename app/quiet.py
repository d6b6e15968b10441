"""Asks for a fresh grouping when ideas have stopped arriving for a moment, so that the wall shows themes nobody asked for."""

import asyncio
from datetime import datetime
from typing import NamedTuple

from participation.model.activity import Phase
from participation.model.policy import Policy
from participation.ports import Clock, Store, Touched, Transaction


class _Wall(NamedTuple):
    """The ideas the room may see, as they stood at the last grouping."""

    newest: int = 0
    """The greatest number among them: a merge or a withdrawal hides an idea, and makes none newer."""
    fewest: int = 0
    """How many there were, or fewer since: above it, some came or are shown again."""


class QuietRegrouping:
    """After some quiet, or every so many new ideas, the activity's ideas are grouped again."""

    EVERY_IDEAS = 25

    def __init__(self, store: Store, clock: Clock, policy: Policy, quiet_seconds: float) -> None:
        self._store = store
        self._clock = clock
        self._policy = policy
        self._quiet = quiet_seconds
        self._grouped: dict[int, _Wall] = {}
        self._moved: dict[int, float] = {}
        self._loop: asyncio.AbstractEventLoop | None = None
        store.listen(self._hand_over)

    async def run(self) -> None:
        """Listen to commits until cancelled."""
        loop = asyncio.get_running_loop()
        self._loop = loop
        while True:
            await asyncio.sleep(min(1.0, self._quiet))
            quiet = [a for a, at in self._moved.items() if loop.time() - at >= self._quiet]
            crowded = [a for a in self._moved if a not in quiet]
            for activity_id in quiet:
                del self._moved[activity_id]
            await self._ask([*((a, 1) for a in quiet), *((a, self.EVERY_IDEAS) for a in crowded)])

    def _hand_over(self, touched: Touched) -> None:
        """Called from the writer's thread."""
        if touched.activities and self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._hear, touched.activities)

    def _hear(self, activities: frozenset[int]) -> None:
        for activity_id in activities:
            self._moved[activity_id] = asyncio.get_running_loop().time()

    async def _ask(self, candidates: list[tuple[int, int]]) -> None:
        """Ask for those that have at least so many ideas more than at the last grouping."""
        if not candidates:
            return
        walls = await self._store.read(lambda tx: {a: _wall(tx, a, self._clock) for a, _ in candidates})
        wanted = [
            a
            for a, step in candidates
            if walls[a].fewest >= self._policy.ideas_for_themes and self._come(a, walls[a]) >= step
        ]
        if wanted:
            self._grouped.update({a: walls[a] for a in wanted})
            now = self._clock.now()
            await self._store.write(lambda tx: _queue(tx, wanted, now))

    def _come(self, activity_id: int, wall: _Wall) -> int:
        """How many ideas came since the last grouping, whatever left meanwhile."""
        grouped = self._grouped.get(activity_id, _Wall())
        grouped = grouped._replace(fewest=min(grouped.fewest, wall.fewest))
        self._grouped[activity_id] = grouped
        return max(wall.newest - grouped.newest, wall.fewest - grouped.fewest)


def _wall(tx: Transaction, activity_id: int, clock: Clock) -> _Wall:
    activity = tx.activities.get(activity_id)
    if activity is None or activity.phase(clock.now()) is Phase.DRAFT:
        return _Wall()
    newest = tx.ideas.newest(activity_id, 1)
    return _Wall(newest[0].number if newest else 0, tx.ideas.count(activity_id))


def _queue(tx: Transaction, activities: list[int], now: datetime) -> None:
    for activity_id in activities:
        tx.jobs.add("themes", activity_id, None, {}, now)
