"""The inbox: updates that came in, each kept and dealt with once."""

from collections.abc import Iterable, Sequence
from datetime import datetime

import sqlalchemy as sa

from participation.ports.trays import Arrival, DeadLetter
from storage.moments import moment, ticks
from storage.rows import count, given
from storage.statements import Session, Statement
from storage.tables.trays import INBOX

_NAMED = (INBOX.c.bot_id == given("bot"), INBOX.c.update_id == given("number"))
_ARRIVE = Statement(
    sa.text(
        "INSERT INTO inbox (bot_id, update_id, body, state, attempts, problem, received_at) "
        "VALUES (:bot, :number, :body, 'new', 0, '', :now) ON CONFLICT (bot_id, update_id) DO NOTHING"
    )
)
_DEALT_WITH = Statement(
    sa.text(
        "INSERT INTO inbox (bot_id, update_id, body, state, attempts, problem, received_at) "
        "VALUES (:bot, :number, '', 'done', 0, '', :now) ON CONFLICT (bot_id, update_id) DO NOTHING"
    )
)
_WAITING = Statement(
    sa.select(INBOX.c.bot_id, INBOX.c.update_id, INBOX.c.body, INBOX.c.attempts)
    .where(INBOX.c.state == "new")
    .order_by(INBOX.c.id)
    .limit(given("most"))
)
# Done, it has nothing personal left: only its number stays, so that a repeated update is known.
_DONE = Statement(sa.update(INBOX).where(*_NAMED).values(state="done", body=""))
_FAILED = Statement(
    sa.update(INBOX)
    .where(*_NAMED)
    .values(
        attempts=INBOX.c.attempts + 1,
        problem=given("said"),
        state=sa.case((INBOX.c.attempts + 1 >= given("most"), "dead"), else_=INBOX.c.state),
    )
    .returning(INBOX.c.state)
)
_DEAD = count(INBOX.c.state == "dead", of=INBOX)
_DEAD_LETTERS = Statement(
    sa.select(INBOX.c.id, INBOX.c.update_id, INBOX.c.body, INBOX.c.problem, INBOX.c.received_at)
    .where(INBOX.c.state == "dead")
    .order_by(INBOX.c.id)
    .limit(given("most"))
)
# Without its words there is nothing to try.
_REVIVE = Statement(
    sa.update(INBOX)
    .where(INBOX.c.id == given("letter"), INBOX.c.state == "dead", INBOX.c.body != "")
    .values(state="new", attempts=0, problem="")
)


class SqlInbox:
    """Updates, each kept once."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, bot_id: int, update_id: int, body: str, now: datetime) -> bool:
        return self._session.run(_ARRIVE, bot=bot_id, number=update_id, body=body, now=ticks(now)) == 1

    def take(self, bot_id: int, update_id: int, now: datetime) -> bool:
        return self._session.run(_DEALT_WITH, bot=bot_id, number=update_id, now=ticks(now)) == 1

    def waiting(self, limit: int) -> Sequence[Arrival]:
        return [Arrival(*row) for row in self._session.all(_WAITING, most=limit)]

    def done(self, bot_id: int, update_id: int) -> None:
        self._session.run(_DONE, bot=bot_id, number=update_id)

    def failed(self, bot_id: int, update_id: int, problem: str, most: int) -> bool:
        return bool(self._session.value(_FAILED, bot=bot_id, number=update_id, said=problem, most=most) == "dead")

    def dead(self) -> int:
        found: int = self._session.value(_DEAD)
        return found

    def dead_letters(self, limit: int) -> Sequence[DeadLetter]:
        rows = self._session.all(_DEAD_LETTERS, most=limit)
        return [DeadLetter(number, update, body, said, moment(at)) for number, update, body, said, at in rows]

    def revive(self, numbers: Iterable[int]) -> int:
        return self._session.many(_REVIVE, [{"letter": number} for number in numbers])
