"""What storage costs: microseconds per call of a vote's path, and whole units per second. `python -m benchmarks.storage_votes`"""

import asyncio
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from participation.model.people import Role
from participation.ports import Transaction
from participation.questions.kit import Question
from storage import SqlStore, open_store

CALLS = 5_000
ROUNDS = 5
MEMBERS = 400
BODY = '{"update_id":1,"callback_query":{"id":"1","data":"' + "x" * 500 + '"}}'
NOW = datetime.now(UTC)
Call = Callable[[Transaction, int], object]

CALLS_OF_A_VOTE: dict[str, Call] = {
    "inbox.take": lambda tx, n: tx.inbox.take(1, n, NOW),
    "people.by_telegram": lambda tx, n: tx.people.by_telegram(n % MEMBERS),
    "members.find": lambda tx, n: tx.members.find(1, n % MEMBERS + 1),
    "activities.get": lambda tx, _n: tx.activities.get(1),
    "answers.get": lambda tx, n: tx.answers.get(1, n % MEMBERS + 1),
    "answers.put": lambda tx, n: tx.answers.put(1, n % MEMBERS + 1, (n % 2,), NOW, "telegram"),
    "members.seen": lambda tx, n: tx.members.seen(n % MEMBERS + 1, NOW),
    "replies.claiming": lambda tx, n: claim(tx, n % MEMBERS),
}


def claim(tx: Transaction, address: int) -> None:
    """The two replies of a vote."""
    with tx.replies.claiming():
        tx.replies.add(address, "answer", BODY, NOW)
        tx.replies.add(address, "edit", BODY, NOW, "edit:1:1")


def furnish(tx: Transaction) -> None:
    workshop = tx.workshops.add("ABC234", "Mesure", "Europe/Paris", "fr", NOW)
    tx.activities.add(workshop.id, Question("single", "Oui ?", ("A", "B")), None, NOW)
    for number in range(MEMBERS):
        person = tx.people.add(number, f"P{number}", "fr", NOW)
        tx.members.add(workshop.id, person.id, Role.COUNCILLOR, NOW)


def vote(tx: Transaction, number: int) -> None:
    for call in CALLS_OF_A_VOTE.values():
        call(tx, number)
    tx.touch(1)


async def calls(store: SqlStore) -> dict[str, list[float]]:
    """Processor microseconds of each call, many in one transaction."""
    found: dict[str, list[float]] = {name: [] for name in CALLS_OF_A_VOTE}
    for turn in range(ROUNDS):
        for name, call in CALLS_OF_A_VOTE.items():

            def unit(tx: Transaction, call: Call = call, first: int = turn * CALLS) -> float:
                start = time.thread_time()
                for number in range(first, first + CALLS):
                    call(tx, number)
                return (time.thread_time() - start) / CALLS * 1e6

            found[name].append(await store.write(unit))
    return found


async def units(store: SqlStore, at_once: int, count: int) -> tuple[float, float]:
    """Whole votes per second and per processor second, `at_once` of them waiting together; each a unit of its own."""
    numbers = iter(range(10**6, 10**6 + count))

    async def voter() -> None:
        for number in numbers:
            await store.write(lambda tx, n=number: vote(tx, n))

    wall, processor = time.perf_counter(), time.process_time()
    await asyncio.gather(*(voter() for _ in range(at_once)))
    return count / (time.perf_counter() - wall), count / (time.process_time() - processor)


async def measure(url: str) -> None:
    store = open_store(url)
    await store.write(furnish)
    total = 0.0
    for name, times in (await calls(store)).items():
        total += statistics.median(times)
        print(f"  {name:20} {statistics.median(times):7.1f} µs   ({min(times):.1f}–{max(times):.1f})")
    print(f"  {'one vote':20} {total:7.1f} µs")
    store.close()


async def measure_units(make: Callable[[], str]) -> None:
    for at_once in (1, 8, 64, 256):
        walls, processors = [], []
        for _ in range(ROUNDS):
            store = open_store(make())
            await store.write(furnish)
            wall, processor = await units(store, at_once, 300 if at_once == 1 else 3000)
            walls.append(wall)
            processors.append(processor)
            store.close()
        print(
            f"  {at_once:3} at once: {statistics.median(walls):6.0f} votes/s ({min(walls):.0f}–{max(walls):.0f}), "
            f"{statistics.median(processors):6.0f} per CPU-second ({min(processors):.0f}–{max(processors):.0f})"
        )


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        numbers = iter(range(1000))
        print(f"SQLite, WAL, synchronous=FULL: medians of {ROUNDS} rounds (min–max)")
        asyncio.run(measure(str(Path(folder) / "calls.db")))
        print("Whole votes, each its own unit, committed before it is acknowledged:")
        asyncio.run(measure_units(lambda: str(Path(folder) / f"units-{next(numbers)}.db")))


if __name__ == "__main__":
    main()
