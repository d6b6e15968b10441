"""What is asked at each vote goes straight to its rows: no statement of the hall reads a whole table."""

import sqlite3
from collections.abc import Iterator

import pytest

from storage import activities, deliveries, ideas, inbox, open_store, people, replies, workshops
from storage.statements import Statement
from storage.store import SqlStore

HOT = {
    "a person by their account": people._BY_TELEGRAM,
    "a member": workshops._FIND,
    "the members to ask": workshops._TO_ASK,
    "an activity": activities._GET,
    "an answer": activities._ANSWER,
    "the tally of one activity": activities._TALLY,
    "the answers of one member": activities._OF_MEMBER,
    "an idea by its message": ideas._BY_SOURCE,
    "the ideas of one member": ideas._OF_MEMBER,
    "the next number of an idea": ideas._NEXT,
    "the updates that wait": inbox._WAITING,
    "an update that is done": inbox._DONE,
    "the replies that wait": replies._READY,
    "the deliveries that wait": deliveries._READY,
    "whom a delivery is for": deliveries._ADDRESSEE,
    "the deliveries a stop interrupted": deliveries._READY_AGAIN,
    "how a broadcast goes": deliveries._FATES,
    "the ballot a member received": deliveries._RECEIPT,
}


@pytest.fixture
def store() -> Iterator[SqlStore]:
    store = open_store("sqlite://")
    yield store
    store.close()


@pytest.mark.parametrize("statement", HOT.values(), ids=HOT.keys())
async def test_it_searches_by_an_index(store: SqlStore, statement: Statement) -> None:
    text, _ = statement.on("sqlite")

    def explain(tx: object) -> list[str]:
        driver: sqlite3.Connection = tx.session.driver  # type: ignore[attr-defined]
        names = [word.rstrip(",)") for word in text.replace("(", " ").split() if word.startswith(":")]
        found = driver.execute(f"EXPLAIN QUERY PLAN {text}", {name[1:]: 1 for name in names})
        return [
            row[3] for row in found if row[3].startswith("SCAN") and "_waiting" not in row[3] and "_new" not in row[3]
        ]

    assert await store.read(explain) == []
