"""SQL written once with SQLAlchemy Core, compiled once per database, run on the driver itself: ten times cheaper per call."""

from collections.abc import Iterable, Mapping
from typing import Any, Protocol

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.engine.interfaces import Dialect
from sqlalchemy.sql import visitors

from storage.problems import DRIVER_PROBLEMS, StoreUnavailable

Row = tuple[Any, ...]

DIALECTS: Mapping[str, Dialect] = {
    # SQLAlchemy leaves the constructors of its dialects without annotations.
    "sqlite": SQLiteDialect_pysqlite(paramstyle="named"),
    "postgresql": PGDialect_psycopg(),  # type: ignore[no-untyped-call]
}


class Driver(Protocol):
    """What sqlite3 and psycopg connections have in common and we use."""

    def execute(self, query: str, params: Mapping[str, Any], /) -> Any: ...
    def cursor(self) -> Any: ...
    def close(self) -> None: ...


class Troubled(Protocol):
    """What a session needs to know of its database."""

    dialect: str
    begin_writing: str
    begin_reading: str

    def is_outage(self, problem: BaseException, *, is_reading: bool = False) -> bool: ...


class Statement:
    """One statement. Named parameters stay parameters; constants become literals, so that partial indexes apply."""

    def __init__(self, core: sa.sql.ClauseElement) -> None:
        self._core = core
        self._compiled: dict[str, tuple[str, dict[str, Any]]] = {}

    def on(self, dialect: str) -> tuple[str, dict[str, Any]]:
        """Its text for this database and the few parameters the compiler added."""
        found = self._compiled.get(dialect)
        if found is None:
            found = self._compiled[dialect] = self._compile(DIALECTS[dialect])
        return found

    def _compile(self, dialect: Dialect) -> tuple[str, dict[str, Any]]:
        named: set[str] = set()

        def settle(parameter: sa.BindParameter[Any]) -> None:
            if parameter.required:
                named.add(parameter.key)
                parameter.required = False  # the compiler asks for a value when it renders literals
            else:
                parameter.literal_execute = True

        core = visitors.cloned_traverse(self._core, {}, {"bindparam": settle})
        compiled = core.compile(dialect=dialect, compile_kwargs={"render_postcompile": True})
        added = {name: value for name, value in compiled.params.items() if name not in named}
        return str(compiled), added


class Session:
    """One connection and the statements run on it. An outage is raised as `StoreUnavailable`, and sticks until `begin`:

    SQLite ends a transaction by itself when the disk is full, and what a unit wrote after that would stand alone.
    """

    __slots__ = ("_database", "driver", "is_reading", "known", "lost")

    def __init__(self, driver: Driver, database: "Troubled", *, is_reading: bool = False) -> None:
        self.driver = driver
        self.is_reading = is_reading
        self.lost: StoreUnavailable | None = None
        self.known: dict[tuple[str, int], Any] = {}
        """Rows read in this transaction that a whole hall asks for again, by table and number; whoever writes one drops it."""
        self._database = database

    def begin(self) -> None:
        """Open a transaction: to write, with the one lock of the database; to read, on a snapshot."""
        self.lost = None
        self.known.clear()
        self.command(self._database.begin_reading if self.is_reading else self._database.begin_writing)

    def run(self, statement: Statement, **given: Any) -> int:
        """Execute it; how many rows it changed."""
        text, added = statement.on(self._database.dialect)
        count: int = self._execute(text, {**added, **given} if added else given).rowcount
        return count

    def all(self, statement: Statement, **given: Any) -> list[Row]:
        """All its rows: an unfinished statement would hold up the commit."""
        text, added = statement.on(self._database.dialect)
        try:
            rows: list[Row] = self._execute(text, {**added, **given} if added else given).fetchall()
        except DRIVER_PROBLEMS as problem:
            raise self._told(problem)
        return rows

    def one(self, statement: Statement, **given: Any) -> Row | None:
        """Its first row."""
        rows = self.all(statement, **given)
        return rows[0] if rows else None

    def value(self, statement: Statement, **given: Any) -> Any:
        """The first column of its first row; None when there is none."""
        rows = self.all(statement, **given)
        return rows[0][0] if rows else None

    def many(self, statement: Statement, rows: Iterable[Mapping[str, Any]]) -> int:
        """Execute it once per row of parameters, in one call of the driver; how many rows it changed in all."""
        text, added = statement.on(self._database.dialect)
        given = [{**added, **row} for row in rows] if added else list(rows)
        if not given:
            return 0
        if self.lost is not None:
            raise self.lost
        cursor = self.driver.cursor()
        try:
            cursor.executemany(text, given)
            count: int = cursor.rowcount
        except DRIVER_PROBLEMS as problem:
            raise self._told(problem)
        finally:
            cursor.close()
        return count

    def command(self, text: str) -> None:
        """Something without parameters or rows: BEGIN, SAVEPOINT, a pragma."""
        self._execute(text, {})

    def _execute(self, text: str, given: Mapping[str, Any]) -> Any:
        if self.lost is not None:
            raise self.lost
        try:
            return self.driver.execute(text, given)
        except DRIVER_PROBLEMS as problem:
            raise self._told(problem)

    def _told(self, problem: Exception) -> Exception:
        """The problem itself when the statement is to blame, an outage otherwise."""
        if not self._database.is_outage(problem, is_reading=self.is_reading):
            return problem
        self.lost = StoreUnavailable(str(problem))
        self.lost.__cause__ = problem
        return self.lost
