"""Claims about the slow work: it is done in a worker process, told to who asked, and never undoes what people did."""

import asyncio
import contextlib
import io
import os
import time
import zipfile
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import orjson
import pytest
import pytest_asyncio
from aiohttp import web
from aiohttp.test_utils import TestServer
from openpyxl import load_workbook

from analysis.sameness import LEAST_CHANCE
from app.analyst import Analyst
from app.clock import SystemClock
from app.engine import Engine
from app.rewording import Rewording
from i18n import load_catalog
from participation.actions import activities, answering, grouping, joining, steering
from participation.actions.viewing import board
from participation.model.activity import Activity
from participation.model.drafting import read_question
from participation.model.idea import Source
from participation.model.people import Person, Role
from participation.model.policy import Policy
from participation.ports import Transaction
from storage import SqlStore, open_store

NOW = datetime.now(UTC)
BUSES = [
    "plus de bus le soir",
    "des bus le dimanche",
    "un bus toutes les dix minutes",
    "prolonger le bus jusqu'à la gare",
]
SCHOOL = ["une aide aux devoirs gratuite", "plus de professeurs au collège", "du soutien scolaire le mercredi"]
GREEN = ["planter des arbres sur la place", "un jardin partagé", "des fleurs et des arbres dans la cour"]


@pytest_asyncio.fixture
async def store() -> AsyncIterator[SqlStore]:
    opened = open_store("sqlite://")
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    """One for all: its worker loads the models once."""
    running = Engine(processes=1, seed=0)
    yield running
    running.close()


@pytest.fixture
def own_engine() -> Iterator[Engine]:
    """One whose worker may be stopped; no model is loaded by it."""
    running = Engine(processes=1, seed=0)
    yield running
    running.close()


def _room(tx: Transaction) -> tuple[Person, Activity]:
    """Chloé organises; Amina writes ten ideas."""
    policy = Policy()
    chloe = joining.arrive(tx, 1, "Chloé", "fr", NOW)
    joining.open_code(tx, chloe, steering.invite(tx, Role.ORGANISER, None, policy, NOW), NOW)
    chloe = tx.people.get(chloe.id) or chloe
    workshop = steering.create_workshop(tx, chloe, "Essai", policy, NOW)
    amina = joining.agree(tx, joining.arrive(tx, 2, "Amina", "fr", NOW), NOW)
    member = joining.join(tx, amina, workshop, NOW)
    steering_member = tx.members.find(workshop.id, chloe.id)
    assert steering_member is not None
    typed = read_question("Que changer ?")
    activity, _ = activities.launch(tx, activities.draft(tx, workshop, steering_member, "ideas", typed, 1, NOW), NOW)
    for number, text in enumerate([*BUSES, *SCHOOL, *GREEN]):
        answering.write(tx, member, text, Source("telegram:2", number), policy, NOW)
    return chloe, activity


def _second_question(tx: Transaction, chloe: Person, first: Activity) -> Activity:
    """The same workshop asked again; ten ideas, none about buses."""
    workshop = tx.workshops.get(first.workshop_id)
    member = tx.members.find(first.workshop_id, chloe.id)
    amina = tx.members.get(tx.ideas.of_activity(first.id)[0].member_id)
    assert workshop is not None
    assert member is not None
    assert amina is not None
    drafted = activities.draft(tx, workshop, member, "ideas", read_question("Et encore ?"), 1, NOW)
    activity, _ = activities.launch(tx, drafted, NOW)
    for number in range(10):
        source = Source("telegram:2", 100 + number)
        answering.write(tx, amina, f"un arbre de plus rue {number}", source, Policy(), NOW, activity.id)
    return activity


async def _work(
    store: SqlStore,
    engine: Engine,
    kind: str,
    activity: Activity,
    person: Person | None,
    rewording: Rewording | None = None,
    patience: float = 600,
) -> list[dict[str, Any]]:
    """Ask for a piece of work, do it, and give the calls it queued."""
    asked_by = person.id if person else None
    await store.write(lambda tx: tx.jobs.add(kind, activity.id, asked_by, {}, NOW))
    job = await store.write(lambda tx: tx.jobs.take(NOW))
    assert job is not None
    await Analyst(store, SystemClock(), engine, load_catalog(), rewording, patience).do(job)
    replies = await store.write(lambda tx: tx.replies.take(20, datetime.now(UTC)))
    return [orjson.loads(reply.body) for reply in replies]


