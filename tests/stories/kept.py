"""What a database holds of what people gave, read without any of our code: an honest witness after a kill."""

import json
import sqlite3
from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg

Where = Path | str
"""An SQLite file, or the URL of a PostgreSQL database."""


@dataclass(frozen=True)
class Kept:
    """Votes by (Telegram number, activity number), ideas and their count by (Telegram number, text)."""

    votes: dict[tuple[int, int], list[int]]
    ideas: Counter[tuple[int, str]]
    members: Counter[int]
    undone: int
    """Updates kept and not dealt with, or dead."""


def kept_in(where: Where) -> Kept:
    """Everything given, as it stands now."""
    votes = _asked(
        where,
        "SELECT person.telegram_id, activity.number, answer.answer FROM answer "
        "JOIN activity ON activity.id = answer.activity_id JOIN member ON member.id = answer.member_id "
        "JOIN person ON person.id = member.person_id WHERE activity.type = 'single'",
    )
    ideas = _asked(
        where,
        "SELECT person.telegram_id, idea.text FROM idea "
        "JOIN member ON member.id = idea.member_id JOIN person ON person.id = member.person_id",
    )
    members = _asked(where, "SELECT person.telegram_id FROM member JOIN person ON person.id = member.person_id")
    [(undone,)] = _asked(where, "SELECT count(*) FROM inbox WHERE state <> 'done'")
    return Kept(
        {(person, number): json.loads(answer) for person, number, answer in votes},
        Counter(ideas),
        Counter(person for (person,) in members),
        undone,
    )


def replies_in(where: Where) -> list[Any]:
    """What the tray of replies holds: lane, state, attempts, number."""
    return _asked(where, "SELECT lane, state, attempts, count(*) FROM reply GROUP BY lane, state, attempts")


def number_of(where: Where, question: str) -> int:
    """The number of the newest activity whose question says this."""
    query = "SELECT number FROM activity WHERE text LIKE ? ORDER BY id DESC LIMIT 1"
    found = _asked(where, query, f"%{question}%")
    assert found, question
    return int(found[0][0])


def _asked(where: Where, query: str, *values: str) -> list[Any]:
    if isinstance(where, Path):
        with closing(sqlite3.connect(f"file:{quote(str(where))}?mode=ro", uri=True, timeout=15)) as database:
            return database.execute(query, values).fetchall()
    with psycopg.connect(where) as server:
        return server.execute(query.replace("?", "%s"), values).fetchall()
