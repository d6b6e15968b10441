"""Ideas shown as one: none vanishes, and each is found again where it belongs when they part."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

import pytest

from participation.actions import answering, grouping
from participation.actions.viewing import board
from participation.errors import UnknownIdea
from participation.model.idea import Group, Grouping
from participation.model.people import Person
from participation.model.policy import Policy
from participation.ports import Transaction
from tests.unit.bot.room import Room


@dataclass
class Same:
    """Three ideas of Amina's: a, b and c; Bruno corrects."""

    room: Room
    tx: Transaction
    bruno: Person
    amina: Person
    ids: dict[str, int] = field(default_factory=dict)

    def group(self, *groups: str) -> None:
        """A grouping, each group by the letters of its ideas."""
        found = tuple(Group(letters, tuple(self.ids[i] for i in letters)) for letters in groups)
        grouping.regroup(self.tx, 1, Grouping(found), self.room.now)

    def merge(self, kept: str, copy: str) -> None:
        grouping.merge_ideas(self.tx, self.bruno, self.ids[kept], self.ids[copy], self.room.now)

    def undo(self) -> None:
        grouping.undo(self.tx, self.bruno, 1, self.room.now)

    def withdraw(self, idea: str) -> None:
        answering.withdraw_idea(self.tx, self.amina, self.ids[idea], Policy(), self.room.now)

    def edit(self, idea: str) -> None:
        source = self.tx.ideas.get(self.ids[idea])
        assert source is not None
        answering.rewrite_idea(self.tx, self.amina, source.source, "tout autre chose", Policy(), self.room.now)

    @property
    def shown(self) -> dict[str, str]:
        """The ideas on the wall, by theme; those in none under « - »."""
        wall, letters = board(self.tx, 1), {number: letter for letter, number in self.ids.items()}
        columns = [*((view.theme.label, view.ideas) for view in wall.themes), ("-", wall.loose)]
        return {name: "".join(letters[idea.id] for idea in ideas) for name, ideas in columns if ideas}


Claim = Callable[[Same], None]
Claimed = Callable[[Claim], Awaitable[None]]


@pytest.fixture
async def claim(room: Room) -> Claimed:
    """Runs a claim in one unit of work on a wall of three ideas."""
    bruno, amina = await room.facilitator(), await room.councillor()
    await bruno.write("/idees Que changer ?")
    await bruno.press("Lancer")
    for letter in "abc":
        await amina.write(f"idée {letter}")

    def unit(tx: Transaction, body: Claim) -> None:
        people = [tx.people.by_telegram(phone.id) for phone in (bruno, amina)]
        same = Same(room, tx, *(person for person in people if person))
        same.ids = dict(zip("abc", (idea.id for idea in tx.ideas.of_activity(1)), strict=True))
        body(same)

    return lambda body: room.store.write(lambda tx: unit(tx, body))


async def test_a_copy_follows_the_idea_that_stands_for_it_from_grouping_to_grouping(claim: Claimed) -> None:
    def body(same: Same) -> None:
        same.group("abc")
        same.merge("a", "b")
        same.group("ac")  # a finder reads what is shown
        same.withdraw("a")
        assert same.shown == {"ac": "bc"}

    await claim(body)


async def test_a_copy_follows_an_idea_that_people_placed(claim: Claimed) -> None:
    def body(same: Same) -> None:
        same.group("ab", "c")
        same.merge("a", "b")
        other = next(view.theme.id for view in board(same.tx, 1).themes if view.theme.label == "c")
        grouping.move_idea(same.tx, same.bruno, same.ids["a"], other, same.room.now)
        same.group("ac")
        same.withdraw("a")
        assert same.shown == {"ac": "bc"}

    await claim(body)


async def test_an_idea_merged_while_a_grouping_reads_it_makes_no_theme_of_its_own(claim: Claimed) -> None:
    def body(same: Same) -> None:
        same.merge("a", "b")
        same.group("ac", "b")
        assert same.shown == {"ac": "ac"}
        assert len(same.tx.themes.of_activity(1)) == 1
        same.undo()
        assert same.shown == {"ac": "abc"}

    await claim(body)


async def test_a_theme_goes_on_whatever_is_merged_in_it(claim: Claimed) -> None:
    """Its copies are read by no finder: they are not counted when it is recognised."""

    def body(same: Same) -> None:
        for number in range(5):
            idea = same.tx.ideas.add(1, 2, "idée a", answering.Source("paper", number), same.room.now)
            same.ids[str(number)] = idea.id
        same.group("a01234c", "b")
        for number in range(5):
            same.merge("a", str(number))
        before = [theme.id for theme in same.tx.themes.of_activity(1)]
        same.group("a", "bc")
        assert [theme.id for theme in same.tx.themes.of_activity(1) if theme.is_standing] == before

    await claim(body)


async def test_nothing_is_put_behind_an_idea_that_is_not_shown(claim: Claimed) -> None:
    def body(same: Same) -> None:
        grouping.hide_idea(same.tx, same.bruno, same.ids["a"], True, same.room.now)
        with pytest.raises(UnknownIdea):
            same.merge("a", "b")
        assert same.shown == {"-": "bc"}

    await claim(body)


@pytest.mark.parametrize("change", [Same.withdraw, Same.edit])
async def test_undoing_puts_nothing_behind_an_idea_that_is_gone_or_says_something_else(
    claim: Claimed, change: Callable[[Same, str], None]
) -> None:
    def body(same: Same) -> None:
        same.merge("a", "b")
        same.merge("c", "a")
        assert same.shown == {"-": "c"}
        same.room.later(minutes=1)
        change(same, "a")
        same.undo()
        assert "b" in same.shown["-"]

    await claim(body)


async def test_undoing_puts_back_behind_an_idea_that_still_says_the_same(claim: Claimed) -> None:
    def body(same: Same) -> None:
        same.merge("a", "b")
        same.merge("c", "a")
        same.undo()
        assert same.shown == {"-": "ac"}

    await claim(body)
