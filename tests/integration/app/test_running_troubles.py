"""The house meets a full disk, a line that fails, a token refused, another poller: it loses nothing and stays calm."""

import asyncio
import contextlib
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import aiohttp
import pytest

from app.bootstrap import House
from app.cli import main
from app.serving import serve
from bot.calls import Call
from participation.ports import Transaction
from rehearsal.botapi import Fault
from storage import StoreUnavailable, open_store
from storage.embedded import Embedded
from tests.stories.house import (
    Stage,
    comes,
    councillors_of,
    launch,
    organiser_of,
    shown,
    stage_in,
)
from tests.stories.kept import kept_in
from tests.stories.processes import TOKEN

SECRET = "a-secret-made-up-for-these-tests-of-32-bytes"
WEBHOOK = {
    "PALABRE__TELEGRAM__MODE": "webhook",
    "PALABRE__TELEGRAM__WEBHOOK_URL": "http://127.0.0.1:1/telegram",
    "PALABRE__TELEGRAM__WEBHOOK_SECRET": SECRET,
}


@pytest.fixture
def stage(tmp_path: Path) -> Stage:
    return stage_in(tmp_path)


class Disk:
    """A disk without a page to spare, as SQLite sees it: every connection the house opens meets the same end."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._is_full = False
        ordinary = Embedded._pragmas

        def pragmas(database: Embedded, *, reading: bool) -> list[str]:
            ends = ["max_page_count=1"] if self._is_full and not reading else []
            return [*ordinary(database, reading=reading), *ends]

        monkeypatch.setattr(Embedded, "_pragmas", pragmas)

    async def fills(self, house: House) -> None:
        """From now on the database may not grow; what deleted rows left free is taken."""
        self._is_full = True
        await house.store.write(lambda tx: tx.session.command("PRAGMA max_page_count=1"))  # type: ignore[attr-defined]
        with contextlib.suppress(StoreUnavailable):
            while True:
                await house.store.write(lambda tx: tx.pictures.add("lest.png", b"x" * 3000, datetime.now(UTC)))

    async def has_room(self, house: House) -> None:
        self._is_full = False
        await house.store.write(
            lambda tx: tx.session.command("PRAGMA max_page_count=1000000")  # type: ignore[attr-defined]
        )


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Disk:
    return Disk(monkeypatch)


LONG = "Une idée assez longue pour demander de la place sur le disque. " * 15
EACH = 15
"""Ideas from each person: more than the pages that deleted rows left free."""


async def test_a_full_disk_makes_the_poller_wait_and_everything_is_there_afterwards(stage: Stage, disk: Disk) -> None:
    async with stage.lives() as house:
        organiser, code = await organiser_of(stage, house)
        people = await councillors_of(stage, code, 12)
        await launch(organiser, "/idees Que faire ?", "Que faire", people)
        await disk.fills(house)
        for number in range(EACH):
            for person in people:
                person.sends_text(f"{LONG}{number}")
        await asyncio.sleep(2.5)
        waiting = stage.api.pending()
        kept_meanwhile = len(kept_in(stage.file).ideas)
        await disk.has_room(house)
        await comes(lambda: all(len(shown(person, "notée")) >= EACH for person in people))
        receipts = [len(shown(person, "notée")) for person in people]
    assert (waiting > 0, kept_meanwhile < EACH * len(people)) == (True, True)
    assert kept_in(stage.file).ideas == {(p.id, f"{LONG}{number}"): 1 for p in people for number in range(EACH)}
    assert receipts == [EACH] * len(people)


async def test_a_full_disk_makes_the_webhook_answer_503_and_the_repeated_update_is_taken_once(
    stage: Stage, disk: Disk
) -> None:
    async with stage.lives(**WEBHOOK) as house, serve(house.site, "127.0.0.1", 0, house.front) as port:
        await disk.fills(house)
        refused = 0
        while await posted(port, greeting(refused)) == 200:  # the last page has room for a few
            refused += 1
        await disk.has_room(house)
        taken = [await posted(port, greeting(refused)) for _ in range(2)]
        await comes(lambda: len(sent_to(stage, refused)) == 1)
    assert taken == [200, 200]
    assert len(sent_to(stage, refused)) == 1


def greeting(number: int) -> dict[str, object]:
    """Somebody new says hello."""
    person = {"id": 9000 + number, "is_bot": False, "first_name": "A"}
    message = {"message_id": 1, "date": 1, "text": "/start", "chat": {"id": person["id"], "type": "private"}}
    return {"update_id": number, "message": {**message, "from": person}}


def sent_to(stage: Stage, number: int) -> list[object]:
    """Messages the bot tried to send to them."""
    return [call for call in stage.api.recorder.of("sendMessage") if call.parameters["chat_id"] == 9000 + number]


async def posted(port: int, update: object, secret: str = SECRET) -> int:
    headers = {"X-Telegram-Bot-Api-Secret-Token": secret}
    url = f"http://127.0.0.1:{port}/telegram"
    async with aiohttp.ClientSession() as session, session.post(url, json=update, headers=headers) as answer:
        return answer.status


async def test_another_writer_that_holds_the_lock_ten_seconds_refuses_no_vote(stage: Stage, tmp_path: Path) -> None:
    """The promise to the letter, with the settings as they are: by webhook, nobody is told to come back later."""
    store = open_store(stage.url)
    holder = sqlite3.connect(stage.file, isolation_level=None)
    try:
        async with (
            stage.lives(patience=None, **WEBHOOK) as house,
            serve(house.site, "127.0.0.1", 0, house.front) as port,
        ):
            holder.execute("BEGIN IMMEDIATE")
            posts = [asyncio.ensure_future(posted(port, greeting(number))) for number in range(20)]
            await asyncio.sleep(10)
            assert [post.done() for post in posts] == [False] * len(posts)
            holder.rollback()
            assert await asyncio.gather(*posts) == [200] * len(posts)
            await comes(lambda: all(sent_to(stage, number) for number in range(20)))
        assert [len(sent_to(stage, number)) for number in range(20)] == [1] * 20
    finally:
        holder.close()
        store.close()


@pytest.mark.parametrize("secret", ["", SECRET[:-1], SECRET + "x", SECRET.upper(), "é" * 16])
async def test_a_forged_webhook_is_refused_and_nothing_is_kept(stage: Stage, secret: str) -> None:
    async with stage.lives(**WEBHOOK) as house, serve(house.site, "127.0.0.1", 0, house.front) as port:
        assert await posted(port, {"update_id": 1, "message": {"text": "faux"}}, secret) == 401
        assert await house.store.read(lambda tx: tx.inbox.waiting(9)) == []


async def calls_while_failing(stage: Stage, seconds: int) -> int:
    """Calls of every kind, once the line has had the time to see that it fails."""
    await asyncio.sleep(2)
    before = stage.calls
    await asyncio.sleep(seconds)
    return stage.calls - before


async def test_while_the_server_fails_there_is_at_most_one_call_a_second(stage: Stage) -> None:
    async with stage.lives() as house:
        _, code = await organiser_of(stage, house)
        people = await councillors_of(stage, code, 20)
        stage.api.faults.add(Fault("server_error", times=None))
        for person in people:
            person.sends_text("/aide")
        assert await calls_while_failing(stage, 5) <= 5
        stage.api.faults.clear()
        await comes(lambda: all(shown(person, "Comment faire") for person in people))


async def test_while_the_token_is_refused_there_is_at_most_one_call_a_second(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    async with stage.lives() as house:
        organiser, code = await organiser_of(stage, house)
        people = await councillors_of(stage, code, 20)
        await launch(organiser, "/sondage On continue ? | Oui | Non", "On continue", people)
        del stage.api.bots[TOKEN]  # from now on 401, as when somebody revoked it
        organiser.sends_text("/aide", bot=stage.bot)  # ends the long poll
        await house.store.write(lambda tx: [say_hello(tx, person.id) for person in people] and None)
        calls = await calls_while_failing(stage, 5)
        stage.api.bots[TOKEN] = stage.bot
    assert calls <= 5
    assert [line for line in caplog.messages if "refuses this bot's token" in line]


def say_hello(tx: Transaction, address: int) -> None:
    """A reply that waits in the tray."""
    call = Call("sendMessage", {"chat_id": address, "text": "Bonjour de loin"})
    tx.replies.add(address, "message", call.to_json(), datetime.now(UTC))


async def test_a_webhook_set_by_somebody_else_is_met_by_patience_and_told_once(stage: Stage) -> None:
    async with stage.lives() as house:
        organiser, _ = await organiser_of(stage, house)
        await stage.api.call(TOKEN, "setWebhook", {"url": "http://127.0.0.1:1/elsewhere", "max_connections": 1})
        before = stage.api.recorder.counts["getUpdates", 409]
        await comes(lambda: shown(organiser, "Un autre programme reçoit"))
        await asyncio.sleep(4)
        conflicts = stage.api.recorder.counts["getUpdates", 409] - before
        asked = organiser.sends_text("/aide")
        await stage.api.call(TOKEN, "deleteWebhook", {})
        await comes(lambda: shown(organiser, "Poser une question", asked))
    assert 3 <= conflicts <= 5
    assert len(shown(organiser, "Un autre programme reçoit")) == 1


async def test_a_polite_stop_repeats_nothing(stage: Stage) -> None:
    async with stage.lives() as house:
        organiser, code = await organiser_of(stage, house)
        people = await councillors_of(stage, code, 20)
        await launch(organiser, "/idees Que faire ?", "Que faire", people)
        stage.api.faults.add(Fault("latency", method="sendMessage", times=None, seconds=0.4))
        for person in people:
            person.sends_text("Une idée")
        await comes(lambda: len(kept_in(stage.file).ideas) == len(people))
    stage.api.faults.clear()
    async with stage.lives():
        await comes(lambda: all(shown(person, "notée") for person in people))
    assert [len(shown(person, "notée")) for person in people] == [1] * len(people)


@pytest.mark.parametrize("secret", ["", SECRET[:31]])
def test_a_webhook_without_a_long_secret_refuses_to_start(
    secret: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    for name, value in {
        **WEBHOOK,
        "PALABRE__TELEGRAM__TOKEN": TOKEN,
        "PALABRE__TELEGRAM__WEBHOOK_SECRET": secret,
    }.items():
        monkeypatch.setenv(name, value)
    assert main(["run"]) == 2
    said = capsys.readouterr().err
    assert said.startswith("palabre: ")
    assert "PALABRE__TELEGRAM__WEBHOOK_SECRET" in said
    assert said.count("\n") == 1
    assert not secret or secret not in said
