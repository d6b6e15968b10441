"""Every claim about storage is made of three databases: SQLite in memory, SQLite in a file, and a real PostgreSQL."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from storage import SqlStore, open_store
from tests.postgresql import Postgres, server_of_our_own


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    with ExitStack() as stack:
        try:
            server = stack.enter_context(server_of_our_own())
        except ImportError as problem:
            pytest.skip(f"no PostgreSQL wheel for this platform: {problem}")
        yield server


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
