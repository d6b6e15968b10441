"""Opens a store: checks the database, takes the lease, brings the schema up to date."""

from contextlib import suppress

from storage.database import Database, database_at
from storage.embedded import lease_file
from storage.lease import FileLease, take_server_lease
from storage.problems import Unusable
from storage.store import SqlStore
from storage.upgrade import prepare


def open_store(
    url: str,
    *,
    must_exist: bool = False,
    exclusive: bool = False,
    upgrade: bool | None = None,
    patience: float = 15.0,
) -> SqlStore:
    """The store at this address, ready; raises `Unusable` with one sentence for people.

    `must_exist` refuses a missing database instead of creating it. `exclusive` takes the lease: a second Palabre on the
    same database is refused. `upgrade` None lets SQLite upgrade itself and refuses an old PostgreSQL schema.
    `patience`: seconds a write waits for another process's lock.
    """
    database = database_at(url, patience=patience)
    if database.path is not None and not must_exist and not database.path.parent.exists():
        with suppress(OSError):
            database.path.parent.mkdir(parents=True)
    database.check(must_exist=must_exist)
    lease = _take_lease(database) if exclusive else None
    try:
        connection = _connect(database, exclusive=exclusive)
        try:
            prepare(database, connection, upgrade=upgrade)
        except BaseException:
            connection.close()
            raise
    except BaseException:
        if lease is not None:
            lease.free()
        raise
    return SqlStore(database, connection, lease)


def _take_lease(database: Database) -> FileLease | None:
    return FileLease(lease_file(database.path), database.name) if database.path is not None else None


def _connect(database: Database, *, exclusive: bool):  # type: ignore[no-untyped-def]  # sqlite3's or psycopg's connection
    try:
        connection = database.connect()
        if exclusive and database.dialect == "postgresql":
            take_server_lease(connection, database.name)
    except Unusable:
        raise
    except Exception as problem:
        if not database.is_outage(problem):
            raise
        raise Unusable(database.sentence(problem)) from problem
    return connection