@contextlib.asynccontextmanager
async def _model(name: str) -> AsyncIterator[Rewording]:
    """A language model that gives every theme the same name."""

    async def answer(_: web.Request) -> web.StreamResponse:
        return web.json_response({"choices": [{"message": {"content": name}}]})

    application = web.Application()
    application.router.add_post("/chat/completions", answer)
    async with TestServer(application) as server:
        yield Rewording(str(server.make_url("")).rstrip("/"), "petit-modele", None, 5)


async def _until(happened: Callable[[], Awaitable[bool]]) -> None:
    while not await happened():  # noqa: ASYNC110 - what is looked at has no event
        await asyncio.sleep(0.01)


async def _is_gone(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return True
    return False


async def test_a_cloud_reaches_who_asked_as_a_picture_and_as_words(store: SqlStore, engine: Engine) -> None:
    chloe, activity = await store.write(_room)
    calls = await _work(store, engine, "cloud", activity, chloe)
    assert [call["method"] for call in calls] == ["sendPhoto", "sendMessage"]
    name, number = calls[0]["attachment"]
    assert name == "photo"
    picture = await store.read(lambda tx: tx.pictures.get(number))
    assert picture is not None
    assert picture[1].startswith(b"\x89PNG")
    assert "bus (4)" in str(calls[1]["params"])


async def test_an_export_is_a_workbook_and_the_same_as_csv(store: SqlStore, engine: Engine) -> None:
    chloe, activity = await store.write(_room)
    calls = await _work(store, engine, "export", activity, chloe)
    assert [call["method"] for call in calls] == ["sendDocument", "sendDocument"]
    book, plain = [await _document(store, call) for call in calls]
    code = (await store.read(lambda tx: tx.workshops.all()))[0].code
    assert (book[0], plain[0]) == (f"palabre-{code}.xlsx", f"palabre-{code}-csv.zip")
    sheet = load_workbook(io.BytesIO(book[1]))["Idées"]
    assert [row[2].value for row in sheet.iter_rows(min_row=2)] == [*BUSES, *SCHOOL, *GREEN]
    assert sheet["E1"].value == "Écrite le (Europe/Paris)"
    assert sheet["E2"].value == NOW.astimezone(ZoneInfo("Europe/Paris")).replace(tzinfo=None, microsecond=0)
    assert set(zipfile.ZipFile(io.BytesIO(plain[1])).namelist()) == {"answers.csv", "ideas.csv"}


async def _document(store: SqlStore, call: dict[str, Any]) -> tuple[str, bytes]:
    found = await store.read(lambda tx: tx.pictures.get(call["attachment"][1]))
    assert found is not None
    return found


async def test_two_questions_are_compared_in_one_cloud_and_refused_when_too_few_answered(
    store: SqlStore, engine: Engine
) -> None:
    chloe, activity = await store.write(_room)
    other = await store.write(lambda tx: _second_question(tx, chloe, activity))

    async def compared() -> list[dict[str, Any]]:
        details = {"other": other.id}
        await store.write(lambda tx: tx.jobs.add("comparison", activity.id, chloe.id, details, NOW))
        job = await store.write(lambda tx: tx.jobs.take(NOW))
        assert job is not None
        await Analyst(store, SystemClock(), engine, load_catalog()).do(job)
        replies = await store.write(lambda tx: tx.replies.take(20, datetime.now(UTC)))
        return [orjson.loads(reply.body) for reply in replies]

    picture, lines = await compared()
    assert (picture["method"], picture["attachment"][0]) == ("sendPhoto", "photo")
    assert "arbre" in lines["params"]["text"]
    first = (await store.read(lambda tx: tx.ideas.of_activity(other.id)))[0]
    await store.write(lambda tx: tx.ideas.save(replace(first, hidden_at=NOW)))
    (refusal,) = await compared()
    assert "compte moins de 10 réponses" in refusal["params"]["text"]


async def test_a_new_grouping_keeps_the_name_and_the_place_people_gave(store: SqlStore, engine: Engine) -> None:
    chloe, activity = await store.write(_room)
    await _work(store, engine, "themes", activity, chloe)
    first = await store.read(lambda tx: board(tx, activity.id))
    assert first.themes
    theme, other = first.themes[0], first.themes[-1]
    moved = other.ideas[0]
    await store.write(lambda tx: grouping.rename_theme(tx, chloe, theme.theme.id, "Notre nom", NOW))
    await store.write(lambda tx: grouping.move_idea(tx, chloe, moved.id, theme.theme.id, NOW))
    assert await _work(store, engine, "themes", activity, None) == []
    again = await store.read(lambda tx: board(tx, activity.id))
    kept = next(view for view in again.themes if view.theme.id == theme.theme.id)
    assert kept.theme.label == "Notre nom"
    assert moved.id in {idea.id for idea in kept.ideas}


async def test_the_last_themes_come_with_their_time_only_where_the_next_are_long_to_compute(
    store: SqlStore, engine: Engine
) -> None:
    chloe, activity = await store.write(_room)
    first = await _work(store, engine, "themes", activity, chloe, patience=0)
    quick = await _work(store, engine, "themes", activity, chloe)
    long = await _work(store, engine, "themes", activity, chloe, patience=0)
    assert not any("En attendant" in said for said in (*_texts(first), *_texts(quick)))
    waiting, last, *found = _texts(long)
    assert waiting.startswith("En attendant, voici les derniers thèmes, trouvés")
    assert last.startswith("🧩")
    assert found[0].startswith("🧩")


def _texts(calls: list[dict[str, Any]]) -> list[str]:
    return [call["params"]["text"] for call in calls if "text" in call["params"]]


async def test_a_grouping_that_is_stopped_ends_with_its_process_and_changes_nothing(
    store: SqlStore, own_engine: Engine
) -> None:
    chloe, activity = await store.write(_room)
    worker = await own_engine.run(os.getpid)
    await store.write(lambda tx: tx.jobs.add("themes", activity.id, chloe.id, {}, NOW))
    analyst = Analyst(store, SystemClock(), own_engine, load_catalog())
    running = asyncio.create_task(analyst.run())
    await _until(lambda: store.read(lambda tx: bool(tx.jobs.running())))
    assert await store.write(lambda tx: grouping.stop_grouping(tx, activity))
    analyst.wake()
    await _until(lambda: _is_gone(worker))
    assert not running.done()
    assert await store.read(lambda tx: tx.themes.grouped_at(activity.id)) is None
    assert await store.write(lambda tx: tx.replies.take(20, datetime.now(UTC))) == []
    running.cancel()
    assert isinstance((await asyncio.gather(running, return_exceptions=True))[0], asyncio.CancelledError)


async def test_work_nobody_waits_for_any_more_leaves_its_place_to_the_next(own_engine: Engine) -> None:
    work = asyncio.create_task(own_engine.run(time.sleep, 600))
    await asyncio.sleep(0.1)
    work.cancel()
    assert isinstance((await asyncio.gather(work, return_exceptions=True))[0], asyncio.CancelledError)
    assert await own_engine.run(os.getpid) > 0


async def test_the_event_loop_turns_while_themes_are_computed(store: SqlStore, engine: Engine) -> None:
    _, activity = await store.write(_room)
    turns = 0

    async def turn() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0.005)

    turning = asyncio.create_task(turn())
    await _work(store, engine, "themes", activity, None)
    turning.cancel()
    assert turns > 10  # computed in this thread, it would have turned between the steps of the job only


