"""The journal: facts are added, never changed (triggers of the database refuse it)."""

from collections.abc import Sequence
from typing import Any

from participation.model.journal import Fact
from storage.json_text import pack, unpack
from storage.moments import moment, ticks
from storage.rows import given, insert, select
from storage.statements import Session
from storage.tables.contributions import FACT

_WRITE = insert(FACT, returning=False)
_READ = select(FACT, FACT.c.workshop_id == given("workshop"), order=[FACT.c.id.desc()], limit=given("most"))
_HOUSE = select(FACT, FACT.c.workshop_id.is_(None), order=[FACT.c.id.desc()], limit=given("most"))


class SqlJournal:
    """Append-only."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def write(self, fact: Fact) -> None:
        self._session.run(
            _WRITE,
            name=fact.name,
            at=ticks(fact.at),
            workshop_id=fact.workshop_id,
            activity_id=fact.activity_id,
            member_id=fact.member_id,
            details=pack(fact.details),
        )

    def of_workshop(self, workshop_id: int, limit: int = 200) -> Sequence[Fact]:
        return _facts(self._session.all(_READ, workshop=workshop_id, most=limit))

    def of_the_house(self, limit: int = 200) -> Sequence[Fact]:
        return _facts(self._session.all(_HOUSE, most=limit))


def _facts(rows: Sequence[Any]) -> list[Fact]:
    return [Fact(name, moment(at), w, a, m, unpack(details)) for _, name, at, w, a, m, details in rows]
