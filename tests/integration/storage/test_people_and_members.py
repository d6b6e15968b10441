"""What is kept of people and of their membership comes back as it was given."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from participation.model.access import Pass
from participation.model.people import Attendance, Member, Person, Role
from participation.model.workshop import Workshop
from participation.ports import Transaction
from storage import SqlStore
from tests.integration.storage.room import MINUTE, NAMES, NOW, furnish


async def test_a_person_comes_back_whole(store: SqlStore) -> None:
    def unit(tx: Transaction) -> Any:
        workshop = tx.workshops.add("ABC234", "Titre", "America/Cayenne", "fr", NOW)
        added = tx.people.add(2**52, "Zoé 🌍 O’Neil", "fr", NOW)
        changed = replace(
            added,
            role=Role.ORGANISER,
            consent_version=2,
            consent_at=NOW + MINUTE,
            unreachable_since=NOW,
            workshop_id=workshop.id,
            language="en",
        )
        tx.people.save(changed)
        return added, changed

    added, changed = await store.write(unit)
    assert added == Person(added.id, 2**52, "Zoé 🌍 O’Neil", "fr", NOW)
    assert await store.read(lambda tx: tx.people.get(added.id)) == changed
    assert await store.read(lambda tx: tx.people.by_telegram(2**52)) == changed
    assert await store.read(lambda tx: (tx.people.get(99), tx.people.by_telegram(1))) == (None, None)
    assert await store.read(lambda tx: tx.people.with_role(Role.ORGANISER)) == [changed]
    assert await store.read(lambda tx: tx.people.with_role(Role.FACILITATOR)) == []


async def test_one_telegram_account_is_one_person(store: SqlStore) -> None:
    await store.write(lambda tx: tx.people.add(7, "Amina", "fr", NOW))
    with pytest.raises(Exception, match=r"(?i)unique"):
        await store.write(lambda tx: tx.people.add(7, "Amina bis", "fr", NOW))


async def test_workshops_are_listed_newest_first_and_found_by_code(store: SqlStore) -> None:
    def unit(tx: Transaction) -> Any:
        first = tx.workshops.add("AAAAAA", "Un", "Europe/Paris", "fr", NOW)
        second = tx.workshops.add("BBBBBB", "Deux", "America/Cayenne", "en", NOW + MINUTE)
        closed = replace(first, closed_at=NOW + 2 * MINUTE, featured_activity_id=4, title="Un, fini")
        tx.workshops.save(closed)
        return closed, second

    first, second = await store.write(unit)
    assert second == Workshop(second.id, "BBBBBB", "Deux", "America/Cayenne", "en", NOW + MINUTE)
    assert await store.read(lambda tx: tx.workshops.all()) == [second, first]
    assert await store.read(lambda tx: tx.workshops.by_code("AAAAAA")) == first
    assert await store.read(lambda tx: tx.workshops.get(second.id)) == second
    assert await store.read(lambda tx: (tx.workshops.by_code("ZZZZZZ"), tx.workshops.get(99))) == (None, None)


async def test_members_are_numbered_within_their_workshop(store: SqlStore) -> None:
    room = await store.write(furnish)
    other = await store.write(lambda tx: tx.workshops.add("ZZZ999", "Autre", "Europe/Paris", "fr", NOW + MINUTE))
    amina = room.people["Amina"]
    there = await store.write(lambda tx: tx.members.add(other.id, amina.id, Role.OBSERVER, NOW))
    assert there == Member(there.id, other.id, amina.id, 1, Role.OBSERVER, NOW, NOW)
    assert [m.number for m in room.members.values()] == [1, 2, 3, 4]
    assert await store.read(lambda tx: tx.members.of_workshop(room.workshop.id)) == list(room.members.values())
    found = await store.read(lambda tx: tx.workshops.of_person(amina.id))
    assert found == [(other, there), (room.workshop, room.members["Amina"])]


async def test_somebody_who_comes_back_is_the_same_member(store: SqlStore) -> None:
    room = await store.write(furnish)
    gone = replace(room.members["Driss"], left_at=NOW + MINUTE)
    await store.write(lambda tx: tx.members.save(gone))
    assert await store.read(lambda tx: tx.members.find(room.workshop.id, room.people["Driss"].id)) == gone
    assert await store.read(lambda tx: tx.members.get(gone.id)) == gone
    assert await store.read(lambda tx: tx.workshops.of_person(room.people["Driss"].id)) == []
    assert gone not in await store.read(lambda tx: tx.members.of_workshop(room.workshop.id))
    with pytest.raises(Exception, match=r"(?i)unique"):
        await store.write(lambda tx: tx.members.add(room.workshop.id, room.people["Driss"].id, Role.JUROR, NOW))


async def test_only_those_who_answer_and_can_be_written_to_are_asked(store: SqlStore) -> None:
    room = await store.write(furnish)
    everybody = await store.read(lambda tx: tx.members.to_ask(room.workshop.id))
    await store.write(lambda tx: tx.people.save(replace(room.people["Chloé"], unreachable_since=NOW)))
    await store.write(lambda tx: tx.members.save(replace(room.members["Driss"], left_at=NOW)))
    left = await store.read(lambda tx: tx.members.to_ask(room.workshop.id))
    assert (everybody, left) == (room.ids("Amina", "Chloé", "Driss"), room.ids("Amina"))
    assert await store.read(lambda tx: tx.members.steering(room.workshop.id)) == room.ids("Bruno")
    assert await store.read(lambda tx: tx.members.count(room.workshop.id)) == 2


async def test_an_answer_takes_somebody_off_the_list_of_the_silent(store: SqlStore) -> None:
    room = await store.write(furnish)
    await store.write(lambda tx: tx.answers.put(room.activity.id, room.members["Amina"].id, (0,), NOW, "telegram"))
    assert await store.read(lambda tx: tx.members.unanswered(room.activity.id)) == room.ids("Chloé", "Driss")


async def test_attendance_counts_members_not_facilitators_and_every_vote(store: SqlStore) -> None:
    room = await store.write(furnish)

    def later(tx: Transaction) -> Any:
        tx.members.seen(room.members["Amina"].id, NOW + 30 * MINUTE)
        tx.members.seen(room.members["Bruno"].id, NOW + 30 * MINUTE)
        tx.people.save(replace(room.people["Chloé"], unreachable_since=NOW))
        for name in ("Amina", "Driss"):
            tx.answers.put(room.activity.id, room.members[name].id, (0,), NOW, "telegram")
        tx.members.save(replace(room.members["Driss"], left_at=NOW + MINUTE))

    await store.write(later)
    found = await store.read(lambda tx: tx.members.attendance(room.activity.id, NOW + 10 * MINUTE))
    assert found == Attendance(joined=2, present=1, answered=2, unreachable=1)
    seen = await store.read(lambda tx: tx.members.get(room.members["Amina"].id))
    assert seen is not None
    assert seen.seen_at == NOW + 30 * MINUTE


async def test_who_came_after_the_close_was_not_expected_and_who_left_since_was(store: SqlStore) -> None:
    room = await store.write(furnish)
    closed = NOW + 5 * MINUTE

    def later(tx: Transaction) -> None:
        latecomer = tx.people.add(990, "Ève", "fr", NOW)
        tx.members.add(room.workshop.id, latecomer.id, Role.COUNCILLOR, closed + MINUTE)
        tx.members.save(replace(room.members["Driss"], left_at=closed + MINUTE))
        tx.members.save(replace(room.members["Chloé"], left_at=closed - MINUTE))

    await store.write(later)
    frozen = await store.read(lambda tx: tx.members.attendance(room.activity.id, NOW, closed))
    running = await store.read(lambda tx: tx.members.attendance(room.activity.id, NOW))
    assert (frozen.joined, frozen.present) == (2, 1), "Amina and Driss; Driss is no longer here"
    assert (running.joined, running.present) == (2, 2), "Amina and Ève"


async def test_an_activity_is_put_in_front_of_everybody_who_is_here(store: SqlStore) -> None:
    room = await store.write(furnish)
    await store.write(lambda tx: tx.members.save(replace(room.members["Driss"], left_at=NOW)))
    await store.write(lambda tx: tx.members.focus_all(room.workshop.id, room.activity.id))
    found = await store.read(lambda tx: [tx.members.get(m.id).activity_id for m in room.members.values()])
    assert found == [room.activity.id, room.activity.id, room.activity.id, None]


async def test_names_are_given_for_the_members_asked_about(store: SqlStore) -> None:
    room = await store.write(furnish)
    wanted = [*room.ids(*NAMES), 999]
    assert await store.read(lambda tx: tx.names.of_members(wanted)) == dict(zip(wanted, NAMES, strict=False))


async def test_a_one_time_code_is_spent_once(store: SqlStore) -> None:
    room = await store.write(furnish)
    one = Pass("f" * 64, "role", NOW + timedelta(days=2), Role.FACILITATOR, room.workshop.id)
    await store.write(lambda tx: tx.passes.add(one))
    assert await store.read(lambda tx: tx.passes.find(one.fingerprint)) == one
    spent = [
        await store.write(lambda tx, p=p: tx.passes.spend(one.fingerprint, NOW, p.id)) for p in room.people.values()
    ]
    assert spent == [True, False, False, False]
    found = await store.read(lambda tx: tx.passes.find(one.fingerprint))
    assert found == replace(one, used_at=NOW, person_id=room.people["Amina"].id)


async def test_codes_that_expired_are_dropped_the_others_stay(store: SqlStore) -> None:
    def unit(tx: Transaction) -> Any:
        for mark, minutes in (("old", 0), ("new", 1), ("dropped", 9)):
            tx.passes.add(Pass(mark, "sign-in", NOW + minutes * MINUTE))
        tx.passes.drop_expired(NOW)
        tx.passes.drop("dropped")
        return [tx.passes.find(mark) is not None for mark in ("old", "new", "dropped")]

    assert await store.write(unit) == [False, True, False]


async def test_a_dialogue_is_replaced_and_dropped(store: SqlStore) -> None:
    room = await store.write(furnish)
    person = room.people["Amina"].id

    def unit(tx: Transaction) -> Any:
        tx.dialogues.put(person, "title", {"step": 1})
        tx.dialogues.put(person, "edit", {"idea": 12, "texte": "l’école"})
        kept = tx.dialogues.get(person)
        tx.dialogues.drop(person)
        return kept, tx.dialogues.get(person)

    assert await store.write(unit) == (("edit", {"idea": 12, "texte": "l’école"}), None)
