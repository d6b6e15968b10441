"""What came in is dealt with once; what must go out goes, and is never forgotten between the two."""

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from participation.model.message import Delivery, Fate, Kind, Outcome, Progress
from participation.ports import Transaction
from participation.ports.trays import Arrival, DeadLetter, Job
from storage import SqlStore
from storage.statements import Statement
from storage.tables.trays import REPLY
from tests.integration.storage.room import MINUTE, NAMES, NOW, Room, furnish, open_activity

BOT = 7_000_000_000
NUMBERS = Statement(sa.select(REPLY.c.id).order_by(REPLY.c.id))
CLAIMED = Statement(
    sa.select(REPLY.c.id, REPLY.c.address, REPLY.c.body, REPLY.c.key, REPLY.c.attempts)
    .where(REPLY.c.state == "taken")
    .order_by(REPLY.c.id)
)
WAITING = Statement(sa.select(sa.func.count()).select_from(REPLY).where(REPLY.c.state == "waiting"))


async def test_an_update_that_comes_twice_is_kept_once(store: SqlStore) -> None:
    kept = [await store.write(lambda tx: tx.inbox.add(BOT, 5, '{"a":1}', NOW)) for _ in range(2)]
    other_bot = await store.write(lambda tx: tx.inbox.add(BOT + 1, 5, "{}", NOW))
    assert (kept, other_bot) == ([True, False], True)
    assert await store.read(lambda tx: tx.inbox.waiting(9)) == [Arrival(BOT, 5, '{"a":1}'), Arrival(BOT + 1, 5, "{}")]


async def test_updates_wait_in_the_order_they_came_whatever_their_numbers(store: SqlStore) -> None:
    def unit(tx: Transaction) -> Any:
        for number in (900, 901, 3, 4):
            tx.inbox.add(BOT, number, "{}", NOW)
        tx.inbox.done(BOT, 900)
        return [arrival.update_id for arrival in tx.inbox.waiting(2)]

    assert await store.write(unit) == [901, 3]
    assert await store.write(lambda tx: tx.inbox.add(BOT, 900, "{}", NOW)) is False


async def test_an_update_dies_at_its_fifth_failure(store: SqlStore) -> None:
    await store.write(lambda tx: tx.inbox.add(BOT, 1, "{}", NOW))
    died = [await store.write(lambda tx: tx.inbox.failed(BOT, 1, "KeyError", 5)) for _ in range(5)]
    assert died == [False] * 4 + [True]
    assert await store.read(lambda tx: (tx.inbox.waiting(9), tx.inbox.dead())) == ([], 1)


async def test_a_dead_update_is_shown_and_lives_again_unless_its_words_are_gone(store: SqlStore) -> None:
    def unit(tx: Transaction) -> Any:
        for number, at in ((1, NOW), (2, NOW + 9 * MINUTE), (3, NOW + 9 * MINUTE)):
            tx.inbox.add(BOT, number, f'{{"update_id":{number}}}', at)
            if number < 3:
                tx.inbox.failed(BOT, number, "KeyError", 1)
        tx.people.forget_old(NOW + MINUTE)
        return tx.inbox.dead_letters(9)

    old, young = await store.write(unit)
    assert old == DeadLetter(old.number, 1, "", "KeyError", NOW)
    assert young == DeadLetter(young.number, 2, '{"update_id":2}', "KeyError", NOW + 9 * MINUTE)
    revived = await store.write(lambda tx: tx.inbox.revive([old.number, young.number, young.number + 1, 999]))
    waiting = await store.read(lambda tx: [arrival.update_id for arrival in tx.inbox.waiting(9)])
    died = [await store.write(lambda tx: tx.inbox.failed(BOT, 2, "KeyError", 2)) for _ in range(2)]
    assert (revived, waiting, died) == (1, [2, 3], [False, True])


