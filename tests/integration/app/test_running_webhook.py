"""A press by webhook is answered whatever becomes of the response that carries the answer."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path

import pytest

import bot.responses
from app.bootstrap import House
from app.serving import serve
from rehearsal.botapi import Fault, Person
from rehearsal.botapi.people import Press
from tests.stories.house import Stage, comes, councillors_of, launch, organiser_of, shown, stage_in
from tests.stories.kept import kept_in
from tests.stories.processes import free_port

SECRET = "a-secret-made-up-for-these-tests-of-32-bytes"


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    stage = stage_in(tmp_path)
    yield stage
    await stage.api.close()


@asynccontextmanager
async def life(stage: Stage, port: int) -> AsyncIterator[House]:
    """The house and its door, open together; the local Bot API posts to it as Telegram does."""
    url = f"http://127.0.0.1:{port}/telegram"
    by_webhook = {
        "PALABRE__TELEGRAM__MODE": "webhook",
        "PALABRE__TELEGRAM__WEBHOOK_URL": url,
        "PALABRE__TELEGRAM__WEBHOOK_SECRET": SECRET,
    }
    async with stage.lives(**by_webhook) as house, serve(house.site, "127.0.0.1", port, house.front):
        await comes(lambda: stage.bot.webhook is not None)
        yield house


async def asked(stage: Stage, house: House, count: int) -> list[Person]:
    """People with an open question on their phones."""
    organiser, code = await organiser_of(stage, house)
    people = await councillors_of(stage, code, count)
    await launch(organiser, "/sondage On continue ? | Oui | Non", "On continue", people)
    return people


def vote(people: list[Person]) -> list[Press]:
    return [person.presses(shown(person, "On continue")[-1].message_id, (0, 0)) for person in people]


def windows(presses: list[Press]) -> list[str]:
    return [press.answer.text.replace("\u00a0", " ") if press.answer else "" for press in presses]


def answers_in_the_tray(stage: Stage) -> int:
    with closing(sqlite3.connect(stage.file)) as database:
        return int(database.execute("SELECT count(*) FROM reply WHERE lane = 'answer'").fetchone()[0])


async def test_an_answer_whose_response_was_lost_is_given_to_the_press_that_comes_again(stage: Stage) -> None:
    async with life(stage, free_port()) as house:
        people = await asked(stage, house, 5)
        stage.api.faults.add(Fault("cut_after", method="webhook", times=len(people)))
        presses = vote(people)
        await comes(lambda: stage.api.pending() == 0 and not any(press.pending for press in presses))
    assert windows(presses) == ["✔ Noté : Oui"] * len(people)
    assert len(kept_in(stage.file).votes) == len(people)


async def test_an_answer_whose_response_was_lost_with_the_process_is_given_by_the_next_one(stage: Stage) -> None:
    port = free_port()
    async with life(stage, port) as house:
        people = await asked(stage, house, 5)
        stage.api.faults.add(Fault("cut_after", method="webhook", times=None))
        presses = vote(people)
        await comes(lambda: len(kept_in(stage.file).votes) == len(people))
        await asyncio.sleep(1)  # long after the response was handed over
    assert windows(presses) == [""] * len(people)
    stage.api.faults.clear()
    async with life(stage, port):
        await comes(lambda: not any(press.pending for press in presses))
    assert windows(presses) == ["✔ Noté : Oui"] * len(people)


async def test_an_answer_given_in_a_response_leaves_the_tray_once_it_has_surely_arrived(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bot.responses, "RIPE_SECONDS", 1.0)
    async with life(stage, free_port()) as house:
        people = await asked(stage, house, 3)
        await comes(lambda: answers_in_the_tray(stage) == 0)
        presses = vote(people)
        await comes(lambda: not any(press.pending for press in presses))
        kept = answers_in_the_tray(stage)
        await comes(lambda: answers_in_the_tray(stage) == 0)
    assert kept == len(people)


async def test_a_bot_that_comes_back_within_a_second_waits_to_be_announced_and_calls_it_no_bug(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    port = free_port()
    async with life(stage, port):
        pass
    stage.bot.webhook = None  # somebody removed it meanwhile
    async with life(stage, port):
        assert stage.bot.webhook is not None
    assert not [line for line in caplog.messages if "incident" in line]
