"""The migrations make the tables the code declares, lose no row on the way, and undo themselves when they fail."""

import contextlib
import hashlib
import shutil
import textwrap
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from participation.actions.grouping import hide_idea, merge_ideas
from participation.model.idea import Source, Theme
from participation.model.journal import Fact
from participation.ports import Transaction
from storage import Unusable, open_store, upgrade_schema
from storage.database import database_at, engine_of
from storage.tables import METADATA
from storage.upgrade import MIGRATIONS, known, migrate, newest, revision_of
from tests.integration.storage.room import NOW, furnish

Tomorrow = Callable[[str], None]

REBUILD = '''
"""Rebuild the tables that votes point to."""
import sqlalchemy as sa
from alembic import op

revision = "2026_12_01_rebuild"
down_revision = "{newest}"

def upgrade():
    for table in ("activity", "member", "workshop"):
        with op.batch_alter_table(table, recreate="auto") as batch:
            batch.add_column(sa.Column("note", sa.Text(), nullable=True))
            batch.alter_column("created_at" if table != "member" else "joined_at", nullable=True)
    {harm}

def downgrade():
    for table in ("activity", "member", "workshop"):
        with op.batch_alter_table(table) as batch:
            batch.drop_column("note")
            batch.alter_column("created_at" if table != "member" else "joined_at", nullable=False)
'''
ORPHANS = """op.execute("DELETE FROM member")"""


def fill(tx: Transaction) -> None:
    room = furnish(tx)
    for member in room.members.values():
        tx.answers.put(room.activity.id, member.id, (member.number % 2,), NOW, "telegram")
        idea = tx.ideas.add(room.activity.id, member.id, f"Idée n° {member.number} 🌱", Source("paper", member.id), NOW)
        theme = tx.themes.add(Theme(0, room.activity.id, member.number, "Vélo", NOW, quotes=(idea.id,)))
        tx.ideas.place({idea.id: theme.id}, NOW, None)
    tx.workshops.save(replace(room.workshop, featured_activity_id=room.activity.id))
    tx.journal.write(Fact("filled", NOW, room.workshop.id))


def photograph(url: str) -> dict[str, tuple[int, str]]:
    """Rows and checksum of each table, by its columns of today."""
    database = database_at(url)
    connection = database.connect()
    found = {}
    for table in METADATA.sorted_tables:
        columns = ", ".join(f'"{column.name}"' for column in table.columns)
        keys = ", ".join(f'"{column.name}"' for column in table.primary_key)
        rows = connection.execute(f"SELECT {columns} FROM {table.name} ORDER BY {keys}").fetchall()
        found[table.name] = (len(rows), hashlib.sha256(repr(rows).encode()).hexdigest())
    connection.close()
    return found


def move(url: str, target: str) -> None:
    database = database_at(url)
    connection = database.connect()
    try:
        migrate(database, connection, target)
    finally:
        connection.close()