async def test_an_update_that_was_dealt_with_leaves_no_words(store: SqlStore) -> None:
    def unit(tx: Transaction) -> Any:
        tx.inbox.add(BOT, 1, '{"text":"secret"}', NOW)
        tx.inbox.done(BOT, 1)
        return tx.session.driver.execute("SELECT body FROM inbox", {}).fetchall()  # type: ignore[attr-defined]

    assert await store.write(unit) == [("",)]


async def test_replies_are_taken_oldest_first_and_forgotten_once_sent(store: SqlStore) -> None:
    def unit(tx: Transaction) -> Any:
        for n in range(3):
            tx.replies.add(1000 + n, "message", f"corps {n}", NOW)
        ids = [row[0] for row in tx.session.all(NUMBERS)]  # type: ignore[attr-defined]
        first = tx.replies.take(2, NOW)
        tx.replies.sent([first[0].id])
        tx.replies.again(first[1].id, NOW + MINUTE)
        return ids, first, tx.replies.take(9, NOW), tx.replies.take(9, NOW + MINUTE)

    ids, first, second, third = await store.write(unit)
    assert [(r.id, r.address, r.lane, r.body, r.attempts, r.created_at) for r in first] == [
        (ids[0], 1000, "message", "corps 0", 1, NOW),
        (ids[1], 1001, "message", "corps 1", 1, NOW),
    ]
    assert [(r.id, r.attempts) for r in second] == [(ids[2], 1)]
    assert [(r.id, r.attempts) for r in third] == [(ids[1], 2)]


async def test_a_newer_reply_of_the_same_key_replaces_the_waiting_one_of_that_address(store: SqlStore) -> None:
    def unit(tx: Transaction) -> Any:
        tx.replies.add(1, "edit", "1 voix", NOW, key="ballot:4")
        tx.replies.add(2, "edit", "autre", NOW, key="ballot:4")
        tx.replies.add(1, "edit", "2 voix", NOW + MINUTE, key="ballot:4")
        return [(r.address, r.body, r.key) for r in tx.replies.take(9, NOW + MINUTE)]

    assert await store.write(unit) == [(1, "2 voix", "ballot:4"), (2, "autre", "ballot:4")]


async def test_a_reply_put_back_gives_way_to_a_newer_one_of_its_key(store: SqlStore) -> None:
    def unit(tx: Transaction) -> Any:
        tx.replies.add(1, "edit", "ancien", NOW, key="k")
        (old,) = tx.replies.take(1, NOW)
        tx.replies.add(1, "edit", "nouveau", NOW, key="k")
        tx.replies.again(old.id, NOW)
        return [r.body for r in tx.replies.take(9, NOW)]

    assert await store.write(unit) == ["nouveau"]


async def test_claimed_replies_are_those_added_in_their_order_with_the_numbers_of_their_rows(store: SqlStore) -> None:
    def unit(tx: Transaction) -> Any:
        with tx.replies.claiming() as claimed:
            for n in range(45):
                tx.replies.add(n, "edit", f"corps {n}", NOW, key="k")
        rows = tx.session.all(CLAIMED)  # type: ignore[attr-defined]
        return [(r.id, r.address, r.body, r.key, r.attempts) for r in claimed], rows, tx.replies.take(99, NOW)

    claimed, rows, waiting = await store.write(unit)
    assert [n for _, n, *_ in claimed] == list(range(45))
    assert (claimed, waiting) == (rows, [])


async def test_a_claimed_reply_takes_the_place_of_one_of_its_key_that_was_put_back(store: SqlStore) -> None:
    def unit(tx: Transaction) -> Any:
        tx.replies.add(1, "edit", "ancien", NOW, key="k")
        (old,) = tx.replies.take(1, NOW)
        tx.replies.again(old.id, NOW + MINUTE)
        with tx.replies.claiming():
            tx.replies.add(1, "edit", "nouveau", NOW, key="k")
        tx.replies.resume()
        return [r.body for r in tx.replies.take(9, NOW + MINUTE)]

    assert await store.write(unit) == ["nouveau"]


