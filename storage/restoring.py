"""The way back from a copy: checked, then put in the database's place, whose own file is kept beside it."""

import os
import shutil
import sqlite3
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from storage.backup import checked
from storage.database import database_at
from storage.embedded import lease_file
from storage.lease import FileLease
from storage.problems import Unusable
from storage.upgrade import known


def restore(source: Path, url: str) -> dict[str, int]:
    """Put a copy in the database's place; the number of rows of each table in it. Refused while Palabre runs."""
    database = database_at(url)
    if database.path is None:
        raise Unusable("Cette commande restaure une base SQLite ; pour PostgreSQL, utilisez pg_restore.")
    place = database.path
    counts = checked(source)
    _check_version(source)
    if not place.parent.is_dir():
        raise Unusable(f"Le dossier {place.parent} n’existe pas : créez-le d’abord.")
    lease = FileLease(lease_file(place), str(place))
    part = place.with_name(f"{place.name}.part")
    try:
        _copy(source, part)
        _set_aside(place)
        os.replace(part, place)
    except OSError as problem:
        raise Unusable(f"La sauvegarde {source} n’a pas pu être remise en place ({problem}).") from problem
    finally:
        part.unlink(missing_ok=True)
        lease.free()
    return counts


def _check_version(source: Path) -> None:
    connection = sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)
    try:
        (found,) = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    finally:
        connection.close()
    if found not in known():
        raise Unusable(
            f"La sauvegarde {source} vient d’une version plus récente de Palabre ({found}) : mettez Palabre à jour."
        )


def _set_aside(place: Path) -> None:
    """Keep the database that was there, with the log of its last commits under the same new name."""
    with suppress(sqlite3.Error):  # a damaged file is kept as it is
        connection = sqlite3.connect(f"{place.absolute().as_uri()}?mode=rw", uri=True)
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()
    kept = place.with_name(f"{place.name}.avant-restauration-{datetime.now(UTC):%Y%m%d-%H%M%S-%f}")
    place.with_name(f"{place.name}-shm").unlink(missing_ok=True)
    for ending in ("", "-wal"):
        with suppress(FileNotFoundError):
            os.replace(place.with_name(place.name + ending), kept.with_name(kept.name + ending))


def _copy(source: Path, target: Path) -> None:
    with source.open("rb") as read, target.open("wb") as write:
        shutil.copyfileobj(read, write, 1 << 20)
        write.flush()
        os.fsync(write.fileno())
