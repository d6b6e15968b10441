"""The everyday statements of a table, and the plain conversions between its columns and the rules' dataclasses."""

from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa

from storage.statements import Statement


def given(name: str) -> sa.BindParameter[Any]:
    """A parameter given at each call."""
    return sa.bindparam(name)


def select(table: sa.Table, *conditions: Any, order: Sequence[Any] = (), limit: Any = None) -> Statement:
    """Every column of the rows that meet the conditions."""
    query = sa.select(table).where(*conditions).order_by(*order)
    return Statement(query.limit(limit) if limit is not None else query)


def insert(table: sa.Table, *, returning: bool = True) -> Statement:
    """A new row with every column given but its own number, which comes back."""
    columns = [column.name for column in table.columns if column.name != "id"]
    query = sa.insert(table).values({name: given(name) for name in columns})
    return Statement(query.returning(table.c.id) if returning else query)


def update(table: sa.Table, *, keep: Iterable[str] = ()) -> Statement:
    """Every column of the row with this `id`, but those to keep."""
    left = {"id", *keep}
    names = [column.name for column in table.columns if column.name not in left]
    return Statement(sa.update(table).where(table.c.id == given("id")).values({name: given(name) for name in names}))


def count(*conditions: Any, of: Any) -> Statement:
    """How many rows meet the conditions."""
    return Statement(sa.select(sa.func.count()).select_from(of).where(*conditions))
