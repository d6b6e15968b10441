"""Copies of an SQLite database made while it is written to, checked before they are called copies; and the way back."""

import os
import sqlite3
from pathlib import Path
from typing import Any

from storage.database import database_at
from storage.embedded import lease_file
from storage.lease import FileLease
from storage.problems import Unusable

COUNTED = ("person", "member", "activity", "answer", "idea")


def back_up(url: str, target: Path) -> dict[str, int]:
    """Copy the database to a new file, whole or not at all; the number of rows of what matters in it.

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


def restore(source: Path, url: str) -> dict[str, int]:
    """Put a copy in the database's place, after checking it; the database that was there is kept beside it."""
    database = database_at(url)
    if database.path is None:
        raise Unusable("Cette commande restaure une base SQLite ; pour PostgreSQL, utilisez pg_restore.")
    counts = checked(source)
    place = database.path
    place.parent.mkdir(parents=True, exist_ok=True)
    lease = FileLease(lease_file(place), str(place))  # refuses while Palabre runs on it
    try:
        part = place.with_name(f"{place.name}.part")
        _copy(source, part)
        for ending in ("-wal", "-shm"):
            place.with_name(place.name + ending).unlink(missing_ok=True)
        if place.exists():
            os.replace(place, place.with_name(f"{place.name}.avant-restauration"))
        os.replace(part, place)
    finally:
        lease.free()
    return counts


def copy_to(connection: Any, target: Path) -> dict[str, int]:
    """A checked copy of the database behind this connection."""
    if target.exists():
        raise Unusable(f"{target} existe déjà : donnez un autre nom à la sauvegarde.")
    if not target.parent.is_dir():
        raise Unusable(f"Le dossier {target.parent} n’existe pas : créez-le d’abord.")
    part = target.with_name(f"{target.name}.part")
    part.unlink(missing_ok=True)
    try:
        connection.execute("VACUUM INTO ?", (str(part),))
        counts = checked(part)
        with part.open("rb") as file:
            os.fsync(file.fileno())
        os.replace(part, target)
    except (OSError, sqlite3.Error) as problem:
        part.unlink(missing_ok=True)
        raise Unusable(f"La sauvegarde {target} n’a pas pu être écrite ({problem}).") from problem
    return counts


def checked(path: Path) -> dict[str, int]:
    """Refuse a copy that is damaged or not ours; else the number of rows of what matters in it."""
    if not path.is_file():
        raise Unusable(f"La sauvegarde {path} n’existe pas.")
    try:
        connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
        try:
            if connection.execute("PRAGMA integrity_check(1)").fetchone()[0] != "ok":
                raise Unusable(f"La sauvegarde {path} est abîmée : prenez-en une autre.")
            if connection.execute("PRAGMA foreign_key_check").fetchone() is not None:
                raise Unusable(f"La sauvegarde {path} est incomplète : prenez-en une autre.")
            return {table: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in COUNTED}  # noqa: S608 -- our own names
        finally:
            connection.close()
    except sqlite3.DatabaseError as problem:
        raise Unusable(f"{path} n’est pas une sauvegarde de Palabre ({problem}).") from problem


def _copy(source: Path, target: Path) -> None:
    with source.open("rb") as read, target.open("wb") as write:
        while block := read.read(1 << 20):
            write.write(block)
        write.flush()
        os.fsync(write.fileno())
