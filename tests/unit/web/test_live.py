"""One query and one serialisation serve every page that shows the same thing, and no slow page holds the others back."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
import pytest_asyncio

from participation.errors import UnknownCode
from participation.ports import Touched, Transaction
from web.live import LONGEST_REST, Drawn, Frame, Hub, TooManyViewers

SPACING = 0.05


@dataclass(frozen=True)
class Commit:
    activities: frozenset[int] = frozenset()
    workshops: frozenset[int] = frozenset()


@dataclass
class Shelf:
    """A store that holds one number, and counts how often it is read."""

    value: int = 0
    reads: int = 0
    listeners: list[Callable[[Touched], None]] = field(default_factory=list)

    async def read(self, unit: Callable[[Transaction], object]) -> object:
        self.reads += 1
        await asyncio.sleep(0)
        return unit(self)  # type: ignore[arg-type]  # the drawing below only looks at `value`

    async def write(self, unit: Callable[[Transaction], object]) -> object:
        raise AssertionError("a live view writes nothing")

    def listen(self, listener: Callable[[Touched], None]) -> None:
        self.listeners.append(listener)

    def commit(self, value: int, **touched: frozenset[int]) -> None:
        self.value = value
        for listener in self.listeners:
            listener(Commit(**touched))


class Watch:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.time = datetime(2026, 11, 22, 14, 0, tzinfo=UTC)

    def now(self) -> datetime:
        return self.time


def draw(tx: Transaction) -> Drawn:
    return Drawn({"value": tx.value}, frozenset({7}), frozenset({1}))  # type: ignore[attr-defined]  # a Shelf


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest_asyncio.fixture
async def hub(shelf: Shelf, watch: Watch) -> AsyncIterator[Hub]:
    hub = Hub(shelf, watch, spacing=SPACING, linger=0.1, most_viewers=60)  # type: ignore[arg-type]  # a Shelf is enough
    hub.start()
    yield hub
    await hub.stop()


async def values(hub: Hub, count: int, key: str = "room") -> list[int]:
    async with hub.watch(key, draw) as viewer:
        seen = []
        while len(seen) < count:
            frame = await viewer.next(2.0)
            assert frame is not None
            seen.append(frame.drawn.state["value"])
        return seen  # type: ignore[return-value]  # the states hold integers


async def test_fifty_viewers_cost_one_query(hub: Hub, shelf: Shelf) -> None:
    assert await asyncio.gather(*(values(hub, 1) for _ in range(50))) == [[0]] * 50
    assert shelf.reads == 1


async def test_a_commit_reaches_fifty_viewers_with_one_more_query(hub: Hub, shelf: Shelf) -> None:
    watching = [asyncio.create_task(values(hub, 2)) for _ in range(50)]
    await asyncio.sleep(SPACING)
    shelf.commit(5, activities=frozenset({7}))
    assert await asyncio.gather(*watching) == [[0, 5]] * 50
    assert shelf.reads == 2


async def test_the_frames_of_all_viewers_are_the_same_object(hub: Hub) -> None:
    async with hub.watch("room", draw) as one, hub.watch("room", draw) as other:
        assert await one.next(2.0) is await other.next(2.0)


async def test_a_burst_of_commits_is_spaced_and_ends_on_the_last(hub: Hub, shelf: Shelf) -> None:
    async with hub.watch("room", draw) as viewer:
        await viewer.next(2.0)
        for value in range(1, 101):
            shelf.commit(value, activities=frozenset({7}))
            await asyncio.sleep(0)
        last = None
        while (frame := await viewer.next(SPACING * 6)) is not None:
            last = frame
    assert last is not None
    assert last.drawn.state["value"] == 100
    assert shelf.reads <= 3


async def test_what_is_costly_to_draw_is_drawn_less_often(hub: Hub) -> None:
    def rest(cost: float) -> float:
        return hub.rest_after(Frame(1, Drawn({}), b"", b"", cost))

    assert (rest(0.0), rest(SPACING / 8)) == (SPACING, SPACING)
    assert rest(0.5) == 2.0
    assert rest(60.0) == LONGEST_REST


async def test_what_a_drawing_costs_is_measured_where_it_is_drawn(hub: Hub) -> None:
    def costly(_: Transaction) -> Drawn:
        return Drawn({"sum": sum(range(300_000))})

    assert (await hub.draw(costly)).cost > (await hub.draw(lambda _: Drawn({}))).cost > 0


async def test_a_slow_viewer_skips_to_the_newest_state(hub: Hub, shelf: Shelf) -> None:
    async with hub.watch("room", draw) as slow, hub.watch("room", draw) as quick:
        await slow.next(2.0)
        await quick.next(2.0)
        for value in (1, 2, 3):
            shelf.commit(value, activities=frozenset({7}))
            await quick.next(2.0)
        frame = await slow.next(2.0)
        assert frame is not None
        assert frame.drawn.state["value"] == 3
        assert await slow.next(SPACING * 2) is None


async def test_what_does_not_concern_a_view_does_not_redraw_it(hub: Hub, shelf: Shelf) -> None:
    async with hub.watch("room", draw) as viewer:
        await viewer.next(2.0)
        shelf.commit(9, activities=frozenset({8}), workshops=frozenset({2}))
        assert await viewer.next(SPACING * 3) is None
    assert shelf.reads == 1


async def test_nobody_looking_costs_nothing_and_who_comes_back_sees_the_newest(hub: Hub, shelf: Shelf) -> None:
    await values(hub, 1)
    for value in range(10):
        shelf.commit(value, activities=frozenset({7}))
        await asyncio.sleep(0)
    assert shelf.reads == 1
    assert await values(hub, 1) == [9]


async def test_the_clock_alone_redraws_a_view_at_its_deadline(hub: Hub, shelf: Shelf, watch: Watch) -> None:
    deadline = watch.time + timedelta(seconds=0.1)

    def until_deadline(tx: Transaction) -> Drawn:
        is_over = watch.time >= deadline
        return Drawn({"open": not is_over}, wakes_at=None if is_over else deadline)

    async with hub.watch("deadline", until_deadline) as viewer:
        first = await viewer.next(2.0)
        watch.time = deadline
        second = await viewer.next(2.0)
    assert first is not None
    assert second is not None
    assert [first.drawn.state, second.drawn.state] == [{"open": True}, {"open": False}]
    assert shelf.reads == 2


async def test_what_the_first_drawing_refuses_is_refused_to_the_viewer(hub: Hub) -> None:
    def refuse(tx: Transaction) -> Drawn:
        raise UnknownCode(code="NOPE")

    for _ in range(2):
        async with hub.watch("nope", refuse) as viewer:
            with pytest.raises(UnknownCode):
                await viewer.next(2.0)


async def test_a_state_drawn_after_a_change_has_a_greater_tick(hub: Hub, shelf: Shelf) -> None:
    async with hub.watch("room", draw) as viewer:
        before = await viewer.next(2.0)
        tick = hub.tick()
        shelf.commit(1, activities=frozenset({7}))
        after = await viewer.next(2.0)
    assert before is not None
    assert after is not None
    assert before.tick < tick < after.tick


async def test_stopping_lets_every_viewer_go(hub: Hub) -> None:
    async with hub.watch("room", draw) as viewer:
        await viewer.next(2.0)
        waiting = asyncio.create_task(viewer.next(60.0))
        await asyncio.sleep(0)
        await hub.stop()
        assert await waiting is None
        assert viewer.is_over


async def test_one_page_too_many_is_told_so(hub: Hub) -> None:
    rooms = [hub.watch("room", draw) for _ in range(60)]
    for room in rooms:
        await room.__aenter__()
    with pytest.raises(TooManyViewers):
        await hub.watch("room", draw).__aenter__()
    for room in rooms:
        await room.__aexit__(None, None, None)
