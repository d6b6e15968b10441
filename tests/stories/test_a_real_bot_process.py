"""A whole workshop by settings alone: two processes, the commands typed beside them, and what everybody's phone shows."""

import asyncio
import csv
import re
import subprocess
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile, is_zipfile

import aiohttp
import pytest
from PIL import Image

from tests.stories.processes import (
    PATIENCE,
    TOKEN,
    free_port,
    local_bot_api,
    palabre,
    runs,
    settings_of_the_bot,
    typed,
    url_of,
)
from tests.stories.town import Citizen, Town, town_at

IDEAS = (
    "Ouvrir la bibliothèque le dimanche",
    "Des pistes cyclables vers le collège",
    "plus de bus le soir",
    "Un atelier de réparation de vélos",
    "Des jardins partagés derrière la mairie",
    "Un composteur par immeuble",
    "La cantine avec des produits d’ici",
    "Des cours de soutien gratuits",
    "Réparer l’éclairage du stade",
)
"""One message each, three a councillor."""


@dataclass
class Told:
    """What a played story leaves behind."""

    folder: Path
    code: str = ""
    windows: list[str] = field(default_factory=list)
    ballots: list[str] = field(default_factory=list)
    pictures: dict[str, bytes] = field(default_factory=dict)
    participation: str = ""
    closed: str = ""
    too_late: str = ""
    pages: list[str] = field(default_factory=list)
    stop_code: int | None = None
    answers: list[tuple[str, ...]] = field(default_factory=list)
    ideas: list[tuple[str, ...]] = field(default_factory=list)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Told:
    """The story, played once; each claim below looks at one side of it."""
    story = Told(tmp_path_factory.mktemp("story"))
    asyncio.run(_play(story))
    return story


async def _play(told: Told) -> None:
    folder, port = told.folder, free_port()
    with local_bot_api(folder) as bot_api:
        url = await url_of(bot_api)
        settings = settings_of_the_bot(url, folder, port, PALABRE__LOGS__LEVEL="DEBUG")
        async with town_at(url) as town:
            with palabre(folder, settings, "run") as bot:
                await runs(bot)
                await _hold_the_workshop(told, town, settings, port)
                told.stop_code = await bot.stops(5)
        await typed(folder, settings, "backup", str(folder / "copy.db"))


async def _hold_the_workshop(told: Told, town: Town, settings: dict[str, str], port: int) -> None:
    organiser, *councillors = await town.arrive("Nadia", "Amina", "Bruno", "Chantal")
    invitation = re.search(r"\?start=(\S+)", await typed(told.folder, settings, "invite", "organisateur"))
    assert invitation is not None
    await organiser.opens_link(invitation[1])
    await organiser.sees("Palabre")
    await organiser.writes("/atelier Réunion du quartier")
    created = await organiser.sees(r"Code : (\w+)")
    told.code = re.findall(r"Code : (\w+)", created["text"])[0]
    told.pictures["code"] = await town.picture(await organiser.sees("Scannez", kind="photo"))
    await asyncio.gather(*(councillor.agrees(told.code) for councillor in councillors))
    await _vote(told, organiser, councillors)
    await _give_ideas(told, town, organiser, councillors)
    for kind in ("cut_before", "server_error"):  # what libraries tell of failures holds addresses, hence the token
        await town.asks("POST", "faults", kind=kind, method="getUpdates")
    await _close(told, organiser, councillors[0])
    await _look(told, settings, port)


async def _vote(told: Told, organiser: Citizen, councillors: list[Citizen]) -> None:
    await organiser.launches("/sondage On continue ? | Oui | Non")
    for councillor, choice in zip(councillors, ("Oui", "Oui", "Non"), strict=True):
        press = await councillor.presses(await councillor.sees("On continue"), choice)
        told.windows.append(await councillor.is_told(press))
    changed = await councillors[1].presses(await councillors[1].sees("Votre choix"), "Non")
    told.windows.append(await councillors[1].is_told(changed))
    for councillor, choice in zip(councillors, ("Oui", "Non", "Non"), strict=True):
        told.ballots.append((await councillor.sees(f"Votre choix : {choice}"))["text"])


async def _give_ideas(told: Told, town: Town, organiser: Citizen, councillors: list[Citizen]) -> None:
    await organiser.launches("/idees Que changer dans le quartier ?")
    for turn, councillor in enumerate(councillors):
        await councillor.sees("Que changer")
        for idea in IDEAS[turn * 3 : turn * 3 + 3]:
            written = await councillor.writes(idea)
            await councillor.sees("notée", after=written)
    for name, command, caption in (("cloud", "/nuage", "☁"), ("themes", "/themes", "🧩")):
        asked = await organiser.writes(command)
        told.pictures[name] = await town.picture(await organiser.sees(caption, kind="photo", after=asked))
    asked = await organiser.writes("/participation")
    told.participation = (await organiser.sees("Ont répondu", after=asked))["text"]


async def _close(told: Told, organiser: Citizen, late: Citizen) -> None:
    asked = await organiser.writes("/fermer 1")
    told.closed = (await organiser.sees("fermée", after=asked))["text"]
    press = await late.presses(await late.sees("Votre choix"), "Non")
    told.too_late = await late.is_told(press)
    await organiser.writes("/fermer 2")


