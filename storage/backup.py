"""Copies of an SQLite database made while it is written to, checked before they are called copies."""

import os
import sqlite3
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from storage.database import database_at
from storage.problems import Unusable
from storage.tables import METADATA

NEVER_FEWER = ("workshop", "member", "activity", "idea", "fact")
"""Tables whose rows are never deleted: a copy holds at least what was there before it began."""


def back_up(url: str, target: Path) -> dict[str, int]:
    """Copy the database to a new file, whole or not at all; the number of rows of each table in it.

    `VACUUM INTO` reads one snapshot while votes go on (a plain `cp` gave 7 good copies of 40).
    """
    database = database_at(url)
    if database.path is None:
        raise Unusable("Cette commande copie une base SQLite ; pour PostgreSQL, utilisez pg_dump.")
    database.check(must_exist=True)
    connection = database.connect()
    try:
        return copy_to(connection, target)
    finally:
        connection.close()


def copy_to(connection: Any, target: Path) -> dict[str, int]:
    """A checked copy of the database behind this connection."""
    if target.exists():
        raise Unusable(f"{target} existe déjà : donnez un autre nom à la sauvegarde.")
    if not target.parent.is_dir():
        raise Unusable(f"Le dossier {target.parent} n’existe pas : créez-le d’abord.")
    part = target.with_name(f"{target.name}.part")
    part.unlink(missing_ok=True)
    try:
        before, version = counts(connection), _version(connection)
        connection.execute("VACUUM INTO ?", (str(part),))
        copied = checked(part)
        _compare(before, copied, target, nothing_happened=version == _version(connection))
        _flush(part)
        os.replace(part, target)
        _flush(target.parent)
    except (OSError, sqlite3.Error) as problem:
        raise Unusable(f"La sauvegarde {target} n’a pas pu être écrite ({problem}).") from problem
    finally:
        part.unlink(missing_ok=True)
    return copied


def checked(path: Path) -> dict[str, int]:
    """Refuse a copy that is damaged or not ours; else the number of rows of each table in it."""
    if not path.is_file():
        raise Unusable(f"La sauvegarde {path} n’existe pas.")
    try:
        connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
        try:
            if connection.execute("PRAGMA integrity_check(1)").fetchone()[0] != "ok":
                raise Unusable(f"La sauvegarde {path} est abîmée : prenez-en une autre.")
            if connection.execute("PRAGMA foreign_key_check").fetchone() is not None:
                raise Unusable(f"La sauvegarde {path} est incomplète : prenez-en une autre.")
            connection.execute("SELECT version_num FROM alembic_version")
            return counts(connection)
        finally:
            connection.close()
    except sqlite3.DatabaseError as problem:
        raise Unusable(f"{path} n’est pas une sauvegarde de Palabre ({problem}).") from problem


def counts(connection: Any) -> dict[str, int]:
    """How many rows each of our tables has, of those that are there: an older schema has fewer of them."""
    there = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    ours = sorted(there & set(METADATA.tables))
    return {table: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in ours}  # noqa: S608 - our own names


def _compare(before: Mapping[str, int], copied: Mapping[str, int], target: Path, *, nothing_happened: bool) -> None:
    """Equal counts when nobody wrote meanwhile; else no fewer rows than before where rows are never deleted."""
    fewer = [table for table in NEVER_FEWER if copied.get(table, 0) < before.get(table, 0)]
    if fewer or (nothing_happened and copied != before):
        raise Unusable(
            f"La sauvegarde {target} n’a pas toutes les lignes de la base : recommencez, et vérifiez le disque."
        )


def _version(connection: Any) -> int:
    """Changes when another connection commits."""
    found: int = connection.execute("PRAGMA data_version").fetchone()[0]
    return found


def _flush(path: Path) -> None:
    """On the disk, not in its memory only; a folder too, which holds the name of the file."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
