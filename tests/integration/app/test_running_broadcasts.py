"""Messages to many, when the process stops in the middle, when people are gone, when a group changes its number."""

import asyncio
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

import pytest

from app.bootstrap import House
from bot.calls import Call
from participation.model.message import Fate
from rehearsal.botapi import Fault, Person
from tests.stories.house import (
    Stage,
    comes,
    councillors_of,
    launch,
    organiser_of,
    shown,
    stage_in,
)

COUNT = 6
SLOW = Fault("latency", method="sendMessage", times=None, seconds=3600)
"""What is sent stays in the air until the process stops."""


@pytest.fixture
def stage(tmp_path: Path) -> Stage:
    return stage_in(tmp_path)


async def fates(house: House) -> Mapping[Fate, int]:
    return await house.store.read(lambda tx: tx.deliveries.counts())


async def announced(organiser: Person, text: str) -> None:
    """An announcement, confirmed."""
    typed = organiser.sends_text(f"/annonce {text}")
    await comes(lambda: shown(organiser, text, typed))
    organiser.presses(shown(organiser, text, typed)[-1].message_id, (0, 0))


async def in_the_air(stage: Stage, attempt: int) -> None:
    """Wait until all of them are claimed for this attempt."""

    def claimed() -> int:
        with closing(sqlite3.connect(stage.file)) as database:
            question = "SELECT count(*) FROM delivery WHERE fate = 'taken' AND attempts = ?"
            return int(database.execute(question, (attempt,)).fetchone()[0])

    await comes(lambda: claimed() == COUNT)


async def sent(house: House, fate: Fate, count: int) -> None:
    async with asyncio.timeout(60):
        while (await fates(house)).get(fate, 0) < count:  # noqa: ASYNC110 - no event tells
            await asyncio.sleep(0.05)


async def question_in_the_air(stage: Stage) -> tuple[Person, list[Person]]:
    """A life that ends while the ballots of a question leave: nobody will know whether they arrived."""
    async with stage.lives() as house:
        organiser, code = await organiser_of(stage, house)
        people = await councillors_of(stage, code, COUNT)
        typed = organiser.sends_text("/sondage On continue ? | Oui | Non")
        await comes(lambda: shown(organiser, "est prête", typed))
        stage.api.faults.add(SLOW)
        organiser.presses(shown(organiser, "est prête", typed)[0].message_id, (0, 0))
        await in_the_air(stage, 1)
    stage.api.faults.clear()
    return organiser, people


async def test_what_was_in_the_air_at_a_stop_is_sent_again(stage: Stage) -> None:
    _, people = await question_in_the_air(stage)
    async with stage.lives() as house:
        await sent(house, Fate.TOLD, COUNT)
    assert [len(shown(person, "On continue")) for person in people] == [1] * COUNT


async def test_it_is_sent_again_once_and_those_who_steer_see_who_may_have_missed_it(stage: Stage) -> None:
    organiser, people = await question_in_the_air(stage)
    stage.api.faults.add(SLOW)
    async with stage.lives():
        await in_the_air(stage, 2)
    stage.api.faults.clear()
    async with stage.lives() as house:
        await sent(house, Fate.FAILED, COUNT)
        asked = organiser.sends_text("/participation")
        await comes(lambda: shown(organiser, f"{COUNT} personnes n’ont peut-être pas reçu", asked))
        assert [shown(person, "On continue") for person in people] == [[]] * COUNT
        organiser.sends_text("/relancer")
        await comes(lambda: all(shown(person, "On continue") for person in people))


async def test_a_question_closed_meanwhile_is_not_sent_again(stage: Stage) -> None:
    organiser, people = await question_in_the_air(stage)
    organiser.sends_text("/fermer")  # taken in before anything is sent again
    async with stage.lives() as house:
        await sent(house, Fate.STALE, COUNT)
        await comes(lambda: shown(organiser, "fermée"))
    assert [shown(person, "On continue") for person in people] == [[]] * COUNT


async def test_somebody_who_blocked_us_is_not_written_to_until_they_write(stage: Stage) -> None:
    async with stage.lives() as house:
        organiser, code = await organiser_of(stage, house)
        people = await councillors_of(stage, code, 3)
        gone = people[0]
        gone.conversation().blocked = True  # without our being told
        await announced(organiser, "Première annonce")
        await sent(house, Fate.UNREACHABLE, 1)
        await comes(lambda: all(shown(person, "Première annonce") for person in people[1:]))
        refused = stage.api.recorder.counts["sendMessage", 403]
        await announced(organiser, "Deuxième annonce")
        await comes(lambda: all(shown(person, "Deuxième annonce") for person in people[1:]))
        assert (refused, stage.api.recorder.counts["sendMessage", 403]) == (1, 1)
        gone.conversation().blocked = False
        back = gone.sends_text("/aide")
        await comes(lambda: shown(gone, "Comment faire", back))
        await announced(organiser, "Troisième annonce")
        await comes(lambda: all(shown(person, "Troisième annonce") for person in people))
    assert shown(gone, "Première annonce") == shown(gone, "Deuxième annonce") == []


async def test_a_flood_pauses_a_broadcast_which_goes_on_afterwards(stage: Stage) -> None:
    async with stage.lives() as house:
        organiser, code = await organiser_of(stage, house)
        people = await councillors_of(stage, code, COUNT)
        stage.api.faults.add(Fault("flood", method="sendMessage", chat_id=people[2].id, retry_after=1))
        await launch(organiser, "/sondage On continue ? | Oui | Non", "On continue", people)
    assert [len(shown(person, "On continue")) for person in people] == [1] * COUNT


async def test_a_flood_on_a_broadcast_holds_no_answer_and_no_receipt(stage: Stage) -> None:
    async with stage.lives() as house:
        organiser, code = await organiser_of(stage, house)
        people = await councillors_of(stage, code, COUNT)
        stage.api.faults.add(Fault("flood", method="sendMessage", chat_id=people[2].id, retry_after=3600))
        await launch(organiser, "/sondage On continue ? | Oui | Non", "On continue", people[:1])
        press = people[0].presses(shown(people[0], "On continue")[0].message_id, (0, 0))
        asked = people[5].sends_text("/aide")
        await comes(lambda: not press.pending and shown(people[5], "Comment faire", asked))
        assert press.answer is not None
        assert press.answer.text == "✔ Noté\u00a0: Oui"
        assert shown(people[2], "On continue") == []


async def test_what_is_said_to_a_group_follows_it_when_it_becomes_a_supergroup(stage: Stage) -> None:
    async with stage.lives() as house:
        amina = stage.api.add_person("Amina")
        group = amina.creates_group("Le quartier")
        old = group.id
        new = stage.api.becomes_supergroup(group)
        message = await house.line.call(Call("sendMessage", {"chat_id": old, "text": "Par ici"}))
    assert (message["chat"]["id"], old != new.id) == (new.id, True)
