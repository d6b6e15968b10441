"""Activities keep their clock, answers their key: one per activity and member, and a tally that is one GROUP BY."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from participation.model.activity import Activity
from participation.model.findings import Findings
from participation.model.people import Role
from participation.model.text import clean
from participation.ports import Transaction
from participation.questions.kit import Question
from storage import SqlStore
from tests.integration.storage.room import ASKED, MINUTE, NOW, furnish, open_activity

HOURS = [NOW + timedelta(hours=n) for n in range(10)]


async def test_an_activity_comes_back_whole(store: SqlStore) -> None:
    room = await store.write(furnish)
    asked = Question("multiple", "Quoi d’abord ?\nDeux lignes", ("A", "« B »", "C, 100 %"), at_most=2)

    def unit(tx: Transaction) -> Activity:
        draft = tx.activities.add(room.workshop.id, asked, room.members["Bruno"].id, NOW)
        assert draft == Activity(draft.id, room.workshop.id, 2, asked, NOW, room.members["Bruno"].id)
        whole = replace(
            draft,
            delay_seconds=300,
            duration_seconds=600,
            at=HOURS[1],
            launched_at=HOURS[2],
            opens_at=HOURS[3],
            closes_at=HOURS[4],
            told_open_at=HOURS[5],
            told_closed_at=HOURS[6],
            is_revealed=True,
            discarded_at=HOURS[7],
        )
        tx.activities.save(whole)
        return whole

    whole = await store.write(unit)
    assert await store.read(lambda tx: tx.activities.get(whole.id)) == whole
    assert await store.read(lambda tx: tx.activities.get(999)) is None


async def test_an_activity_read_again_is_as_the_transaction_left_it(store: SqlStore) -> None:
    room = await store.write(furnish)
    number = room.activity.id

    def unit(tx: Transaction) -> list[bool]:
        seen: list[bool] = []
        with pytest.raises(RuntimeError):
            undone(tx, seen)
        seen.append(revealed(tx, number))
        tx.activities.save(replace(room.activity, is_revealed=True))
        return [*seen, revealed(tx, number)]

    def undone(tx: Transaction, seen: list[bool]) -> None:
        with tx.savepoint():
            tx.activities.save(replace(room.activity, is_revealed=True))
            seen.append(revealed(tx, number))
            raise RuntimeError

    assert await store.write(unit) == [True, False, True]
    assert await store.read(lambda tx: revealed(tx, number))


async def test_a_failed_unit_leaves_no_memory_of_what_it_saved(store: SqlStore) -> None:
    room = await store.write(furnish)

    def unit(tx: Transaction) -> None:
        tx.workshops.save(replace(room.workshop, title="Autre"))
        assert tx.workshops.get(room.workshop.id) == replace(room.workshop, title="Autre")
        raise RuntimeError

    failing = asyncio.ensure_future(store.write(unit))
    reading = asyncio.ensure_future(store.write(lambda tx: tx.workshops.get(room.workshop.id)))
    with pytest.raises(RuntimeError):
        await failing
    assert await reading == room.workshop


def revealed(tx: Transaction, activity_id: int) -> bool:
    found = tx.activities.get(activity_id)
    return found is not None and found.is_revealed


async def test_saving_an_activity_late_keeps_its_grouping(store: SqlStore) -> None:
    room = await store.write(furnish)
    await store.write(lambda tx: tx.themes.set_grouped(room.activity.id, NOW, "9 thèmes, 84 % des idées", Findings()))
    await store.write(lambda tx: tx.activities.save(room.activity))
    found = await store.read(lambda tx: tx.themes.grouped_at(room.activity.id))
    assert found == (NOW, "9 thèmes, 84 % des idées")


async def test_the_clock_says_what_is_open_announced_to_open_and_to_close(store: SqlStore) -> None:
    room = await store.write(furnish)
    number = room.workshop.id

    def unit(tx: Transaction) -> dict[str, int]:
        tx.activities.save(replace(room.activity, discarded_at=NOW))
        made = {
            name: tx.activities.add(number, ASKED, None, NOW) for name in ("draft", "open", "later", "over", "done")
        }
        windows = {"open": (0, None), "later": (2, 3), "over": (0, 1), "done": (0, 1)}
        for name, (opens, closes) in windows.items():
            tx.activities.save(
                replace(
                    made[name],
                    launched_at=NOW,
                    opens_at=HOURS[opens],
                    closes_at=None if closes is None else HOURS[closes],
                    told_closed_at=HOURS[1] if name == "done" else None,
                )
            )
        return {name: activity.id for name, activity in made.items()}

    ids = await store.write(unit)
    now = HOURS[1]  # the closing moment itself: no longer open

    def seen(tx: Transaction) -> Any:
        ask = tx.activities
        lists = (ask.open_in(number, now), ask.announced_in(number, now), ask.to_open(now), ask.to_close(now))
        return [[activity.id for activity in one] for one in lists]

    open_, announced, to_open, to_close = await store.read(seen)
    assert open_ == [ids["open"]]
    assert announced == [ids["open"], ids["later"]]
    assert to_open == [ids["open"]]
    assert to_close == [ids["over"]]
    assert await store.read(lambda tx: [tx.activities.next_turn(t) for t in (now, HOURS[2], HOURS[3])]) == [
        HOURS[2],
        HOURS[3],
        None,
    ]
    listed = await store.read(lambda tx: tx.activities.of_workshop(number))
    assert [a.id for a in listed] == list(ids.values())


async def test_a_second_answer_replaces_the_first(store: SqlStore) -> None:
    room = await store.write(furnish)
    amina, activity = room.members["Amina"].id, room.activity.id

    def unit(tx: Transaction) -> Any:
        tx.answers.put(activity, amina, (0,), NOW, "telegram")
        tx.answers.put(activity, amina, (0, 1), NOW + MINUTE, "telegram")
        return tx.answers.get(activity, amina)

    assert await store.write(unit) == (0, 1)
    assert await store.read(lambda tx: tx.answers.tally(activity)) == {(0, 1): 1}
    assert await store.read(lambda tx: list(tx.answers.of_workshop(room.workshop.id))) == [
        (room.activity, 1, (0, 1), NOW + MINUTE)
    ]
    await store.write(lambda tx: tx.answers.remove(activity, amina))
    assert await store.read(lambda tx: (tx.answers.get(activity, amina), tx.answers.tally(activity))) == (None, {})


async def test_a_tally_counts_members_by_answer(store: SqlStore) -> None:
    room = await store.write(furnish)
    words: tuple[str, ...] = ("école", "bus de nuit")

    def unit(tx: Transaction) -> None:
        for name, answer in (("Amina", words), ("Bruno", words), ("Chloé", ("école",)), ("Driss", (2,))):
            tx.answers.put(room.activity.id, room.members[name].id, answer, NOW, "telegram")

    await store.write(unit)
    tally = await store.read(lambda tx: tx.answers.tally(room.activity.id))
    assert tally == {words: 2, ("école",): 1, (2,): 1}


async def test_a_member_sees_the_answers_of_one_workshop_by_activity(store: SqlStore) -> None:
    room = await store.write(furnish)

    def unit(tx: Transaction) -> Any:
        second = open_activity(tx, room.workshop.id)
        for activity in (second, room.activity):
            tx.answers.put(activity.id, room.members["Amina"].id, (1,), NOW, "telegram")
            tx.answers.put(activity.id, room.members["Driss"].id, (0,), NOW, "telegram")
        return second

    second = await store.write(unit)
    found = await store.read(lambda tx: tx.answers.of_member(room.members["Amina"].id))
    assert found == [(room.activity, (1,)), (second, (1,))]


async def test_an_answer_needs_a_member_and_an_activity(store: SqlStore) -> None:
    room = await store.write(furnish)
    for activity, member in ((room.activity.id, 999), (999, room.members["Amina"].id)):
        with pytest.raises(Exception, match=r"(?i)foreign key"):
            await store.write(lambda tx, a=activity, m=member: tx.answers.put(a, m, (0,), NOW, "telegram"))


async def test_a_naive_moment_is_refused(store: SqlStore) -> None:
    room = await store.write(furnish)
    with pytest.raises(TypeError):
        await store.write(
            lambda tx: tx.answers.put(room.activity.id, room.members["Amina"].id, (0,), NOW.replace(tzinfo=None), "x")
        )


@given(texts=st.lists(st.text(max_size=60), min_size=1, max_size=5))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_every_text_that_was_cleaned_comes_back_as_it_was(store: SqlStore, texts: list[str]) -> None:
    kept = tuple(clean(text) for text in texts)

    def unit(tx: Transaction) -> Any:
        workshop = tx.workshops.add(f"code-{NOW}-{len(tx.workshops.all())}", kept[0], "Europe/Paris", "fr", NOW)
        person = tx.people.add(10_000 + workshop.id, kept[-1], "fr", NOW)
        member = tx.members.add(workshop.id, person.id, Role.COUNCILLOR, NOW)
        activity = tx.activities.add(workshop.id, Question("words", kept[0], kept, 3), member.id, NOW)
        tx.answers.put(activity.id, member.id, kept, NOW, "telegram")
        read = tx.activities.get(activity.id)
        assert read is not None
        return read.question, tx.answers.get(activity.id, member.id), tx.people.get(person.id).name  # type: ignore[union-attr]

    assert await store.write(unit) == (Question("words", kept[0], kept, 3), kept, kept[-1])
