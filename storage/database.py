"""The two databases Palabre runs on, behind one shape: how to connect, to begin, to know an outage from a bug."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

import sqlalchemy as sa
from sqlalchemy.pool import NullPool, StaticPool

from storage.problems import Unusable
from storage.statements import Session


class Database(Protocol):
    """Where everything is kept. It owns the way to the lock: every write of a process passes by one session of it."""

    dialect: str
    begin_writing: str
    """Takes the one write lock of the whole database, or waits `patience` for it."""
    begin_reading: str
    path: Path | None
    """The file of an SQLite database; None elsewhere and in memory."""
    is_shared: bool
    """Whether several connections see the same data; not so in memory."""

    @property
    def name(self) -> str:
        """How to name it to people; never with a password."""

    def connect(self, *, reading: bool = False, create: bool = False) -> Any:
        """A new driver connection, in autocommit mode: BEGIN and COMMIT are ours to say. `create` allows a new file."""

    def is_outage(self, problem: BaseException, *, is_reading: bool = False) -> bool:
        """Whether it is the world's fault (disk, lock, network) rather than the statement's."""

    def scrub(self, session: Session) -> bool:
        """Make deleted data unreadable in the files; False when it must be tried again later."""

    def check(self, *, must_exist: bool) -> None:
        """Refuse with `Unusable` what cannot be opened or is not ours, before anything is written."""

    def sentence(self, problem: Exception) -> str:
        """Why it cannot be opened, for people."""


def database_at(url: str, *, patience: float = 15.0) -> Database:
    """The database a URL or a plain path names."""
    from storage.embedded import Embedded
    from storage.server import Server

    scheme, found, rest = url.partition("://")
    if not found:
        return Embedded(url, patience)
    if scheme in ("sqlite", "sqlite+pysqlite"):
        return Embedded(_file_of(rest), patience)
    if scheme in ("postgresql", "postgres", "postgresql+psycopg"):
        return Server(f"postgresql://{rest}", patience)
    raise Unusable(
        f"L’adresse de la base commence par « {scheme}:// », inconnu ici : "
        "écrivez sqlite:///chemin/fichier.db ou postgresql://utilisateur@machine/base."
    )


def _file_of(rest: str) -> str:
    """`sqlite:///x.db` names x.db, `sqlite:////var/x.db` names /var/x.db, `sqlite://` memory."""
    if rest in ("", "/", "/:memory:"):
        return ""
    if not rest.startswith("/"):
        raise Unusable(f"L’adresse sqlite://{rest} a deux barres : il en faut trois, sqlite:///{rest}.")
    return rest[1:].partition("?")[0]


def engine_of(database: Database, connection: Any | None = None) -> sa.Engine:
    """An SQLAlchemy engine for slow and rare work: migrations, copies. With a connection it uses that one and no other."""
    give: Callable[[], Any] = (lambda: connection) if connection is not None else database.connect
    address = f"{database.dialect}{DRIVERS[database.dialect]}://"
    if connection is None:
        return sa.create_engine(address, creator=give, poolclass=NullPool)
    # The connection is lent: SQLAlchemy must neither end what we began nor close it.
    return sa.create_engine(address, creator=give, poolclass=StaticPool, pool_reset_on_return=None)


DRIVERS = {"sqlite": "+pysqlite", "postgresql": "+psycopg"}
