"""A bug of ours meets a hall: the update is kept, the organisers are told, and it counts once the bug is mended."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

import app.alarms
import app.bootstrap
from app.cli import main
from bot.conversation import PRESSES
from tests.stories.house import comes, councillors_of, launch, organiser_of, shown, stage_in
from tests.stories.kept import kept_in
from tests.stories.processes import TOKEN

Typed = Callable[..., Awaitable[tuple[int, list[str]]]]


def broken(*_: object) -> None:
    """What somebody wrote on a Friday evening."""
    raise KeyError("a bug")


@pytest.fixture
def typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Typed:
    """The command line of this installation: its exit code and the lines it prints."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PALABRE__TELEGRAM__TOKEN", TOKEN)
    monkeypatch.setenv("PALABRE__DATABASE__URL", f"sqlite:///{tmp_path / 'palabre.db'}")

    async def command(*words: str) -> tuple[int, list[str]]:
        capsys.readouterr()
        code = await asyncio.to_thread(main, list(words))
        return code, capsys.readouterr().out.splitlines()

    return command


async def test_what_a_bug_killed_is_told_shown_and_counts_once_the_bug_is_mended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, typed: Typed
) -> None:
    monkeypatch.setattr(app.bootstrap, "SWEEP_SECONDS", 0.05)
    monkeypatch.setattr(app.alarms, "SWEEP_SECONDS", 1)
    stage = stage_in(tmp_path)
    async with stage.lives() as house:
        organiser, code = await organiser_of(stage, house)
        people = await councillors_of(stage, code, 3)
        await launch(organiser, "/sondage On continue ? | Oui | Non", "On continue", people)
        with monkeypatch.context() as friday:
            friday.setitem(PRESSES, "vote", broken)
            presses = [person.presses(shown(person, "On continue")[-1].message_id, (0, 0)) for person in people]
            asked = people[0].sends_text("/aide")
            await comes(lambda: shown(organiser, "palabre inbox"))
            await comes(lambda: shown(people[0], "Comment faire", asked))  # the others are not affected
            while await house.store.read(lambda tx: tx.inbox.dead()) < len(people):  # noqa: ASYNC110 - no event tells
                await asyncio.sleep(0.05)
    assert (len(shown(organiser, "palabre inbox")), kept_in(stage.file).votes) == (1, {})

    code, checked = await typed("check", "--offline")
    assert (code, [line for line in checked if "inbox" in line]) == (
        0,
        [
            "3. warning inbox: 3 updates could not be dealt with",
            "   -> `palabre inbox` shows them, `palabre inbox --retry` tries them again",
        ],
    )
    _, listed = await typed("inbox")
    numbers = [line.split()[0] for line in listed[:-1]]
    assert [line.split("UTC  ")[1] for line in listed[:-1]] == ["callback_query  KeyError"] * 3
    assert listed[-1] == "3 updates could not be dealt with."
    _, whole = await typed("inbox", "--show", numbers[1])
    assert [presses[1].id in line for line in whole] == [True]
    assert await typed("inbox", "999") == (1, [])

    async with stage.lives():
        retried = [await typed("inbox", "--retry", numbers[0]), await typed("inbox", "--retry")]
        await comes(lambda: not any(press.pending for press in presses))
    assert retried == [(0, ["1 update will be tried again."]), (0, ["2 updates will be tried again."])]
    assert len(kept_in(stage.file).votes) == len(people)
    assert [press.answer.text if press.answer else "" for press in presses] == ["✔ Noté\u00a0: Oui"] * len(people)
    assert await typed("inbox") == (0, ["0 updates could not be dealt with."])