async def test_what_the_finder_saw_beside_the_themes_is_kept_by_idea(store: SqlStore, engine: Engine) -> None:
    chloe, activity = await store.write(_room)
    ideas = await store.read(lambda tx: tx.ideas.of_activity(activity.id))
    await store.write(lambda tx: tx.ideas.save(replace(ideas[1], text=f"{BUSES[0]} !")))
    await store.write(lambda tx: tx.ideas.save(replace(ideas[9], text="RAS")))
    await store.write(lambda tx: tx.ideas.save(replace(ideas[2], hidden_at=NOW)))
    await _work(store, engine, "themes", activity, chloe)
    seen = await store.read(lambda tx: tx.themes.findings(activity.id))
    assert (ideas[0].id, ideas[1].id) in [pair[:2] for pair in seen.copies]
    assert seen.hollow == (ideas[9].id,)
    assert set(seen.places) == {idea.id for n, idea in enumerate(ideas) if n not in (2, 9)}


async def test_the_same_idea_in_other_words_is_proposed_apart_from_copies(store: SqlStore, engine: Engine) -> None:
    _, activity = await store.write(_room)
    ideas = await store.read(lambda tx: tx.ideas.of_activity(activity.id))
    said = {
        0: "RAS",
        1: "Des bus de nuit le week-end",
        2: "des bus de nuit le WEEK-END !",
        3: "Plus de bus la nuit et le week-end",
    }
    for n, text in said.items():
        await store.write(lambda tx, n=n, text=text: tx.ideas.save(replace(ideas[n], text=text)))
    await _work(store, engine, "themes", activity, None)
    seen = await store.read(lambda tx: tx.themes.findings(activity.id))
    assert [pair[:2] for pair in seen.copies] == [(ideas[1].id, ideas[2].id)]
    assert seen.paraphrases[0][:2] == (ideas[1].id, ideas[3].id)
    assert LEAST_CHANCE <= seen.paraphrases[0][2] <= 1
    proposed = {idea_id for pair in seen.paraphrases for idea_id in pair[:2]}
    assert not proposed & {ideas[0].id, ideas[2].id}, "neither what says nothing nor what repeats another"


