"""Pointed by settings alone at an emulator of the Bot API written by others, the bot keeps the same promises under kill -9."""

import asyncio
import re
import sqlite3
from collections.abc import Awaitable, Callable, Sequence
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from tests.stories.foreigners import Abroad, Foreigner, foreign_bot_api, why_not
from tests.stories.kept import Kept, kept_in
from tests.stories.processes import PATIENCE, free_port, settings_of_the_bot, typed
from tests.stories.test_killed_in_the_middle import Mortal

CROWD = 60
LEFT_BEHIND = """SELECT (SELECT count(*) FROM reply) + (SELECT count(*) FROM inbox WHERE state = 'new')
    + (SELECT count(*) FROM delivery WHERE fate IN ('waiting', 'taken'))"""

pytestmark = pytest.mark.skipif(bool(why_not()), reason=why_not() or "it is here")


def rows(file: Path, query: str) -> list[int]:
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True, timeout=15)) as database:
        return [number for (number,) in database.execute(query)]


async def all_is_done(file: Path, updates: Sequence[int]) -> None:
    """Wait until these updates are kept, dealt with and answered."""
    for _ in range(int(PATIENCE / 0.2)):
        if {*updates} <= {*rows(file, "SELECT update_id FROM inbox")} and rows(file, LEFT_BEHIND) == [0]:
            return
        await asyncio.sleep(0.2)
    raise AssertionError(f"{rows(file, LEFT_BEHIND)} things are to be done; of {updates} some are not kept")


async def organiser_of(abroad: Abroad, folder: Path, settings: dict[str, str]) -> tuple[Foreigner, str]:
    """Somebody in charge of a workshop, and its code. The emulator takes no picture: the join QR is refused, and no more."""
    [organiser] = abroad.arrive("Nadia")
    link = re.search(r"\?start=(\S+)", await typed(folder, settings, "invite", "organisateur"))
    assert link is not None
    await organiser.commands(f"/start {link[1]}")
    await organiser.sees("Palabre")
    await organiser.commands("/atelier Une soirée ailleurs")
    created = await organiser.sees(r"Code : \w+")
    return organiser, re.findall(r"Code : (\w+)", created["text"])[0]


async def wave(
    people: Sequence[Foreigner],
    gesture: Callable[[Foreigner], Awaitable[None]],
    is_kept: Callable[[Foreigner, Kept], bool],
    bot: Mortal,
    abroad: Abroad,
    file: Path,
) -> int:
    """Everybody does it; the bot dies in the middle. What the emulator had not handed over must be kept. But it hands an
    update over once, whatever becomes of it: who was cut in that moment does it again, as people do. How many."""
    for number, person in enumerate(people):
        if number == len(people) // 2:
            bot.dies()
        await gesture(person)
    held = await abroad.unread()
    await bot.starts()
    await all_is_done(file, held)
    kept = kept_in(file)
    cut = [person for person in people if not is_kept(person, kept)]
    for person in cut:
        await gesture(person)
    again = await abroad.sent(last=len(cut))
    await all_is_done(file, again)
    return len(cut)


async def launch(organiser: Foreigner, command: str, number: int) -> None:
    await organiser.commands(command)
    await organiser.presses(await organiser.sees(f"n° {number} est prête"), "Lancer")


async def test_votes_and_ideas_go_through_and_survive_kills_exactly_once(tmp_path: Path) -> None:
    file = tmp_path / "palabre.db"
    with ExitStack() as lives:
        async with foreign_bot_api(tmp_path) as abroad:
            settings = settings_of_the_bot(abroad.url, tmp_path, free_port(), PALABRE__ANALYSIS__QUIET_SECONDS="3600")
            bot = Mortal(tmp_path, settings, lives)
            await bot.starts()
            organiser, code = await organiser_of(abroad, tmp_path, settings)
            people = abroad.arrive(*(f"Voix{number}" for number in range(CROWD)))
            for person in people:
                await person.commands(f"/start {code}")
            for person in people:
                await person.presses(await person.sees("Bienvenue"), "J’accepte")
            await launch(organiser, "/sondage On continue ? | Oui | Non", 1)
            ballots = {person.id: await person.sees("On continue") for person in people}
            cut = await wave(
                people,
                lambda person: person.presses(ballots[person.id], ("Oui", "Non")[person.id % 2]),
                lambda person, kept: (person.id, 1) in kept.votes,
                bot, abroad, file,
            )  # fmt: skip
            await launch(organiser, "/idees Que faire ?", 2)
            for person in people:
                await person.sees("Que faire")
            cut += await wave(
                people,
                lambda person: person.writes(f"L’idée de la personne {person.id}"),
                lambda person, kept: kept.ideas[person.id, f"L’idée de la personne {person.id}"] > 0,
                bot, abroad, file,
            )  # fmt: skip
            receipts = [await person.sees(r"Idée n° \d+ notée") for person in people]

    kept = kept_in(file)
    assert cut < CROWD / 2, "most of what was given before a kill was kept before it"
    assert kept.votes == {(person.id, 1): [person.id % 2] for person in people}
    assert kept.ideas == {(person.id, f"L’idée de la personne {person.id}"): 1 for person in people}
    assert len(receipts) == CROWD
    assert kept.undone == 0
    log = (tmp_path / "life-1.log").read_text("utf-8")
    assert "the menu of commands is not shown" in log
