"""A hall for the web's tests: a real store, real rules, a real server; people who join, vote and write."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from participation.actions import activities, answering, grouping, joining, steering
from participation.model.activity import Activity
from participation.model.drafting import read_question
from participation.model.idea import Group, Grouping, Idea, Source
from participation.model.people import Person, Role
from participation.model.policy import Policy
from participation.model.workshop import Workshop
from participation.ports import Transaction
from storage import SqlStore

T = TypeVar("T")
POLICY = Policy()


@dataclass
class Watch:
    """A clock moved by hand."""

    time: datetime = datetime(2026, 11, 22, 13, 0, tzinfo=UTC)

    def now(self) -> datetime:
        return self.time

    def advance(self, **span: float) -> None:
        self.time += timedelta(**span)


@dataclass
class Hall:
    """Everything that happens in the tests happens through the rules, on a real store."""

    store: SqlStore
    watch: Watch = field(default_factory=Watch)
    messages: int = 0

    async def do(self, unit: Callable[[Transaction], T]) -> T:
        return await self.store.write(unit)

    async def person(self, name: str, role: Role | None = None, number: int | None = None) -> Person:
        """Somebody who wrote to the bot and agreed; with a role on the whole installation, if given."""
        telegram_id = number or sum(map(ord, name)) * 1000 + len(name)

        def unit(tx: Transaction) -> Person:
            person = joining.arrive(tx, telegram_id, name, "fr", self.watch.now())
            if role is not None:
                code = steering.invite(tx, role, None, POLICY, self.watch.now())
                joining.open_code(tx, person, code, self.watch.now())
            return joining.agree(tx, tx.people.get(person.id) or person, self.watch.now())

        return await self.do(unit)

    async def workshop(self, by: Person, title: str = "Ateliers du conseil citoyen") -> Workshop:
        return await self.do(lambda tx: steering.create_workshop(tx, by, title, POLICY, self.watch.now()))

    async def councillors(self, workshop: Workshop, count: int, first: int = 1) -> list[Person]:
        people = [
            await self.person(f"Amina {n}", number=70_000 + 1000 * workshop.id + n) for n in range(first, first + count)
        ]
        for person in people:
            await self.join(person, workshop)
        return people

    async def join(self, person: Person, workshop: Workshop) -> None:
        await self.do(lambda tx: joining.join(tx, tx.people.get(person.id) or person, workshop, self.watch.now()))

    async def launch(self, workshop: Workshop, by: Person, kind: str, typed: str, at_most: int = 1) -> Activity:
        """Draft and launch a question, typed as a facilitator types it (« Question ? | A | B pendant 5 min »)."""

        def unit(tx: Transaction) -> Activity:
            member = tx.members.find(workshop.id, by.id)
            assert member is not None
            now = self.watch.now()
            activity = activities.draft(tx, workshop, member, kind, read_question(typed), at_most, now)
            return activities.launch(tx, activity, now)[0]

        return await self.do(unit)

    async def vote(self, person: Person, activity: Activity, option: int) -> None:
        now = self.watch.now()
        await self.do(lambda tx: answering.press(tx, person, activity.id, str(option), now, "telegram"))

    async def write(self, person: Person, activity: Activity, text: str) -> Idea | None:
        """Send an ordinary message as an answer to this activity."""
        self.messages += 1
        source = Source(f"telegram:{person.telegram_id}", self.messages)

        def unit(tx: Transaction) -> Idea | None:
            member = tx.members.find(activity.workshop_id, person.id)
            assert member is not None
            return answering.write(tx, member, text, source, POLICY, self.watch.now(), activity.id).idea

        return await self.do(unit)

    async def reveal(self, activity: Activity, is_revealed: bool = True) -> None:
        await self.do(
            lambda tx: activities.reveal(tx, tx.activities.get(activity.id) or activity, is_revealed, self.watch.now())
        )

    async def close(self, activity: Activity) -> None:
        await self.do(lambda tx: activities.close(tx, tx.activities.get(activity.id) or activity, self.watch.now()))

    async def group(self, activity: Activity, groups: Sequence[tuple[str, Sequence[Idea], float]]) -> None:
        """A grouping as the analysis engine would bring it."""
        found = tuple(
            Group(label, tuple(i.id for i in ideas), stability, quotes=tuple(i.id for i in ideas[:2]))
            for label, ideas, stability in groups
        )
        sentence = f"{len(found)} thèmes, {sum(len(g.idea_ids) for g in found)} idées classées."
        await self.do(lambda tx: grouping.regroup(tx, activity.id, Grouping(found, sentence), self.watch.now()))

    async def sign_in_code(self, person: Person) -> str:
        return await self.do(lambda tx: steering.sign_in_code(tx, person, POLICY, self.watch.now()))
