"""What somebody takes back, rewrites or has erased is quoted nowhere: names of themes, words, parts, copies, places."""

from dataclasses import dataclass, replace

import pytest

from participation.actions.grouping import merge_ideas, regroup
from participation.actions.viewing import board
from participation.model.findings import Findings, Subtheme
from participation.model.idea import Group, Grouping
from participation.model.quoting import NAMELESS
from participation.ports import Transaction
from tests.unit.bot.room import Phone, Room

SECRET = "Mon voisin Jean Dupontel fait du bruit ; et plus de bancs"
OTHERS = [f"Des bancs à l’ombre, rue {number}" for number in range(7)]


@dataclass
class Wall:
    """A wall where Driss wrote the first idea, and Amina the others."""

    room: Room
    driss: Phone
    amina: Phone
    ideas: list[int]

    @property
    def theirs(self) -> int:
        return self.ideas[0]

    async def found(self) -> Grouping:
        """A grouping that quotes Driss wherever a grouping can quote."""
        texts = await self.room.store.read(lambda tx: {i.id: i.text for i in tx.ideas.of_activity(1)})
        findings = Findings(
            copies=((self.theirs, self.ideas[1], 0.9), (self.ideas[1], self.ideas[2], 0.8)),
            splits={self.theirs: ("Jean Dupontel fait du bruit", "plus de bancs")},
            subthemes=(Subtheme("Bruit", (self.theirs, self.ideas[3])), Subtheme("Bancs", tuple(self.ideas[1:]))),
            places=dict.fromkeys(self.ideas, (0.5, 0.5)),
            reworded={"Le voisin Dupontel": "Jean Dupontel", "Des bancs": "Jean Dupontel"},
        )
        groups = (
            Group("Le voisin Dupontel", tuple(self.ideas[:4]), 0.9, ("dupontel", "bancs", "ombres"), (self.theirs,)),
            Group("Des bancs", tuple(self.ideas[4:]), 0.9, ("bancs",), (self.ideas[4],)),
        )
        return Grouping(groups, findings=findings, read=texts)

    async def group(self, found: Grouping | None = None) -> None:
        made = found or await self.found()
        await self.room.store.write(lambda tx: regroup(tx, 1, made, self.room.now))

    async def kept(self) -> str:
        """Everything kept of the activity that a screen, a file or a next grouping may show."""

        def read(tx: Transaction) -> str:
            return f"{board(tx, 1, with_hidden=True)} {tx.themes.of_activity(1)} {tx.themes.findings(1)}".casefold()

        return await self.room.store.read(read)

    async def names(self) -> list[tuple[str, tuple[str, ...]]]:
        read = await self.room.store.read(lambda tx: board(tx, 1).themes)
        return [(view.theme.label, view.theme.words) for view in read]

    async def is_grouping(self) -> bool:
        return await self.room.store.read(lambda tx: tx.jobs.is_pending("themes", 1))

    async def take_back(self, how: str) -> None:
        match how:
            case "edited":
                await self.driss.edit(77, "Plus de silence")
            case "withdrawn":
                await self.driss.press("Retirer")
            case "erased":
                await self.driss.write("/effacer")
                await self.driss.press("Oui, tout effacer")


HOW = pytest.mark.parametrize("how", ["edited", "withdrawn", "erased"])


@pytest.fixture
async def wall(room: Room) -> Wall:
    bruno = await room.facilitator()
    amina, driss = await room.councillor("Amina"), await room.councillor("Driss")
    await bruno.write("/idees Que changer ?")
    await bruno.press("Lancer")
    await driss.write(SECRET, message_id=77)
    for text in OTHERS:
        await amina.write(text)
    ideas = await room.store.read(lambda tx: [idea.id for idea in tx.ideas.of_activity(1)])
    return Wall(room, driss, amina, ideas)


@HOW
async def test_nothing_found_outlives_the_words_it_quotes(wall: Wall, how: str) -> None:
    await wall.group()
    assert "dupontel" in await wall.kept()
    await wall.take_back(how)
    kept = await wall.kept()
    assert [word for word in ("dupontel", "voisin", "bruit") if word in kept] == []
    assert await wall.names() == [("Bancs, ombres", ("bancs", "ombres")), ("Des bancs", ("bancs",))]


