"""Brings a database to the schema of this code: embedded ones by themselves after a copy, servers when told to."""

import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory

from storage.backup import copy_to
from storage.database import Database, database_at, engine_of
from storage.problems import Unusable

MIGRATIONS = Path(__file__).parent / "migrations"
UPGRADE_COMMAND = "palabre upgrade"


def prepare(database: Database, connection: Any, *, upgrade: bool | None) -> None:
    """Create the schema of an empty database; upgrade an older one if allowed; refuse a newer one."""
    found, head = revision_of(connection), newest()
    if found == head:
        return
    if found is None:
        if database.is_shared:
            migrate(database, connection)
        else:
            _copy_blank(database, connection)
        return
    if found not in known():
        raise Unusable(
            f"La base {database.name} vient d’une version plus récente de Palabre ({found}) : mettez Palabre à jour, ou "
            "restaurez une sauvegarde faite avec cette version."
        )
    is_embedded = database.dialect == "sqlite"
    if upgrade is False or (upgrade is None and not is_embedded):
        raise Unusable(
            f"La base {database.name} est d’une version plus ancienne : lancez d’abord « {UPGRADE_COMMAND} »."
        )
    if is_embedded and database.path is not None:
        copy_to(connection, _copy_name(database.path))
    migrate(database, connection)


def _copy_blank(database: Database, connection: Any) -> None:
    """In memory, the migrations run once per process: every later database is a copy of what they made."""
    if not _blank:
        migrate(database, connection)
        _blank.append(connection.serialize())
        return
    model = database.connect()
    model.deserialize(_blank[0])
    model.backup(connection)
    model.close()


_blank: list[bytes] = []


def upgrade_schema(url: str) -> None:
    """What `palabre upgrade` does."""
    database = database_at(url)
    database.check(must_exist=True)
    connection = database.connect()
    try:
        prepare(database, connection, upgrade=True)
    finally:
        connection.close()


def migrate(database: Database, connection: Any, target: str = "head") -> None:
    """Run the migrations up (or down to `target`). Foreign keys are off meanwhile: rebuilding a table would delete votes."""
    config = _config()
    engine = engine_of(database, connection)
    with engine.connect() as bound:
        config.attributes["connection"] = bound
        move: Callable[[Config, str], None] = command.upgrade
        if target != "head" and target in [*known(), "base"]:
            move = command.downgrade if _is_below(revision_of(connection), target) else command.upgrade
        move(config, target)


def revision_of(connection: Any) -> str | None:
    """The revision a database is at; None for an empty one."""
    try:
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except (sqlite3.OperationalError, psycopg.errors.UndefinedTable) as problem:
        if "alembic_version" in str(problem):
            return None
        raise
    return str(row[0]) if row else None


def newest() -> str:
    """The revision of this code."""
    return str(_script().get_current_head())


def known() -> list[str]:
    """Every revision this code knows, newest first."""
    return [script.revision for script in _script().walk_revisions()]


def _is_below(found: str | None, target: str) -> bool:
    order = known()
    return target == "base" or (found in order and order.index(target) > order.index(found))


def _script() -> ScriptDirectory:
    return ScriptDirectory.from_config(_config())


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    return config


def _copy_name(path: Path) -> Path:
    """A free name: an upgrade that was killed and begun again in the same second has left its copy there."""
    name = f"{path.stem}-avant-mise-a-jour-{datetime.now(UTC):%Y%m%d-%H%M%S}"
    names = (path.with_name(f"{name}{more}{path.suffix}") for more in ("", *(f"-{n}" for n in range(2, 1000))))
    return next(one for one in names if not one.exists())
