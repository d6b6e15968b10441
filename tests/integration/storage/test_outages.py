"""A lock, a full disk, a lost connection, a kill: everybody of the batch is told, nothing is left, the store goes on."""

import asyncio
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
import pytest

from participation.ports import Transaction
from storage import SqlStore, StoreUnavailable
from storage.server import WRITING_LOCK
from tests.integration.storage.gate import Gate, add, codes
from tests.integration.storage.room import NOW

Opened = Callable[..., SqlStore]


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
