"""Whatever people do, in whatever order, and however often an update comes again: the count is the distinct voters."""

import asyncio
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.intake import Intake
from participation.actions import answering
from participation.ports import Transaction
from storage import open_store
from tests.unit.bot.room import Phone, Room

PEOPLE = ("Amina", "Driss", "Esra")
DEEDS = st.lists(
    st.tuples(
        st.sampled_from(
            ["vote"] * 4
            + ["type", "replay", "replay", "replay one", "steal", "close", "reopen", "leave", "come"]
            + ["erase", "return", "paper", "crash"]
        ),
        st.sampled_from(PEOPLE),
        st.integers(0, 1),
    ),
    max_size=25,
)


@dataclass
class Hall:
    """What the room should count, kept by the simplest means."""

    room: Room
    bruno: Phone
    code: str
    phones: dict[str, Phone]
    voted: dict[str, int] = field(default_factory=dict)
    inside: set[str] = field(default_factory=set)
    is_open: bool = True
    updates: list[dict[str, Any]] = field(default_factory=list)

    async def do(self, deed: str, name: str, choice: int) -> None:
        phone = self.phones[name]
        match deed:
            case "vote" | "type":
                await self.answer(deed, phone, choice)
                if self.is_open and name in self.inside:
                    self.voted[name] = choice
            case "replay":
                await self.arrive(*self.updates)
            case "replay one":  # long after it came, and after others
                await self.arrive(*self.updates[choice :: max(1, len(self.updates) // 2)][:1])
            case "steal":
                await self.steal(phone)
            case "paper":
                await self.hand_in(name, choice)
            case "close" | "reopen":
                await self.bruno.write("/fermer" if deed == "close" else "/rouvrir")
                self.is_open = deed == "reopen"
            case "leave":
                await phone.write("/quitter")
                if name in self.inside:
                    await phone.press("Oui, quitter")
                self.inside.discard(name)
            case "come":
                await phone.write(f"/start {self.code}")
                if "J’accepte" in phone.last.buttons:
                    await phone.press("J’accepte")
                self.inside.add(name)
            case "erase":
                await self.erase(phone, name)
                self.phones[name] = self.room.phone(name)
            case "return":  # the same account, as if it had never been here
                await self.erase(phone, name)
                await self.do("come", name, choice)
            case "crash":
                await self.crash(phone)

    async def answer(self, deed: str, phone: Phone, choice: int) -> None:
        if deed == "type":
            await phone.write(("oui", "non")[choice])
            return
        data = self.room.conversation.house.seal.pack(f"vote:1:{choice}", phone.id)
        self.updates.append({"update_id": self.room.count(), "callback_query": phone.query(data, 1)})
        await self.arrive(self.updates[-1])

    async def arrive(self, *updates: dict[str, Any]) -> None:
        """By the real door, which knows what it has seen."""
        await Intake(self.room.store, self, 1, self.room.conversation.turn).accept(updates)
        await self.room.deliver()

    def now(self) -> datetime:
        return self.room.now

    async def erase(self, phone: Phone, name: str) -> None:
        await phone.write("/effacer")
        if "Oui, tout effacer" in phone.last.buttons:
            await phone.press("Oui, tout effacer")
            self.inside.discard(name)
            if self.is_open:
                self.voted.pop(name, None)
            elif name in self.voted:
                self.voted[f"{name} before {self.room.count()}"] = self.voted.pop(name)

    async def steal(self, phone: Phone) -> None:
        """Press the buttons of everybody else, those of people who are gone included."""
        others = [
            update["callback_query"] for update in self.updates if update["callback_query"]["from"]["id"] != phone.id
        ]
        for query in others[-4:]:
            await self.arrive({"update_id": self.room.count(), "callback_query": phone.query(query["data"], 1)})

    async def hand_in(self, name: str, choice: int) -> None:
        """A facilitator enters a paper answer for them: another door, the same voice."""
        phone = self.phones[name]

        def unit(tx: Transaction) -> None:
            person = tx.people.by_telegram(phone.id)
            assert person is not None
            answering.press(tx, person, 1, str(choice), self.room.now, "paper")

        if name in self.inside and self.is_open:
            await self.room.store.write(unit)
            self.voted[name] = choice

    async def crash(self, phone: Phone) -> None:
        """A vote whose commit fails: nothing of it stays."""

        class Cut(Exception):
            pass

        data = self.room.conversation.house.seal.pack("vote:1:0", phone.id)
        update = {"update_id": self.room.count(), "callback_query": phone.query(data, 1)}

        def unit(tx: Transaction) -> None:
            self.room.conversation.turn(tx, update, self.room.now)
            raise Cut

        try:
            await self.room.store.write(unit)
        except Cut:
            return

    async def counted(self) -> dict[Any, int]:
        return await self.room.store.read(lambda tx: dict(tx.answers.tally(1)))

    def expected(self) -> dict[Any, int]:
        choices = list(self.voted.values())
        return {(choice,): choices.count(choice) for choice in set(choices)}


async def hall_of(room: Room) -> Hall:
    bruno = await room.facilitator()
    phones = {name: await room.councillor(name) for name in PEOPLE}
    await bruno.write("/sondage On continue ? | Oui | Non")
    await bruno.press("Lancer")
    return Hall(room, bruno, await room.code(), phones, inside=set(PEOPLE))


@settings(max_examples=40, deadline=None)
@given(DEEDS)
def test_the_count_is_always_the_distinct_voters(deeds: list[tuple[str, str, int]]) -> None:
    async def live() -> None:
        store = open_store("sqlite://")
        try:
            hall = await hall_of(Room(store))
            for deed, name, choice in deeds:
                hall.room.later(seconds=2)
                await hall.do(deed, name, choice)
                assert await hall.counted() == hall.expected(), (deed, name)
        finally:
            store.close()

    asyncio.run(live())
