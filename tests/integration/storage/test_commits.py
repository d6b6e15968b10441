"""Units share commits; each fails alone; a commit that fails, fails everybody, and the store goes on."""

import asyncio
import os
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import psycopg
import pytest

from participation.ports import Touched, Transaction
from storage import SqlStore, StoreUnavailable
from storage.server import WRITING_LOCK
from tests.integration.storage.room import NOW, furnish

Opened = Callable[..., SqlStore]


class Gate:
    """A unit that holds the writer until the others have queued up behind it."""

    def __init__(self, store: SqlStore) -> None:
        self._inside, self._open = threading.Event(), threading.Event()
        self._held = asyncio.ensure_future(store.write(self._hold))

    async def shut(self) -> "Gate":
        await asyncio.to_thread(self._inside.wait, 10)
        return self

    async def pass_through(self, *waiting: "asyncio.Future[Any]") -> list[Any]:
        await asyncio.sleep(0.02)  # the others put themselves in the queue
        self._open.set()
        await self._held
        return await asyncio.gather(*waiting, return_exceptions=True)

    def _hold(self, _tx: Transaction) -> None:
        self._inside.set()
        self._open.wait(10)


def add(code: str) -> Callable[[Transaction], int]:
    return lambda tx: tx.workshops.add(code, code, "Europe/Paris", "fr", NOW).id


async def codes(store: SqlStore) -> list[str]:
    return sorted(w.code for w in await store.read(lambda tx: tx.workshops.all()))


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


class Holder:
    """Somebody else with the write lock of the whole database."""

    def __init__(self, url: str) -> None:
        self._is_file = url.startswith("sqlite")
        if self._is_file:
            self._connection: Any = sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)
            self._connection.execute("BEGIN IMMEDIATE")
        else:
            self._connection = psycopg.connect(url)
            self._connection.execute(f"SELECT pg_advisory_xact_lock({WRITING_LOCK})")

    def let_go(self) -> None:
        self._connection.rollback()
        self._connection.close()


async def test_a_lock_held_by_another_makes_votes_wait_and_refuses_none(opened: Opened, shared_url: str) -> None:
    store = opened(shared_url, patience=20.0)
    holder = Holder(shared_url)
    votes = [asyncio.ensure_future(store.write(add(f"CODE{n:02}"))) for n in range(10)]
    await asyncio.sleep(1.0)
    waiting = [vote.done() for vote in votes]
    holder.let_go()
    await asyncio.gather(*votes)
    assert (waiting, len(await codes(store))) == ([False] * 10, 10)


async def test_a_lock_held_too_long_fails_everybody_and_the_store_goes_on(opened: Opened, shared_url: str) -> None:
    store = opened(shared_url, patience=0.3)
    holder = Holder(shared_url)
    outcomes = await asyncio.gather(*(store.write(add(f"CODE{n:02}")) for n in range(5)), return_exceptions=True)
    holder.let_go()
    assert [type(o) for o in outcomes] == [StoreUnavailable] * 5
    await store.write(add("AFTER1"))
    assert await codes(store) == ["AFTER1"]


async def test_a_full_disk_fails_the_batch_even_if_a_unit_swallows_it(opened: Opened, file_url: str) -> None:
    store = opened(file_url)
    await store.write(add("BEFORE"))

    def limit(tx: Transaction, pages: int) -> None:
        tx.session.command(f"PRAGMA max_page_count={pages}")  # type: ignore[attr-defined]

    def fill(tx: Transaction) -> None:
        add("LOST01")(tx)
        try:
            tx.pictures.add("trop.png", bytes(10_000_000), NOW)
        except tx.failures:
            add("LOST02")(tx)  # SQLite has ended the transaction: this may not stand alone

    await store.write(lambda tx: limit(tx, 1))
    gate = await Gate(store).shut()
    futures = [asyncio.ensure_future(store.write(unit)) for unit in (add("LOST00"), fill, add("LOST03"))]
    outcomes = await gate.pass_through(*futures)
    assert [type(o) for o in outcomes] == [StoreUnavailable] * 3
    await store.write(add("AFTER1"))  # on a new connection, whose limit is the disk's
    assert await codes(store) == ["AFTER1", "BEFORE"]


async def test_a_server_that_cuts_us_off_costs_one_batch(opened: Opened, postgres: Any) -> None:
    url = postgres.emptied()
    store = opened(url)
    await store.write(add("BEFORE"))
    await codes(store)
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE application_name LIKE 'palabre%' AND pid <> pg_backend_pid()"
        )
    with pytest.raises(StoreUnavailable):
        await store.write(add("LOST01"))
    assert await codes(store) == ["BEFORE"]  # readers connect again by themselves
    await store.write(add("AFTER1"))
    assert await codes(store) == ["AFTER1", "BEFORE"]


async def test_a_file_that_vanished_does_not_come_back_empty(opened: Opened, file_url: str) -> None:
    store = opened(file_url, patience=0.2)
    path = Path(file_url.removeprefix("sqlite:///"))
    holder = Holder(file_url)
    with pytest.raises(StoreUnavailable):
        await store.write(add("LOST01"))  # the connection is given up
    holder.let_go()
    remove(path)
    with pytest.raises(StoreUnavailable):
        await store.write(add("LOST02"))
    assert left_of(path) == []


def left_of(path: Path) -> list[Path]:
    return list(path.parent.glob(f"{path.name}*"))


def remove(path: Path) -> None:
    for ending in ("", "-wal", "-shm"):
        Path(f"{path}{ending}").unlink(missing_ok=True)


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


KILLED = """
import asyncio, sys, time
from storage import open_store
from tests.integration.storage.room import NOW

def add(tx, code):
    tx.workshops.add(code, "x", "Europe/Paris", "fr", NOW)

def killed(tx):
    add(tx, "LOST01")
    print("inside", flush=True)
    time.sleep(60)

async def run(url):
    store = open_store(url, exclusive=True)
    for n in range(5):
        await store.write(lambda tx: add(tx, f"KEPT0{n}"))
    await store.write(killed)

async def main():
    await asyncio.gather(*map(run, sys.argv[1:]))

asyncio.run(main())
"""


def run_and_kill(*urls: str) -> list[str]:
    """Start it, read one line for each database, kill it."""
    root = Path(__file__).parents[3]
    with subprocess.Popen(
        [sys.executable, "-c", KILLED, *urls],
        stdout=subprocess.PIPE,
        text=True,
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root)},
    ) as process:
        assert process.stdout is not None
        said = [process.stdout.readline().strip() for _ in urls]
        process.send_signal(signal.SIGKILL)
        process.wait()
    return said


async def test_a_process_killed_inside_a_unit_keeps_what_it_committed(
    opened: Opened, file_url: str, postgres: Any
) -> None:
    urls = (file_url, postgres.emptied())
    assert await asyncio.to_thread(run_and_kill, *urls) == ["inside", "inside"]
    for url in urls:
        store = opened(url, exclusive=True)
        assert await codes(store) == [f"KEPT0{n}" for n in range(5)]