async def test_claiming_that_fails_queues_nothing(store: SqlStore) -> None:
    def unit(tx: Transaction) -> Any:
        with suppress(ZeroDivisionError), tx.replies.claiming():
            tx.replies.add(1, "answer", "perdu", NOW)
            raise ZeroDivisionError
        tx.replies.add(1, "answer", "ensuite", NOW)
        return [r.body for r in tx.replies.take(9, NOW)], tx.session.all(NUMBERS)  # type: ignore[attr-defined]

    taken, numbers = await store.write(unit)
    assert (taken, len(numbers)) == (["ensuite"], 1)


async def test_an_update_dealt_with_at_once_is_known_when_it_comes_again(store: SqlStore) -> None:
    def unit(tx: Transaction) -> Any:
        return [
            tx.inbox.take(BOT, 7, NOW),
            tx.inbox.take(BOT, 7, NOW),
            tx.inbox.add(BOT, 7, "{}", NOW),
        ], tx.inbox.waiting(9)

    assert await store.write(unit) == ([True, False, False], [])


async def test_what_was_claimed_when_the_process_died_waits_again(store: SqlStore) -> None:
    def before(tx: Transaction) -> None:
        with tx.replies.claiming():
            tx.replies.add(1, "answer", "pris au vol", NOW)
        tx.replies.add(2, "edit", "ancien", NOW, key="k")
        tx.replies.take(9, NOW)
        tx.replies.add(2, "edit", "nouveau", NOW, key="k")

    await store.write(before)
    assert await store.read(lambda tx: tx.session.value(WAITING)) == 1  # type: ignore[attr-defined]
    await store.write(lambda tx: tx.replies.resume())
    taken = await store.write(lambda tx: [(r.address, r.body, r.attempts) for r in tx.replies.take(9, NOW)])
    assert taken == [(1, "pris au vol", 2), (2, "nouveau", 1)]


def queue_ballots(tx: Transaction, room: Room, round_number: int = 0) -> int:
    return tx.deliveries.add(
        Kind.BALLOT, room.ids(*NAMES), NOW, activity_id=room.activity.id, round_number=round_number
    )


async def test_a_member_is_queued_once_per_key_and_only_if_reachable(store: SqlStore) -> None:
    room = await store.write(furnish)
    await store.write(lambda tx: tx.people.save(replace(room.people["Driss"], unreachable_since=NOW)))
    queued = [await store.write(lambda tx, n=n: queue_ballots(tx, room, n)) for n in (0, 0, 1)]
    assert queued == [3, 0, 3]
    assert await store.read(lambda tx: tx.deliveries.rounds(room.activity.id, Kind.BALLOT)) == 1
    without = [
        await store.write(
            lambda tx, n=n: tx.deliveries.add(Kind.ANNOUNCEMENT, room.ids("Amina"), NOW, text="Merci", round_number=n)
        )
        for n in (2**50, 2**50, 2**50 + 1)
    ]
    assert without == [1, 0, 1]


async def test_a_delivery_says_who_where_and_in_which_language(store: SqlStore) -> None:
    room = await store.write(furnish)
    amina = room.people["Amina"]
    await store.write(lambda tx: tx.people.save(replace(amina, language="en")))
    await store.write(lambda tx: tx.deliveries.add(Kind.NOTICE, room.ids("Amina"), NOW, text="Mot"))
    (found,) = await store.write(lambda tx: tx.deliveries.take(9, NOW))
    assert found == Delivery(
        found.id, Kind.NOTICE, room.members["Amina"].id, amina.id, 1000, "en", None, "Mot", Fate.TAKEN, 1
    )
    assert await store.write(lambda tx: tx.deliveries.take(9, NOW)) == []


