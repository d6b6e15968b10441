"""Opens a store: checks the database, takes the lease, brings the schema up to date."""

from contextlib import suppress
from functools import partial
from typing import Any

import sqlalchemy.exc

from storage.database import Database, database_at
from storage.embedded import lease_file
from storage.lease import FileLease, take_server_lease
from storage.problems import DRIVER_PROBLEMS, StoreUnavailable, Unusable
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
    if database.path is not None and not must_exist:
        with suppress(OSError):
            database.path.parent.mkdir(parents=True, exist_ok=True)
    database.check(must_exist=must_exist)
    lease = FileLease(lease_file(database.path), database.name) if exclusive and database.path is not None else None
    try:
        connection = _open(database, exclusive=exclusive, upgrade=upgrade)
    except BaseException:
        if lease is not None:
            lease.free()
        raise
    return SqlStore(database, connection, partial(_connect_again, database, exclusive=exclusive), lease)


def _open(database: Database, *, exclusive: bool, upgrade: bool | None) -> Any:
    try:
        connection = _connect(database, exclusive=exclusive, create=True)
        try:
            prepare(database, connection, upgrade=upgrade)
        except BaseException:
            connection.close()
            raise
    except sqlalchemy.exc.DBAPIError as problem:
        cause = problem.orig if isinstance(problem.orig, DRIVER_PROBLEMS) else None
        if cause is None or not database.is_outage(cause):
            raise  # a bug of a migration is not the database's fault
        raise Unusable(database.sentence(cause)) from problem
    except DRIVER_PROBLEMS as problem:
        if not database.is_outage(problem):
            raise
        raise Unusable(database.sentence(problem)) from problem
    return connection


def _connect(database: Database, *, exclusive: bool, create: bool = False) -> Any:
    connection = database.connect(create=create)
    if exclusive and database.dialect == "postgresql":
        try:
            take_server_lease(connection, database.name)
        except BaseException:
            connection.close()
            raise
    return connection


def _connect_again(database: Database, *, exclusive: bool) -> Any:
    """For the writer that lost its connection; with it the lease of a server was lost, and is taken again or not at all."""
    try:
        return _connect(database, exclusive=exclusive)
    except Unusable as problem:
        raise StoreUnavailable(str(problem)) from problem