async def test_what_the_encoder_read_once_is_not_read_again(store: SqlStore, engine: Engine) -> None:
    _, activity = await store.write(_room)
    names = await engine.fingerprints([*BUSES, *SCHOOL, *GREEN])
    assert await store.vectors.get_many("themes", names) == {}
    await _work(store, engine, "themes", activity, None)
    assert set(await store.vectors.get_many("themes", names)) == set(names)


async def test_a_reworded_name_is_said_to_be_one_until_people_give_another(store: SqlStore, engine: Engine) -> None:
    chloe, activity = await store.write(_room)
    async with _model("plus de bus") as rewording:
        calls = await _work(store, engine, "themes", activity, chloe, rewording)
        (theme,) = (await store.read(lambda tx: board(tx, activity.id))).reworded
        assert theme.found_label == "Plus de bus"
        assert "reformulés par un modèle de langage" in str(calls)
        await store.write(lambda tx: grouping.rename_theme(tx, chloe, theme.id, "Notre nom", NOW))
        await _work(store, engine, "themes", activity, chloe, rewording)
    shown = await store.read(lambda tx: board(tx, activity.id))
    assert "Notre nom" in [view.theme.label for view in shown.themes]
    assert theme.id not in [other.id for other in shown.reworded]


async def test_without_a_model_no_name_is_said_to_be_reworded(store: SqlStore, engine: Engine) -> None:
    chloe, activity = await store.write(_room)
    calls = await _work(store, engine, "themes", activity, chloe)
    assert (await store.read(lambda tx: board(tx, activity.id))).reworded == ()
    assert "modèle de langage" not in str(calls)


async def test_work_that_two_stops_interrupted_is_given_up_and_who_asked_is_told(
    store: SqlStore, own_engine: Engine
) -> None:
    chloe, activity = await store.write(_room)
    await store.write(lambda tx: tx.jobs.add("export", activity.id, chloe.id, {}, NOW))
    await store.write(lambda tx: (tx.jobs.take(NOW), tx.jobs.resume(2), tx.jobs.take(NOW)))  # killed, and in hand again
    running = asyncio.create_task(Analyst(store, SystemClock(), own_engine, load_catalog()).run())
    await _until(lambda: store.read(lambda tx: not tx.jobs.running()))
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    (reply,) = await store.write(lambda tx: tx.replies.take(20, datetime.now(UTC)))
    assert (reply.address, "Pardon, cela n’a pas marché" in reply.body) == (chloe.telegram_id, True)
