"""What a database file holds of what people gave, read without any of our code: an honest witness after a kill."""

import json
import sqlite3
from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote


@dataclass(frozen=True)
class Kept:
    """Votes by (Telegram number, activity number), ideas and their count by (Telegram number, text)."""

    votes: dict[tuple[int, int], list[int]]
    ideas: Counter[tuple[int, str]]
    members: Counter[int]
    undone: int
    """Updates kept and not dealt with, or dead."""


def kept_in(file: Path) -> Kept:
    """Everything given, as it stands now."""
    with closing(sqlite3.connect(f"file:{quote(str(file))}?mode=ro", uri=True, timeout=15)) as database:
        votes = database.execute(
            "SELECT person.telegram_id, activity.number, answer.answer FROM answer "
            "JOIN activity ON activity.id = answer.activity_id JOIN member ON member.id = answer.member_id "
            "JOIN person ON person.id = member.person_id WHERE activity.type = 'single'"
        ).fetchall()
        ideas = database.execute(
            "SELECT person.telegram_id, idea.text FROM idea "
            "JOIN member ON member.id = idea.member_id JOIN person ON person.id = member.person_id"
        ).fetchall()
        members = database.execute(
            "SELECT person.telegram_id FROM member JOIN person ON person.id = member.person_id"
        ).fetchall()
        undone = database.execute("SELECT count(*) FROM inbox WHERE state <> 'done'").fetchone()[0]
    return Kept(
        {(person, number): json.loads(answer) for person, number, answer in votes},
        Counter(ideas),
        Counter(person for (person,) in members),
        undone,
    )


def number_of(file: Path, question: str) -> int:
    """The number of the newest activity whose question says this."""
    with closing(sqlite3.connect(f"file:{quote(str(file))}?mode=ro", uri=True, timeout=15)) as database:
        found = database.execute(
            "SELECT number FROM activity WHERE text LIKE ? ORDER BY id DESC LIMIT 1", (f"%{question}%",)
        ).fetchone()
    assert found is not None, question
    return int(found[0])
