"""Claims about the cloud of the wall: the newest answers, laid out aside, words in place, hidden ones gone at once."""

import asyncio
from collections.abc import AsyncIterator

import pytest_asyncio

from app.wall_clouds import WallClouds
from participation.actions.hiding import hide_words
from participation.model.activity import Activity
from participation.model.people import Role
from participation.ports import Transaction
from storage import open_store
from tests.integration.web.hall import Hall
from web.clouds import CloudFrame, Shape


@pytest_asyncio.fixture
async def clouds() -> AsyncIterator[WallClouds]:
    running = WallClouds(0)
    yield running
    running.close()


class Wall:
    """Somebody who looks at the cloud of an activity."""

    def __init__(self, hall: Hall, clouds: WallClouds, activity: Activity) -> None:
        self.hall, self.clouds, self.activity = hall, clouds, activity
        self.news = asyncio.Event()
        clouds.listen(lambda _: self.news.set())

    async def now(self) -> CloudFrame | None:
        return await self.hall.store.read(lambda tx: self.clouds.frame(tx, self.activity, Shape.WIDE))

    async def fresh(self) -> CloudFrame:
        """The frame of the answers as they stand."""
        self.news.clear()
        await self.now()
        async with asyncio.timeout(60):
            await self.news.wait()
        frame = await self.now()
        assert frame is not None
        return frame


async def test_expressions_stay_whole_words_stay_in_place_and_a_hidden_one_is_gone_at_once(clouds: WallClouds) -> None:
    hall = Hall(open_store("sqlite://"))
    bruno = await hall.person("Bruno", Role.FACILITATOR)
    workshop = await hall.workshop(bruno)
    people = await hall.councillors(workshop, 3)
    words = await hall.launch(workshop, bruno, "words", "Un mot pour dire le parc ?")
    wall = Wall(hall, clouds, words)
    await hall.write(people[0], words, "parc, école, égalité des chances")
    await hall.write(people[1], words, "école")
    first = await wall.fresh()
    assert first.lines == (("école", 2), ("parc", 1), ("égalité des chances", 1))

    await hall.write(people[2], words, "bruit, Écoles")
    second = await wall.fresh()
    assert second.lines[0] == ("école", 3)
    before, after = ({w.key: (w.x + w.length / 2, w.y) for w in frame.words} for frame in (first, second))
    moved = [abs(before[key][0] - x) + abs(before[key][1] - y) for key, (x, y) in after.items() if key in before]
    assert len(moved) == 3
    assert max(moved) < 0.05 * second.width

    def hide(tx: Transaction) -> None:
        hide_words(tx, tx.workshops.get(workshop.id) or workshop, "bruits", hall.watch.now())

    await hall.do(hide)
    late = await wall.now()
    assert late is not None
    assert "bruit" not in [word.text for word in late.words] + [word for word, _ in late.lines]
    hall.store.close()
