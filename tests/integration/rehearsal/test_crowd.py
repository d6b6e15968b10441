"""Claims about a crowd of simulated councillors in front of a bot they know nothing of."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass

import pytest

from rehearsal.botapi import BotApi
from rehearsal.crowd import Crowd
from rehearsal.hands import Deed
from rehearsal.scenario import load_scenario
from tests.integration.rehearsal.toy_bot import ToyBot

FAST = 3000.0
DAYS = ["Samedi matin", "Mercredi soir", "En semaine", "Sans avis"]
EDUCATION = load_scenario().themes[0].question


@dataclass
class Hall:
    api: BotApi
    bot: ToyBot
    crowd: Crowd

    def last_deeds(self, question: str, *kinds: str) -> dict[int, list[Deed]]:
        found: dict[int, list[Deed]] = defaultdict(list)
        for deed in self.crowd.deeds:
            if deed.question == question and deed.kind in kinds:
                found[deed.person_id].append(deed)
        return found


@asynccontextmanager
async def hall(size: int, seed: int = 7) -> AsyncIterator[Hall]:
    api = BotApi(seed=1)
    bot = api.add_bot("123456:rehearsal-token", username="palabre_bot", first_name="Palabre")
    toy = ToyBot(api, bot)
    living = asyncio.create_task(toy.live())
    crowd = Crowd(api, size, seed, FAST, bot=bot)
    try:
        yield Hall(api, toy, crowd)
    finally:
        await crowd.stop()
        living.cancel()
        with suppress(asyncio.CancelledError):
            await living


async def test_nobody_moves_before_the_start() -> None:
    async with hall(5) as room:
        await room.crowd.rest(10)
        assert (room.crowd.deeds, room.api.people) == ([], {})


async def test_everybody_joins_by_the_link_and_nearly_all_agree() -> None:
    async with hall(60) as room:
        await room.crowd.start(room.bot.code)
        await room.crowd.rest()
        assert room.crowd.status.joined == 60
        assert 54 <= len(room.bot.members) == room.crowd.status.agreed <= 60


async def test_the_count_of_a_single_choice_is_what_each_person_last_chose() -> None:
    async with hall(60) as room:
        await room.crowd.start(room.bot.code)
        await room.crowd.rest()
        question = await room.bot.ask("Quel jour vous arrange ?", DAYS)
        await room.crowd.rest()
        meant = {}
        for person, deeds in room.last_deeds(question.text, "pressed", "wrote").items():
            last = deeds[-1]
            meant[person] = int(last.content) - 1 if last.kind == "wrote" else DAYS.index(last.content)
        assert {person: given[0] for person, given in question.answers.items()} == meant
        assert 35 <= len(meant) <= 58
        assert {
            deed.kind for deeds in room.last_deeds(question.text, "wrote", "pressed").values() for deed in deeds
        } == {
            "wrote",
            "pressed",
        }


async def test_a_limited_ballot_gets_several_presses_and_some_minds_change() -> None:
    async with hall(80) as room:
        await room.crowd.start(room.bot.code)
        await room.crowd.rest()
        question = await room.bot.ask("Quels thèmes ?", ["Emploi", "École", "Santé", "Culture", "Sport"], most=2)
        await room.crowd.rest()
        presses = [len(deeds) for deeds in room.last_deeds(question.text, "pressed").values()]
        assert max(len(given) for given in question.answers.values()) == 2
        assert {1, 2, 3} <= set(presses)


async def test_ideas_and_words_arrive_as_they_were_typed() -> None:
    async with hall(40) as room:
        await room.crowd.start(room.bot.code)
        await room.crowd.rest()
        asked = [await room.bot.ask(EDUCATION, [], kind="ideas")]
        await room.crowd.rest()
        asked.append(await room.bot.ask("Votre quartier en un mot ?", [], kind="words"))
        await room.crowd.rest()
        for question in asked:
            written = room.last_deeds(question.text, "wrote")
            typed = {person: [deed.content for deed in deeds] for person, deeds in written.items()}
            thanks = {deed.content for deed in room.crowd.deeds if deed.kind == "thanked"}
            received = {
                person: [text for text in texts if text not in thanks] for person, texts in question.answers.items()
            }
            assert {person: texts for person, texts in received.items() if texts} == typed
            assert len(typed) > 20


def by_rank(room: Hall) -> list[list[tuple[str, str, str]]]:
    ranks = {person: rank for rank, person in enumerate(room.api.people)}
    lives: list[list[tuple[str, str, str]]] = [[] for _ in ranks]
    for deed in room.crowd.deeds:
        if deed.kind != "thanked":
            lives[ranks[deed.person_id]].append((deed.kind, deed.question, deed.content))
    return lives


async def play(seed: int) -> list[list[tuple[str, str, str]]]:
    async with hall(25, seed) as room:
        await room.crowd.start(room.bot.code)
        await room.crowd.rest()
        await room.bot.ask("Quel jour vous arrange ?", DAYS)
        await room.crowd.rest()
        await room.bot.ask(EDUCATION, [], kind="ideas")
        await room.crowd.rest()
        return by_rank(room)


async def test_the_same_seed_gives_each_person_the_same_life() -> None:
    first = await play(3)
    assert await play(3) == first
    assert await play(4) != first


async def test_a_stopped_crowd_answers_nothing_and_catches_up_when_it_comes_back() -> None:
    async with hall(30) as room:
        await room.crowd.start(room.bot.code)
        await room.crowd.rest()
        await room.crowd.stop()
        question = await room.bot.ask("Quel jour vous arrange ?", DAYS)
        before = len(room.crowd.deeds)
        await asyncio.sleep(0.1)
        assert len(room.crowd.deeds) == before
        await room.crowd.start(room.bot.code)
        await room.crowd.rest()
        assert len(question.answers) > 15
        assert room.crowd.status.joined == 30


async def test_a_crowd_stopped_while_it_writes_finishes_its_ideas_and_repeats_none() -> None:
    async with hall(30) as room:
        await room.crowd.start(room.bot.code)
        await room.crowd.rest()
        question = await room.bot.ask(EDUCATION, [], kind="ideas")
        room.crowd.speed = 20.0
        while not question.answers:  # noqa: ASYNC110 -- a bot tells nobody when it receives something
            await asyncio.sleep(0.01)
        await room.crowd.stop()
        room.crowd.speed = FAST
        await room.crowd.start(room.bot.code)
        await room.crowd.rest()
        said = [text for texts in question.answers.values() for text in texts if len(text) > 20]
        assert len(said) == len(set(said))
        assert len(question.answers) > 15


async def test_a_crowd_grows_while_it_runs_and_shrinks_without_losing_anybody() -> None:
    async with hall(5) as room:
        await room.crowd.start(room.bot.code)
        await room.crowd.resize(12)
        await room.crowd.rest()
        assert (room.crowd.status.joined, len(room.api.people)) == (12, 12)
        await room.crowd.resize(3)
        question = await room.bot.ask("Quel jour vous arrange ?", DAYS)
        await room.crowd.rest()
        assert len(question.answers) <= 3
        assert len(room.api.people) == 12


async def test_more_people_than_first_names_are_told_apart_by_an_initial() -> None:
    async with hall(250) as room:
        await room.crowd.start(room.bot.code)
        names = [person.name for person in room.api.people.values()]
        assert len(set(names)) == len(names) == 250


@pytest.mark.parametrize("size", [-1, 1001])
async def test_a_crowd_of_an_impossible_size_is_refused(size: int) -> None:
    async with hall(0) as room:
        with pytest.raises(ValueError, match="between 0 and 1000"):
            await room.crowd.resize(size)