async def test_every_outcome_is_written_and_a_flood_waits(store: SqlStore) -> None:
    room = await store.write(furnish)
    await store.write(lambda tx: queue_ballots(tx, room))
    taken = await store.write(lambda tx: tx.deliveries.take(9, NOW))
    outcomes = [
        Outcome(Fate.TOLD, receipt=77),
        Outcome(Fate.UNREACHABLE, problem="blocked"),
        Outcome(Fate.WAITING, pause=timedelta(seconds=30)),
        Outcome(Fate.FAILED, problem="400"),
    ]
    await store.write(
        lambda tx: tx.deliveries.settle({d.id: o for d, o in zip(taken, outcomes, strict=True)}, NOW + MINUTE)
    )
    found = await store.read(
        lambda tx: (
            tx.deliveries.progress(room.activity.id, Kind.BALLOT),
            tx.deliveries.counts(),
            [tx.deliveries.receipt(room.activity.id, m) for m in room.ids("Amina", "Bruno")],
            tx.people.get(room.people["Bruno"].id).unreachable_since,  # type: ignore[union-attr]
        )
    )
    counts = {Fate.TOLD: 1, Fate.UNREACHABLE: 1, Fate.WAITING: 1, Fate.FAILED: 1}
    assert found == (Progress(1, 1, 1, 1), counts, [77, None], NOW + MINUTE)
    early = await store.write(lambda tx: tx.deliveries.take(9, NOW + MINUTE + timedelta(seconds=29)))
    late = await store.write(lambda tx: tx.deliveries.take(9, NOW + MINUTE + timedelta(seconds=30)))
    assert (early, [(d.id, d.attempts) for d in late]) == ([], [(taken[2].id, 2)])


def all_that_wait(tx: Transaction) -> list[Delivery]:
    """Claimed, until nothing waits."""
    found: list[Delivery] = []
    while taken := tx.deliveries.take(9, NOW + MINUTE):
        found += taken
    return found


def crash(tx: Transaction) -> int:
    """Everything is claimed, and nobody knows what became of it."""
    all_that_wait(tx)
    return tx.deliveries.resume(NOW)


async def test_what_a_crash_interrupted_is_sent_again_once_and_given_up_at_the_second_crash(store: SqlStore) -> None:
    room = await store.write(furnish)
    await store.write(lambda tx: queue_ballots(tx, room))

    assert [await store.write(crash) for _ in range(2)] == [4, 0]
    assert await store.read(lambda tx: tx.deliveries.counts()) == {Fate.FAILED: 4}


async def test_a_refused_attempt_between_two_crashes_gives_nobody_up(store: SqlStore) -> None:
    room = await store.write(furnish)
    await store.write(lambda tx: queue_ballots(tx, room))

    def refused(tx: Transaction) -> None:
        flood = {d.id: Outcome(Fate.WAITING, problem="flood") for d in all_that_wait(tx)}
        tx.deliveries.settle(flood, NOW)

    await store.write(crash)
    await store.write(refused)
    assert [await store.write(crash) for _ in range(2)] == [4, 0]


async def test_what_a_crash_interrupted_waits_behind_the_others(store: SqlStore) -> None:
    room = await store.write(furnish)
    await store.write(lambda tx: queue_ballots(tx, room))

    def unit(tx: Transaction) -> tuple[list[int], list[list[int]]]:
        interrupted = [d.id for d in tx.deliveries.take(2, NOW)]
        tx.deliveries.resume(NOW)
        return interrupted, [[d.id for d in tx.deliveries.take(9, NOW + MINUTE)] for _ in range(4)]

    (first, second), claims = await store.write(unit)
    others, *one_by_one = claims
    assert (len(others), {first, second} & set(others)) == (2, set())
    assert one_by_one == [[first], [second], []]


async def test_what_waits_for_a_closed_activity_has_no_more_purpose(store: SqlStore) -> None:
    room = await store.write(furnish)

    def unit(tx: Transaction) -> Any:
        queue_ballots(tx, room)
        tx.deliveries.add(Kind.RESULTS, room.ids("Amina"), NOW, activity_id=room.activity.id)
        tx.deliveries.stale(room.activity.id, (Kind.BALLOT, Kind.REMINDER))
        return tx.deliveries.counts()

    assert await store.write(unit) == {Fate.STALE: 4, Fate.WAITING: 1}