@HOW
async def test_what_others_say_too_stays_found(wall: Wall, how: str) -> None:
    await wall.group()
    await wall.take_back(how)
    findings = await wall.room.store.read(lambda tx: tx.themes.findings(1))
    assert findings.copies == ((wall.ideas[1], wall.ideas[2], 0.8),)
    assert [sub.label for sub in findings.subthemes] == ["Bancs"]
    assert wall.theirs not in findings.places
    assert findings.reworded == {"Des bancs": "Des bancs"}


@HOW
async def test_a_grouping_under_way_does_not_write_back_what_was_taken_back_meanwhile(wall: Wall, how: str) -> None:
    under_way = await wall.found()
    await wall.take_back(how)
    await wall.group(under_way)
    kept = await wall.kept()
    assert [word for word in ("dupontel", "voisin", "bruit") if word in kept] == []
    findings = await wall.room.store.read(lambda tx: tx.themes.findings(1))
    assert findings.copies == ((wall.ideas[1], wall.ideas[2], 0.8),)


async def test_a_theme_that_lost_its_name_asks_for_a_fresh_grouping_if_enough_is_left(wall: Wall) -> None:
    await wall.amina.write("Encore un banc")
    await wall.group()
    await wall.take_back("withdrawn")
    assert await wall.is_grouping()


async def test_words_taken_back_while_a_grouping_reads_them_ask_for_another_one(wall: Wall) -> None:
    await wall.amina.write("Encore un banc")

    def begin(tx: Transaction) -> None:
        tx.jobs.add("themes", 1, None, {}, wall.room.now)
        assert tx.jobs.take(wall.room.now)

    await wall.room.store.write(begin)
    await wall.take_back("edited")
    assert await wall.room.store.write(lambda tx: tx.jobs.stop(1, "themes")) == 2, "the one that runs, and the next"


async def test_with_too_few_ideas_left_no_grouping_undoes_the_themes(wall: Wall) -> None:
    await wall.group()
    await wall.take_back("withdrawn")
    assert not await wall.is_grouping()


async def test_a_grouping_that_had_too_little_to_read_leaves_the_themes_that_stand(wall: Wall) -> None:
    await wall.group()
    before = await wall.kept()
    await wall.group(Grouping((), "aucun thème"))
    assert await wall.kept() == before


async def test_a_theme_with_nothing_left_to_be_named_by_is_shown_without_a_name(wall: Wall) -> None:
    found = await wall.found()
    named = replace(found.groups[0], words=("dupontel",))
    await wall.group(replace(found, groups=(named,)))
    await wall.take_back("withdrawn")
    assert await wall.names() == [(NAMELESS, ())]


async def test_a_name_cut_from_one_text_goes_with_it_even_when_each_of_its_words_is_said_elsewhere(wall: Wall) -> None:
    found = await wall.found()
    await wall.driss.edit(77, "Un banc à l’ombre des bancs")
    texts = await wall.room.store.read(lambda tx: {i.id: i.text for i in tx.ideas.of_activity(1)})
    cut = replace(found.groups[0], label="L’ombre des bancs", words=())
    await wall.group(Grouping((cut,), read=texts))
    assert [name for name, _ in await wall.names()] == ["L’ombre des bancs"]
    await wall.take_back("withdrawn")
    assert [name for name, _ in await wall.names()] == [NAMELESS]


async def test_a_name_that_people_gave_stays_theirs(wall: Wall) -> None:
    await wall.group()

    def name(tx: Transaction) -> None:
        theme = tx.themes.of_activity(1)[0]
        tx.themes.save(replace(theme, given_label="Le voisinage"))

    await wall.room.store.write(name)
    await wall.take_back("erased")
    assert (await wall.names())[0][0] == "Le voisinage"
    assert "dupontel" not in await wall.kept()


@pytest.mark.parametrize("is_kept", [True, False])
async def test_an_edited_idea_is_shown_as_one_with_nothing_that_nobody_compared(wall: Wall, is_kept: bool) -> None:
    pair = (wall.theirs, wall.ideas[1]) if is_kept else (wall.ideas[1], wall.theirs)

    def merge(tx: Transaction) -> None:
        bruno = tx.people.by_telegram(100)
        assert bruno is not None
        merge_ideas(tx, bruno, *pair, wall.room.now)

    await wall.room.store.write(merge)
    shown = await wall.room.store.read(lambda tx: board(tx, 1).count)
    await wall.take_back("edited")
    assert (shown, await wall.room.store.read(lambda tx: board(tx, 1).count)) == (7, 8)
