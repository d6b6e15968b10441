"""Kill the bot while it makes or upgrades its database: the next start finds the old one or the new one, whole."""

import asyncio
import sqlite3
from collections import Counter
from contextlib import closing
from pathlib import Path
from random import Random

from rehearsal.botapi import BotApi, BotApiServer, Person
from storage.database import database_at
from storage.upgrade import known, migrate
from tests.faults.hall import newest
from tests.faults.ledger import Account
from tests.faults.mortal import Mortal, Nursery
from tests.stories.processes import TOKEN, free_port, settings_of_the_bot

KILLS = 3
STATEMENTS = {"create": 40, "upgrade": 8}
"""Fewer than are executed to make all tables, or to go from the version before to this one: each start is struck."""
PEOPLE = 20


async def migration(nursery: Nursery, folder: Path, random: Random) -> Account:
    """A first start (or, where there is an older schema, an upgrade) killed three times, people writing meanwhile."""
    before = _fill_an_older_one(folder / "palabre.db")
    api = BotApi(seed=random.randrange(1000))
    api.add_bot(TOKEN)
    async with BotApiServer(api) as server:
        bot = Mortal(nursery, folder, settings_of_the_bot(server.url, folder, free_port()))
        people = [api.add_person(f"Voix{n}") for n in range(PEOPLE)]
        for person in people:
            person.opens_link()
        struck = 0
        for _ in range(KILLS):
            await bot.starts(f"migration:{random.randint(1, STATEMENTS['upgrade' if before else 'create'])}")
            struck += await bot.crashes(2.0)
        await bot.starts()
        unanswered = await _untold(people)
        await bot.dies()
    after = _rows(folder / "palabre.db", before)
    lost = [table for table, count in before.items() if after.get(table) != count]
    return Account(
        rounds=1, kills=bot.deaths - 1, updates=PEOPLE, lost=len(lost), unanswered=unanswered,
        planted=Counter(migration=KILLS), struck=Counter(migration=struck),
        stories=[
            *(f"{table}: {before[table]} rows before, {after.get(table)} after" for table in lost),
            *([f"{unanswered} were not answered: {bot.log()[-500:]}"] if unanswered else []),
        ],
    )  # fmt: skip


async def _untold(people: list[Person]) -> int:
    """How many were not answered."""
    for _ in range(1200):
        silent = sum(newest(person, "Bonjour") is None for person in people)
        if not silent:
            return 0
        await asyncio.sleep(0.05)
    return silent


def _fill_an_older_one(file: Path) -> dict[str, int]:
    """A database of the version before, with rows in it; nothing where this is the first version."""
    older = known()[1:2]
    if not older:
        return {}
    database = database_at(f"sqlite:///{file}")
    connection = database.connect(create=True)
    migrate(database, connection, older[0])
    for number in range(200):
        connection.execute(
            "INSERT INTO person (telegram_id, name, language, created_at, consent_version) VALUES (?, 'x', 'fr', 0, 0)",
            (number + 1,),
        )
    connection.close()
    return {"person": 200}


def _rows(file: Path, tables: dict[str, int]) -> dict[str, int]:
    with closing(sqlite3.connect(file)) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return {t: database.execute(f"SELECT count(*) FROM {t} WHERE created_at = 0").fetchone()[0] for t in tables}
