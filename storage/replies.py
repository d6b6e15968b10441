"""The tray of replies: answers on their way out, claimed, sent, or waiting again; and the pictures some of them carry."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import cache
from itertools import chain
from typing import Any

import sqlalchemy as sa

from participation.model.message import Reply
from storage.moments import moment, ticks
from storage.rows import given, insert
from storage.statements import Session, Statement
from storage.tables.trays import PICTURE, REPLY

_QUEUE = Statement(
    sa.text(
        "INSERT INTO reply (address, lane, key, body, state, attempts, created_at, not_before) "
        "VALUES (:address, :lane, :key, :body, 'waiting', 0, :now, 0)"
    )
)
MOST_ROWS = 32
"""Replies written by one statement: its parameters stay far from the databases' limits."""


@cache
def _claimed_rows(count: int) -> Statement:
    rows = (f"(:address{i}, :lane{i}, :key{i}, :body{i}, 'taken', 1, :now{i}, :now{i})" for i in range(count))
    columns = "address, lane, key, body, state, attempts, created_at, not_before"
    return Statement(sa.text(f"INSERT INTO reply ({columns}) VALUES {', '.join(rows)} RETURNING id"))  # noqa: S608 -- no value in it


@cache
def _claimed_names(count: int) -> Sequence[str]:
    return [f"{name}{i}" for i in range(count) for name in ("address", "lane", "key", "body", "now")]


def _claimed_values(drawn: "Sequence[Drawn]") -> dict[str, Any]:
    values = ((address, lane, key, body, ticks(now)) for address, lane, body, now, key in drawn)
    return dict(zip(_claimed_names(len(drawn)), chain.from_iterable(values), strict=True))


_REPLACE = Statement(
    sa.update(REPLY)
    .where(REPLY.c.address == given("to"), REPLY.c.key == given("name"), REPLY.c.state == "waiting")
    .values(body=given("text"), created_at=given("now"))
    .returning(REPLY.c.id)
)
_READY = Statement(
    sa.select(
        REPLY.c.id, REPLY.c.address, REPLY.c.lane, REPLY.c.body, REPLY.c.attempts, REPLY.c.created_at, REPLY.c.key
    )
    .where(REPLY.c.state == "waiting", REPLY.c.not_before <= given("now"))
    .order_by(REPLY.c.id)
    .limit(given("most"))
)
_CLAIM = Statement(
    sa.update(REPLY).where(REPLY.c.id == given("reply")).values(state="taken", attempts=REPLY.c.attempts + 1)
)
_SENT = Statement(sa.delete(REPLY).where(REPLY.c.id == given("reply")))
# A newer reply of the same key may have been queued since: the older one then has nothing more to say.
_SUPERSEDED = Statement(
    sa.text(
        "DELETE FROM reply WHERE id = :reply AND key IS NOT NULL AND EXISTS (SELECT 1 FROM reply AS newer "
        "WHERE newer.address = reply.address AND newer.key = reply.key AND newer.id > reply.id)"
    )
)
# One of the same key may be waiting for its delay to pass: sent later, it would put an old text over a new one.
_OVERTAKEN = Statement(
    sa.delete(REPLY).where(REPLY.c.address == given("to"), REPLY.c.key == given("name"), REPLY.c.state == "waiting")
)
_AGAIN = Statement(
    sa.update(REPLY)
    .where(REPLY.c.id == given("reply"))
    .values(state="waiting", not_before=given("moment"), attempts=REPLY.c.attempts - given("free"))
)
_TAKEN = Statement(sa.select(REPLY.c.id).where(REPLY.c.state == "taken").order_by(REPLY.c.id))


Drawn = tuple[int, str, str, datetime, str | None]
"""A claimed reply not written yet: address, lane, body, moment, key."""


class SqlReplies:
    """Answers on their way out."""

    def __init__(self, session: Session, queued: Callable[[str], None]) -> None:
        self._session = session
        self._queued = queued
        self._drawn: list[Drawn] | None = None

    def add(self, address: int, lane: str, body: str, now: datetime, key: str | None = None) -> None:
        if self._drawn is not None:
            self._drawn.append((address, lane, body, now, key))
            return
        if key is not None and self._session.all(_REPLACE, to=address, name=key, text=body, now=ticks(now)):
            return
        self._queued("replies")
        self._session.run(_QUEUE, address=address, lane=lane, key=key, body=body, now=ticks(now))

    @contextmanager
    def claiming(self) -> Iterator[list[Reply]]:
        claimed: list[Reply] = []
        drawn: list[Drawn] = []
        self._drawn = drawn
        try:
            yield claimed
        finally:
            self._drawn = None
        claimed += self._claim(drawn)

    def _claim(self, drawn: Sequence[Drawn]) -> list[Reply]:
        """Write them, as many in one statement as there are powers of two: each statement is compiled once."""
        claimed: list[Reply] = []
        self._session.many(_OVERTAKEN, [{"to": to, "name": key} for to, _, _, _, key in drawn if key is not None])
        while drawn:
            size = min(MOST_ROWS, 1 << (len(drawn).bit_length() - 1))
            part, drawn = drawn[:size], drawn[size:]
            # Numbers are given in the order of the rows; the order in which they come back is promised by nobody.
            numbers = sorted(row[0] for row in self._session.all(_claimed_rows(size), **_claimed_values(part)))
            claimed += [
                Reply(n, to, lane, body, 1, at, key) for n, (to, lane, body, at, key) in zip(numbers, part, strict=True)
            ]
        return claimed

    def take(self, limit: int, now: datetime) -> Sequence[Reply]:
        rows = self._session.all(_READY, most=limit, now=ticks(now))
        self._session.many(_CLAIM, [{"reply": row[0]} for row in rows])
        return [Reply(i, to, lane, body, tries + 1, moment(at), key) for i, to, lane, body, tries, at, key in rows]

    def sent(self, reply_ids: Iterable[int]) -> None:
        self._session.many(_SENT, [{"reply": number} for number in reply_ids])

    def again(self, reply_id: int, not_before: datetime, *, counts: bool = True) -> None:
        if not self._session.run(_SUPERSEDED, reply=reply_id):
            self._session.run(_AGAIN, reply=reply_id, moment=ticks(not_before), free=int(not counts))

    def resume(self) -> int:
        taken = [row[0] for row in self._session.all(_TAKEN)]
        for number in taken:
            self.again(number, moment(0))
        return len(taken)


_KEEP = insert(PICTURE)
_PICTURE = Statement(sa.select(PICTURE.c.name, PICTURE.c.content).where(PICTURE.c.id == given("id")))


class SqlPictures:
    """Pictures and documents to be sent."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, name: str, content: bytes, now: datetime) -> int:
        number: int = self._session.value(_KEEP, name=name, content=content, created_at=ticks(now))
        return number

    def get(self, picture_id: int) -> tuple[str, bytes] | None:
        row = self._session.one(_PICTURE, id=picture_id)
        return (row[0], bytes(row[1])) if row else None