async def _look(told: Told, settings: dict[str, str], port: int) -> None:
    async with aiohttp.ClientSession(f"http://127.0.0.1:{port}") as session:
        for path in ("/", f"/ecran/{told.code}", "/ecran/RIEN22", "/nowhere"):
            async with session.get(path) as page:
                told.pages.append(await page.text())
    await typed(told.folder, settings, "export", "--workshop", told.code, "--out", str(told.folder / "tables"))
    told.answers = _table(told.folder / "tables" / "answers.csv")
    told.ideas = _table(told.folder / "tables" / "ideas.csv")


def _table(file: Path) -> list[tuple[str, ...]]:
    with file.open(encoding="utf-8", newline="") as opened:
        return [tuple(row) for row in csv.reader(opened)]


def test_each_press_is_answered_by_the_choice_it_made(told: Told) -> None:
    assert [window.split(" ")[-1] for window in told.windows] == ["Oui", "Oui", "Non", "Non"]


def test_the_ballot_shows_the_choice_that_stands(told: Told) -> None:
    assert [re.findall(r"Votre choix : (\w+)", text) for text in told.ballots] == [["Oui"], ["Non"], ["Non"]]


@pytest.mark.parametrize("name", ["code", "cloud", "themes"])
def test_a_picture_arrives_whole(told: Told, name: str) -> None:
    with Image.open(BytesIO(told.pictures[name])) as picture:
        picture.load()
        assert picture.format in ("PNG", "JPEG")
        assert min(picture.size) >= 200
        assert len(set(picture.convert("L").tobytes())) > 1


def test_participation_counts_people_not_messages(told: Told) -> None:
    assert re.findall(r"(?:répondu|Présents|Inscrits) : (\d+)", told.participation) == ["3", "3", "3"]


def test_a_press_after_the_close_is_refused_and_changes_nothing(told: Told) -> None:
    assert "fermée" in told.closed
    assert "fermé" in told.too_late
    assert [row[3:5] for row in told.answers[1:]].count(("2", "Oui")) == 1


def test_the_answers_are_exported_once_each_with_members_by_number(told: Told) -> None:
    header, *rows = told.answers
    assert header == ("activity", "type", "question", "member", "answer", "answered_at")
    numbers = sorted(row[3] for row in rows)
    assert len(set(numbers)) == 3
    assert sorted(row[:3] + row[4:5] for row in rows) == [
        ("1", "single", "On continue ?", "Non"),
        ("1", "single", "On continue ?", "Non"),
        ("1", "single", "On continue ?", "Oui"),
    ]


def test_the_ideas_are_exported_word_for_word(told: Told) -> None:
    header, *rows = told.ideas
    assert header[:5] == ("id", "member", "text", "theme", "created_at")
    assert [row[2] for row in rows] == list(IDEAS)
    voters = {row[3] for row in told.answers[1:]}
    assert [len([row for row in rows if row[1] == number]) for number in voters] == [3, 3, 3]


def test_a_polite_stop_ends_well_within_five_seconds(told: Told) -> None:
    assert told.stop_code == 0


def test_the_token_is_written_nowhere(told: Told) -> None:
    """Logs at DEBUG, database and its journal, tables, copy, answers of commands, pages."""
    secret = TOKEN.partition(":")[2]
    files = [path for path in told.folder.rglob("*") if path.is_file() and path.name != "botapi.log"]
    leaks = [path.name for path in files if any(secret.encode() in content for content in _contents(path))]
    assert leaks == []
    assert [number for number, page in enumerate(told.pages) if secret in page] == []
    assert {"palabre.log", "palabre.db", "copy.db", "answers.csv", "ideas.csv", "workshop.xlsx"} <= {
        path.name for path in files
    }
    assert "Telegram cannot be reached" in (told.folder / "palabre.log").read_text("utf-8")


def _contents(path: Path) -> list[bytes]:
    """A file's bytes, and those of what is packed in it."""
    if not is_zipfile(path):
        return [path.read_bytes()]
    with ZipFile(path) as packed:
        return [path.read_bytes(), *(packed.read(name) for name in packed.namelist())]


async def test_a_second_bot_on_the_same_database_refuses_to_start(tmp_path: Path) -> None:
    with local_bot_api(tmp_path) as bot_api:
        settings = settings_of_the_bot(await url_of(bot_api), tmp_path, free_port())
        with palabre(tmp_path, settings, "run") as first:
            await runs(first)
            other = {**settings, "PALABRE__WEB__PORT": str(free_port())}
            with palabre(tmp_path, other, "run", said="second.log") as second:
                assert await second.ended(PATIENCE) == 1
                assert re.fullmatch(
                    r"palabre: Palabre tourne déjà sur la base \S+palabre\.db \(.+, processus \d+\) : "
                    r"arrêtez l’autre avant de lancer celui-ci\.\n",
                    second.text,
                )
            with pytest.raises(subprocess.TimeoutExpired):
                await first.ended(0.2)  # the first one goes on
