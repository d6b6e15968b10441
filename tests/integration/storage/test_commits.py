"""Units share commits; each fails alone, and leaves nothing."""

import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress

import pytest

from participation.ports import Touched, Transaction
from storage import SqlStore, StoreUnavailable
from tests.integration.storage.gate import Gate, add, codes
from tests.integration.storage.room import NOW, furnish

Opened = Callable[..., SqlStore]


async def test_units_that_wait_together_share_a_commit(store: SqlStore) -> None:
    room = await store.write(furnish)
    commits: list[Touched] = []
    store.listen(commits.append)
    gate = await Gate(store).shut()

    def touch(tx: Transaction, number: int) -> None:
        tx.touch(number)
        tx.touch_workshop(room.workshop.id)

    futures = [asyncio.ensure_future(store.write(lambda tx, n=n: touch(tx, n))) for n in (1, 2, 2, 3)]
    await gate.pass_through(*futures)
    assert [(c.activities, c.workshops, c.trays) for c in commits] == [
        (frozenset({1, 2, 3}), frozenset({room.workshop.id}), frozenset())
    ]


async def test_a_unit_that_raises_is_undone_alone(store: SqlStore) -> None:
    heard: list[Touched] = []
    store.listen(heard.append)
    gate = await Gate(store).shut()

    def fail(tx: Transaction) -> None:
        add("BBBBBB")(tx)
        tx.touch(66)
        raise KeyError("ma faute")

    futures = [asyncio.ensure_future(store.write(unit)) for unit in (add("AAAAAA"), fail, add("CCCCCC"))]
    first, problem, third = await gate.pass_through(*futures)
    assert (type(first), type(problem), type(third)) == (int, KeyError, int)
    assert await codes(store) == ["AAAAAA", "CCCCCC"]
    assert heard == []


async def test_a_unit_alone_that_raises_leaves_nothing(store: SqlStore) -> None:
    def fail(tx: Transaction) -> None:
        add("BBBBBB")(tx)
        raise KeyError

    with pytest.raises(KeyError):
        await store.write(fail)
    assert await codes(store) == []


@pytest.mark.parametrize("problem", [SystemExit(3), KeyboardInterrupt(), StopIteration(), GeneratorExit()])
async def test_whatever_a_unit_raises_the_writer_lives(store: SqlStore, problem: BaseException) -> None:
    def fail(_tx: Transaction) -> None:
        raise problem

    outcomes: list[BaseException] = []
    try:
        await store.write(fail)
    except BaseException as raised:  # noqa: BLE001 - that is the claim
        outcomes.append(raised)
    expected = RuntimeError if isinstance(problem, StopIteration) else type(problem)
    assert [type(o) for o in outcomes] == [expected]
    assert await store.write(add("AAAAAA")) == 1


async def test_savepoints_nest(store: SqlStore) -> None:
    def unit(tx: Transaction) -> None:
        with tx.savepoint():
            add("AAAAAA")(tx)
            with suppress(KeyError), tx.savepoint():
                add("BBBBBB")(tx)
                with tx.savepoint():
                    add("CCCCCC")(tx)
                raise KeyError
            add("DDDDDD")(tx)

    await store.write(unit)
    assert await codes(store) == ["AAAAAA", "DDDDDD"]


async def test_a_unit_whose_caller_left_before_its_turn_is_not_run(store: SqlStore) -> None:
    gate = await Gate(store).shut()
    left = asyncio.ensure_future(store.write(add("AAAAAA")))
    stays = asyncio.ensure_future(store.write(add("BBBBBB")))
    await asyncio.sleep(0.02)
    left.cancel()
    await gate.pass_through(stays)
    assert await codes(store) == ["BBBBBB"]


async def test_reading_units_may_not_write(store: SqlStore) -> None:
    with pytest.raises(Exception, match=r"(?i)read.?only") as raised:
        await store.read(add("AAAAAA"))
    assert not isinstance(raised.value, StoreUnavailable)
    assert await store.write(add("BBBBBB")) == 1
    assert await codes(store) == ["BBBBBB"]


async def test_a_reader_sees_one_moment_while_the_writer_goes_on(opened: Opened, shared_url: str) -> None:
    store = opened(shared_url)
    begun, written = threading.Event(), threading.Event()

    def look(tx: Transaction) -> tuple[int, int]:
        before = len(tx.workshops.all())
        begun.set()
        written.wait(10)
        return before, len(tx.workshops.all())

    reading = asyncio.ensure_future(store.read(look))
    await asyncio.to_thread(begun.wait, 10)
    await store.write(add("AAAAAA"))
    written.set()
    assert await reading == (0, 0)
    assert await codes(store) == ["AAAAAA"]


async def test_two_hundred_voters_who_vote_twice_are_two_hundred_answers(store: SqlStore) -> None:
    room = await store.write(furnish)

    def join(tx: Transaction) -> list[int]:
        people = [tx.people.add(5000 + n, f"P{n}", "fr", NOW).id for n in range(200)]
        return [tx.members.add(room.workshop.id, person, room.members["Amina"].role, NOW).id for person in people]

    members = await store.write(join)
    activity = room.activity.id
    votes = [(member, choice) for choice in (0, 1) for member in members]
    await asyncio.gather(
        *(store.write(lambda tx, m=m, c=c: tx.answers.put(activity, m, (c,), NOW, "telegram")) for m, c in votes)
    )
    assert await store.read(lambda tx: tx.answers.tally(activity)) == {(1,): 200}


async def test_a_listener_that_fails_stops_nobody(store: SqlStore, caplog: pytest.LogCaptureFixture) -> None:
    heard: list[frozenset[int]] = []

    def broken(_touched: Touched) -> None:
        raise KeyError("un auditeur maladroit")

    store.listen(broken)
    store.listen(lambda touched: heard.append(touched.activities))
    for number in (1, 2):
        await store.write(lambda tx, n=number: tx.touch(n))
    await store.write(lambda _tx: None)
    assert heard == [frozenset({1}), frozenset({2})]
    assert caplog.messages == ["a listener failed"] * 2


async def test_a_closed_store_finishes_what_was_queued_and_refuses_the_rest(opened: Opened, url: str) -> None:
    store = opened(url)
    queued = asyncio.ensure_future(store.write(add("AAAAAA")))
    await asyncio.sleep(0)
    store.close()
    assert await queued == 1
    with pytest.raises(StoreUnavailable):
        await store.write(add("BBBBBB"))
