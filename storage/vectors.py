"""The cache of what encoders made of texts, by the text's hash: the texts themselves are not here."""

import time
from collections.abc import Iterable, Mapping
from typing import Any, Protocol, TypeVar

import sqlalchemy as sa

from participation.ports import Transaction, Unit
from storage.rows import given
from storage.statements import Session, Statement
from storage.tables.trays import VECTOR

T = TypeVar("T")

AT_ONCE = 200
"""Vectors asked for in one statement: one by one, a thousand ideas cost a thousand journeys to a distant database."""

_GET = Statement(
    sa.select(VECTOR.c.text_hash, VECTOR.c.content).where(
        VECTOR.c.encoder == given("encoder"), VECTOR.c.text_hash.in_([given(f"hash{i}") for i in range(AT_ONCE)])
    )
)
_PUT = Statement(
    sa.text(
        "INSERT INTO vector (encoder, text_hash, content, created_at) VALUES (:encoder, :hash, :content, :now) "
        "ON CONFLICT (encoder, text_hash) DO NOTHING"
    )
)


class Runner(Protocol):
    """What runs units: the store."""

    async def write(self, unit: Unit[T]) -> T: ...
    async def read(self, unit: Unit[T]) -> T: ...


class Vectors:
    """(encoder, hash) → bytes."""

    def __init__(self, store: Runner) -> None:
        self._store = store

    async def get_many(self, encoder: str, hashes: Iterable[str]) -> dict[str, bytes]:
        """Those that are known."""
        wanted = list(hashes)
        return await self._store.read(lambda tx: _get(_session(tx), encoder, wanted))

    async def put_many(self, encoder: str, vectors: Mapping[str, bytes]) -> None:
        """Keep them; one that is known already is left alone."""
        now = int(time.time() * 1_000_000)
        rows = [{"encoder": encoder, "hash": key, "content": content, "now": now} for key, content in vectors.items()]
        await self._store.write(lambda tx: _session(tx).many(_PUT, rows))


def _get(session: Session, encoder: str, wanted: list[str]) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for start in range(0, len(wanted), AT_ONCE):
        part = wanted[start : start + AT_ONCE]
        part += part[-1:] * (AT_ONCE - len(part))  # one statement, whatever is left
        rows = session.all(_GET, encoder=encoder, **{f"hash{i}": name for i, name in enumerate(part)})
        found.update((name, bytes(content)) for name, content in rows)
    return found


def _session(tx: Transaction) -> Session:
    session: Any = getattr(tx, "session", None)
    if not isinstance(session, Session):
        raise TypeError("vectors are kept by an SQL store")
    return session