async def test_a_picture_comes_back_byte_for_byte(store: SqlStore) -> None:
    content = bytes(range(256)) * 4000
    number = await store.write(lambda tx: tx.pictures.add("nuage.png", content, NOW))
    assert await store.read(lambda tx: (tx.pictures.get(number), tx.pictures.get(99))) == (("nuage.png", content), None)


async def test_the_same_work_asked_twice_is_done_once_and_one_at_a_time(store: SqlStore) -> None:
    room = await store.write(furnish)
    activity = room.activity.id

    def unit(tx: Transaction) -> Any:
        for person in (None, None, 3, 3, 4):
            tx.jobs.add("cloud", activity, person, {"size": [1920, 1080]}, NOW)
        first = tx.jobs.take(NOW)
        busy = tx.jobs.take(NOW)
        assert first is not None
        tx.jobs.done(first.id)
        return first, busy, tx.jobs.take(NOW)

    first, busy, second = await store.write(unit)
    assert first == Job(first.id, "cloud", activity, None, {"size": [1920, 1080]}, 1)
    assert busy is None
    assert second.asked_by == 3


async def test_two_workshops_are_served_at_once_but_each_has_one_work_at_a_time(store: SqlStore) -> None:
    here = await store.write(furnish)

    def unit(tx: Transaction) -> Any:
        elsewhere = tx.workshops.add("DEF567", "Ailleurs", "Europe/Paris", "fr", NOW)
        ours, theirs = open_activity(tx, here.workshop.id), open_activity(tx, elsewhere.id)
        for activity in (here.activity, ours, theirs):
            tx.jobs.add("themes", activity.id, None, {}, NOW)
        return [job and job.activity_id for job in (tx.jobs.take(NOW) for _ in range(3))], here.activity.id, theirs.id

    taken, first, other = await store.write(unit)
    assert taken == [first, other, None]


async def test_work_nobody_wants_any_more_is_forgotten_waiting_or_running(store: SqlStore) -> None:
    room = await store.write(furnish)
    activity = room.activity.id

    def unit(tx: Transaction) -> Any:
        tx.jobs.add("themes", activity, 3, {}, NOW)
        taken = tx.jobs.take(NOW)
        tx.jobs.add("themes", activity, 4, {}, NOW)
        tx.jobs.add("cloud", activity, 4, {}, NOW)
        before = tx.jobs.running()
        stopped = tx.jobs.stop(activity, "themes")
        left = tx.jobs.take(NOW)
        return taken and before == {taken.id}, stopped, tx.jobs.running() == {left and left.id}, left and left.kind

    assert await store.write(unit) == (True, 2, True, "cloud")


async def test_work_that_was_running_starts_again_but_not_for_ever(store: SqlStore) -> None:
    room = await store.write(furnish)
    await store.write(lambda tx: tx.jobs.add("themes", room.activity.id, None, {}, NOW))

    def crash(tx: Transaction) -> Any:
        job = tx.jobs.take(NOW)
        return job and job.attempts, [given_up.attempts for given_up in tx.jobs.resume(2)]

    assert [await store.write(crash) for _ in range(3)] == [(1, []), (2, [2]), (None, [2])]
    (given_up,) = await store.write(lambda tx: tx.jobs.resume(2))
    await store.write(lambda tx: tx.jobs.done(given_up.id))
    assert await store.write(lambda tx: tx.jobs.resume(2)) == []


async def test_the_pulse_is_the_last_one(store: SqlStore) -> None:
    before = await store.read(lambda tx: tx.pulse.get())
    for moment in (NOW, NOW + MINUTE):
        await store.write(lambda tx, m=moment: tx.pulse.set(m))
    assert (before, await store.read(lambda tx: tx.pulse.get())) == (None, NOW + MINUTE)