@pytest.fixture
def tomorrow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Palabre as it will be: our migrations and one more."""

    def arrive(harm: str) -> None:
        folder = tmp_path / "migrations"
        shutil.copytree(MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
        text = textwrap.dedent(REBUILD).strip().format(newest=newest(), harm=harm)
        (folder / "versions" / "2026_12_01_rebuild.py").write_text(text)
        monkeypatch.setattr("storage.upgrade.MIGRATIONS", folder)

    return arrive


@pytest.fixture
def own_url(request: pytest.FixtureRequest, shared_url: str, tmp_path: Path) -> str:
    """A database of this claim alone: its schema changes."""
    if shared_url.startswith("sqlite"):
        return f"sqlite:///{tmp_path / 'own.db'}"
    return str(request.getfixturevalue("postgres").blank())


def revision(url: str) -> str | None:
    with contextlib.closing(database_at(url).connect()) as connection:
        return revision_of(connection)


def copies_in(folder: Path) -> list[str]:
    return [f"sqlite:///{path}" for path in folder.glob("own-avant-mise-a-jour-*.db")]


async def filled(url: str) -> dict[str, tuple[int, str]]:
    store = open_store(url)
    await store.write(fill)
    store.close()
    return photograph(url)


async def test_the_tables_are_those_the_code_declares(own_url: str) -> None:
    open_store(own_url).close()
    database = database_at(own_url)
    connection = database.connect()
    with engine_of(database, connection).connect() as bound:
        context = MigrationContext.configure(bound, opts={"compare_type": True})
        differences = compare_metadata(context, METADATA)
    connection.close()
    assert differences == []


async def test_rebuilding_what_votes_point_to_loses_no_row_up_or_down(own_url: str, tomorrow: Tomorrow) -> None:
    before, today = await filled(own_url), newest()
    assert (before["answer"][0], before["idea"][0], before["placement"][0]) == (4, 4, 4)
    tomorrow("")
    move(own_url, "head")
    up = photograph(own_url)
    move(own_url, today)
    assert (up, photograph(own_url)) == (before, before)
    assert revision(own_url) == today
    database = database_at(own_url)
    with contextlib.closing(database.connect()) as connection, pytest.raises(Exception, match="append-only"):
        connection.execute("DELETE FROM fact")


async def test_every_revision_of_ours_keeps_what_was_there_down_and_up(own_url: str) -> None:
    """Every table holds something; every step down, then every step up again, on the columns both sides have."""
    await filled(own_url)
    fill_what_is_empty(own_url)
    steps = [step for step in known() if step != known()[-1]]
    there = [look_at(own_url)]
    assert {table for table, (_, rows) in there[0].items() if not rows} == set(), "a table this claim forgets to fill"
    for below in known()[1:]:
        move(own_url, below)
        there.append(look_at(own_url))
        assert shared(there[-2], there[-1]) == shared(there[-1], there[-2])
    for above, before in zip(reversed(steps), reversed(there[:-1]), strict=True):
        lower = look_at(own_url)
        move(own_url, above)
        assert shared(look_at(own_url), lower) == shared(lower, look_at(own_url))
        assert {table: len(rows) for table, (_, rows) in lower.items()}.items() <= {
            table: len(rows) for table, (_, rows) in before.items()
        }.items()
    assert revision(own_url) == newest()


async def test_below_the_proposals_no_correction_is_left_that_the_code_of_then_cannot_read(own_url: str) -> None:
    store = open_store(own_url)
    await store.write(fill_with_a_merge)
    store.close()
    move(own_url, "2026_11_22_first")
    columns, rows = look_at(own_url)["correction"]
    assert [row[columns.index("kind")] for row in rows] == ["hide"]
    assert len(look_at(own_url)["idea"][1]) == 4


def fill_with_a_merge(tx: Transaction) -> None:
    fill(tx)
    activity = next(a for a in tx.activities.of_workshop(tx.workshops.all()[0].id))
    kept, copy, other, _ = tx.ideas.of_activity(activity.id)
    amina = tx.people.add(77, "Amina", "fr", NOW)
    hide_idea(tx, amina, other.id, True, NOW)
    merge_ideas(tx, amina, kept.id, copy.id, NOW)


Seen = dict[str, tuple[list[str], list[tuple[Any, ...]]]]
"""Columns and rows by table, as the database itself says."""


def look_at(url: str) -> Seen:
    database = database_at(url)
    found: Seen = {}
    with contextlib.closing(database.connect()) as connection, engine_of(database, connection).connect() as bound:
        inspector = sa.inspect(bound)
        for table in sorted({*inspector.get_table_names()} - {"alembic_version", "sqlite_sequence"}):
            columns = [column["name"] for column in inspector.get_columns(table)]
            listed = ", ".join(f'"{name}"' for name in columns)
            found[table] = (columns, [tuple(row) for row in bound.exec_driver_sql(f"SELECT {listed} FROM {table}")])
    return found


def shared(one: Seen, other: Seen) -> dict[str, tuple[int, str]]:
    """Counts and checksums of the tables and columns of `one` that `other` has too."""
    found = {}
    for table, (columns, rows) in one.items():
        if table not in other:
            continue
        places = sorted((name, columns.index(name)) for name in columns if name in other[table][0])
        kept = sorted(repr([(name, row[place]) for name, place in places]) for row in rows)
        found[table] = (len(kept), hashlib.sha256("".join(kept).encode()).hexdigest())
    return found


def fill_what_is_empty(url: str) -> None:
    """One row of made-up values in each table the rules left empty."""
    database = database_at(url)
    with contextlib.closing(database.connect()) as connection, engine_of(database, connection).begin() as bound:
        for table in METADATA.sorted_tables:
            if not bound.execute(sa.select(sa.func.count()).select_from(table)).scalar():
                bound.execute(sa.insert(table).values({c.name: _made_up(bound, c) for c in table.columns}))


def _made_up(bound: sa.Connection, column: "sa.Column[Any]") -> object:
    for key in column.foreign_keys:
        return bound.execute(sa.select(sa.func.min(key.column))).scalar()
    match column.type:
        case sa.Boolean():
            return False
        case sa.Integer():
            return 7
        case sa.Float():
            return 0.5
        case sa.LargeBinary():
            return b"\x00\xff"
        case _:
            return "{}" if column.name in ("details", "content") else "L’idée n° 7 🌱"


async def test_a_migration_that_breaks_references_is_undone(own_url: str, tomorrow: Tomorrow) -> None:
    before, today = await filled(own_url), newest()
    tomorrow(ORPHANS)
    with pytest.raises(Exception, match=r"point to nothing|violates foreign key"):
        move(own_url, "head")
    assert (photograph(own_url), revision(own_url)) == (before, today)


async def test_an_upgrade_begun_again_in_the_same_second_makes_another_copy(tmp_path: Path, tomorrow: Tomorrow) -> None:
    url = f"sqlite:///{tmp_path / 'own.db'}"
    await filled(url)
    now = datetime.now(UTC)
    left = [tmp_path / f"own-avant-mise-a-jour-{now + timedelta(seconds=n):%Y%m%d-%H%M%S}.db" for n in range(120)]
    for file in left:  # by upgrades that were killed, whatever the second of this one
        file.write_bytes(b"")
    tomorrow("")
    open_store(url).close()
    assert revision(url) == newest()
    assert [file.read_bytes() for file in left] == [b""] * len(left)
    assert len(copies_in(tmp_path)) == len(left) + 1


async def test_down_to_nothing_and_up_again(own_url: str) -> None:
    await filled(own_url)
    database = database_at(own_url)
    connection = database.connect()
    migrate(database, connection, "base")
    with engine_of(database, connection).connect() as bound:
        left = set(sa.inspect(bound).get_table_names()) - {"alembic_version", "sqlite_sequence"}
    migrate(database, connection)
    connection.close()
    assert left == set()
    assert {table: count for table, (count, _) in photograph(own_url).items()} == dict.fromkeys(METADATA.tables, 0)


async def test_an_old_schema_waits_for_a_command_on_a_server_and_is_copied_first_in_a_file(
    own_url: str, tomorrow: Tomorrow, tmp_path: Path
) -> None:
    before, today = await filled(own_url), newest()
    tomorrow("")
    copies: list[str] = []
    if own_url.startswith("postgresql"):
        with pytest.raises(Unusable) as raised:
            open_store(own_url)
        assert str(raised.value).endswith(" est d’une version plus ancienne : lancez d’abord « palabre upgrade ».")
        assert revision(own_url) == today
        upgrade_schema(own_url)
    else:
        open_store(own_url).close()
        copies = copies_in(tmp_path)
    assert (photograph(own_url), revision(own_url)) == (before, "2026_12_01_rebuild")
    assert [(photograph(copy), revision(copy)) for copy in copies] == [(before, today)] * len(copies)
    assert len(copies) == own_url.startswith("sqlite")
