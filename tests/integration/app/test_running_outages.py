"""After an outage: ballots again, deadlines given back, nothing closed unheard. The clock is the test's own where it matters."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

import app.alarms
from app.alarms import Alarms
from participation.actions.recovering import recover
from participation.model.activity import Phase
from participation.model.message import Fate, Kind
from participation.ports import Transaction
from rehearsal.botapi import Fault
from storage import SqlStore, StoreUnavailable, open_store
from tests.integration.storage.room import NOW, furnish
from tests.stories.house import comes, councillors_of, launch, organiser_of, shown, stage_in
from tests.stories.kept import kept_in

MINUTE = timedelta(minutes=1)


@pytest.fixture
def store() -> Iterator[SqlStore]:
    opened = open_store("sqlite://")
    yield opened
    opened.close()


def open_activity(tx: Transaction, closes_in: timedelta | None) -> int:
    """An activity open at NOW, in a room of four who are asked."""
    activity = furnish(tx).activity
    tx.activities.save(
        replace(
            activity,
            launched_at=NOW - MINUTE,
            opens_at=NOW - MINUTE,
            told_open_at=NOW - MINUTE,
            told_closed_at=None,
            closes_at=NOW + closes_in if closes_in else None,
        )
    )
    tx.pulse.set(NOW)
    return activity.id


def facts(tx: Transaction, name: str) -> list[dict[str, object]]:
    workshop = tx.workshops.all()[0]
    return [dict(fact.details) for fact in tx.journal.of_workshop(workshop.id) if fact.name == name]


@pytest.mark.parametrize(
    ("outage", "given_back"),
    [
        (timedelta(seconds=61), timedelta(seconds=61)),
        (timedelta(minutes=10), timedelta(minutes=10)),
        (timedelta(hours=9), timedelta(minutes=15)),
    ],
)
async def test_a_deadline_that_fell_in_an_outage_is_given_back(
    store: SqlStore, outage: timedelta, given_back: timedelta
) -> None:
    back = NOW + outage

    def unit(tx: Transaction) -> tuple[object, ...]:
        number = open_activity(tx, MINUTE)
        touched = recover(tx, back)
        activity = tx.activities.get(number)
        assert activity is not None
        return touched, activity.closes_at, activity.phase(back), facts(tx, "deadline-extended")

    assert await store.write(unit) == (1, back + given_back, Phase.OPEN, [{"seconds": int(given_back.total_seconds())}])


async def test_a_deadline_after_the_outage_stays(store: SqlStore) -> None:
    def unit(tx: Transaction) -> datetime | None:
        number = open_activity(tx, timedelta(minutes=20))
        recover(tx, NOW + timedelta(minutes=10))
        activity = tx.activities.get(number)
        return activity.closes_at if activity else None

    assert await store.write(unit) == NOW + timedelta(minutes=20)


async def test_ballots_are_sent_again_once_presses_may_be_lost(store: SqlStore) -> None:
    def unit(tx: Transaction) -> list[int]:
        number = open_activity(tx, None)
        found = []
        for seconds in (149, 151, 1):  # each since the one before
            moment = (tx.pulse.get() or NOW) + timedelta(seconds=seconds)
            recover(tx, moment)
            found.append(tx.deliveries.progress(number, Kind.AGAIN).waiting)
        return found

    none, again, still = await store.write(unit)
    assert (none, still) == (0, again)
    assert again == len(await store.read(lambda tx: tx.members.to_ask(tx.workshops.all()[0].id)))
    assert again > 0


async def test_a_beat_is_no_outage(store: SqlStore) -> None:
    def unit(tx: Transaction) -> object:
        number = open_activity(tx, timedelta(seconds=5))
        touched = recover(tx, NOW + timedelta(seconds=12), timedelta(seconds=15))
        activity = tx.activities.get(number)
        return touched, activity.closes_at if activity else None

    assert await store.write(unit) == (0, NOW + timedelta(seconds=5))


async def test_a_first_start_repairs_nothing(store: SqlStore) -> None:
    assert await store.write(lambda tx: recover(tx, NOW)) == 0


class Hands:
    """A clock moved by hand."""

    def __init__(self) -> None:
        self.moment = NOW

    def now(self) -> datetime:
        return self.moment


async def test_while_nobody_is_heard_nothing_closes_and_the_time_is_given_back(store: SqlStore) -> None:
    clock, hears = Hands(), [False]
    number = await store.write(lambda tx: open_activity(tx, MINUTE))
    alarms = Alarms(store, clock, StoreUnavailable, lambda: hears[0])
    clock.moment = NOW + timedelta(minutes=4)
    await alarms.beat()
    await alarms.act()
    closed_meanwhile = await store.read(lambda tx: [a.told_closed_at for a in tx.activities.to_close(clock.moment)])
    hears[0] = True
    await alarms.beat()
    await alarms.act()
    activity = await store.read(lambda tx: tx.activities.get(number))
    assert activity is not None
    assert closed_meanwhile == [None]
    assert (activity.closes_at, activity.told_closed_at) == (clock.moment + timedelta(minutes=4), None)
    assert (await store.read(lambda tx: tx.deliveries.counts()))[Fate.WAITING] > 0


async def test_a_vote_pressed_before_the_deadline_counts_after_an_outage(tmp_path: Path) -> None:
    """The press waits at Telegram, the deadline passes, the bot comes back: it repairs first and takes in afterwards."""
    stage = stage_in(tmp_path)
    async with stage.lives() as house:
        organiser, code = await organiser_of(stage, house)
        people = await councillors_of(stage, code, 5)
        await launch(organiser, "/sondage On continue ? | Oui | Non | pendant 5 min", "On continue", people)
    for person in people:
        person.presses(shown(person, "On continue")[-1].message_id, (0, 0))
    back = datetime.now(UTC)

    def time_passes(tx: Transaction) -> None:
        """As if the bot had been away for four minutes, and the deadline were two minutes ago."""
        for workshop in tx.workshops.all():
            for activity in tx.activities.of_workshop(workshop.id):
                earlier = timedelta(minutes=8)
                tx.activities.save(
                    replace(
                        activity,
                        opens_at=back - earlier,
                        told_open_at=back - earlier,
                        closes_at=back - timedelta(minutes=2),
                    )
                )
        tx.pulse.set(back - timedelta(minutes=4))

    store = open_store(stage.url)
    await store.write(time_passes)
    store.close()
    async with stage.lives():
        await comes(lambda: all(len(shown(person, "coupé un moment")) == 1 for person in people))
        await comes(lambda: len(kept_in(stage.file).votes) == len(people))
        toasts = [person.phone().toasts[-1].text for person in people]
    assert toasts == ["✔ Noté\u00a0: Oui"] * len(people)


async def test_the_line_is_known_to_be_down_and_up_again(tmp_path: Path) -> None:
    stage = stage_in(tmp_path)
    async with stage.lives() as house:
        organiser, _ = await organiser_of(stage, house)
        stage.api.faults.add(Fault("cut_before", times=None))
        stage.bot.end_poll("the cable is pulled")
        await comes(lambda: not house.line.is_up)
        stage.api.faults.clear()
        asked = organiser.sends_text("/aide")
        await comes(lambda: shown(organiser, "Poser une question", asked))
        assert house.line.is_up
        await asyncio.sleep(0)


async def test_a_stop_in_the_middle_of_a_beat_is_no_failure(
    store: SqlStore, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(app.alarms, "BEAT_SECONDS", 1)
    beating = asyncio.Event()

    class Stuck:
        """A store whose disk does not answer any more."""

        def listen(self, listener: object) -> None:
            """Nobody."""

        async def write(self, unit: object) -> None:
            if begun:
                beating.set()
                await asyncio.Event().wait()

        async def read(self, unit: object) -> None:
            begun.append(1)

    begun: list[int] = []
    stuck: Any = Stuck()
    running = asyncio.create_task(Alarms(stuck, Hands(), StoreUnavailable).run())
    await beating.wait()
    running.cancel()
    await asyncio.wait([running])
    await asyncio.sleep(0.05)
    assert [line for line in caplog.messages if "raised" in line] == []
