"""What all tables share: one metadata with named constraints, the type of a key, the way to a table."""

from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

METADATA = sa.MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
"""SQLite numbers rows by itself only in a column declared INTEGER."""

NEVER_AGAIN = {"sqlite_autoincrement": True}
"""Rows of this table are deleted: without it SQLite would give the number of a deleted one to somebody else."""


class Kept(SQLModel):
    """A row of ours. SQLModel declares it; nothing outside `storage` sees it."""

    metadata = METADATA


def own_key() -> Any:
    """A row's own number."""
    return Field(sa_type=KEY, primary_key=True)


def ref(column: str, *, primary: bool = False, index: bool = False) -> Any:
    """A number of another table's row, checked."""
    return Field(sa_type=sa.BigInteger, foreign_key=column, primary_key=primary, index=index)


def big() -> Any:
    """A whole number of up to 64 bits: a moment, an outside identity, a pointer that is not checked."""
    return Field(sa_type=sa.BigInteger)


def prose(*, primary: bool = False) -> Any:
    """Text of any length."""
    return Field(sa_type=sa.Text, primary_key=primary)


def only(name: str, *columns: str, where: str) -> sa.Index:
    """An index of the few rows that wait for something."""
    condition = sa.text(where)
    return sa.Index(name, *columns, sqlite_where=condition, postgresql_where=condition)


def table(row: type[Kept]) -> sa.Table:
    """The table a class declares."""
    found: sa.Table = row.__table__  # type: ignore[attr-defined]  # SQLModel adds it while creating the class
    return found
