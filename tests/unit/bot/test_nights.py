"""The nights when clocks jump, the 29th of February, a clock set back: nobody is shut out, and nothing reopens."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from participation.actions.recovering import recover
from participation.model.message import Kind
from participation.model.policy import Policy
from participation.ports import Transaction
from tests.unit.bot.room import Room

PARIS, CAYENNE = "Europe/Paris", "America/Cayenne"
SECOND, HOUR = timedelta(seconds=1), timedelta(hours=1)


def utc(*when: int) -> datetime:
    return datetime(*when, tzinfo=UTC)  # type: ignore[misc, arg-type] # year, month, day, hour, minute


@pytest.mark.parametrize(
    ("zone", "now", "typed", "opens", "closes", "said"),
    [
        # 02:30 does not exist in Paris that night: it is 03:30, and the half hour is a real one.
        (PARIS, utc(2026, 3, 28, 23, 0), "à 2:30 pendant 30 min", utc(2026, 3, 29, 1, 30), HOUR / 2, "à 03:30"),
        (PARIS, utc(2026, 3, 28, 23, 0), "à 1:45 pendant 30 min", utc(2026, 3, 29, 0, 45), HOUR / 2, "à 01:45"),
        # 02:30 comes twice in Paris that night: the first one, and an hour is a real one (from 02:30 to 02:30).
        (PARIS, utc(2026, 10, 24, 22, 30), "à 2:30 pendant 1 h", utc(2026, 10, 25, 0, 30), HOUR, "à 02:30"),
        # Once the first is past, it is the second.
        (PARIS, utc(2026, 10, 25, 0, 45), "à 2:30 pendant 1 h", utc(2026, 10, 25, 1, 30), HOUR, "à 02:30"),
        # Nothing jumps in Cayenne, on any of these nights.
        (CAYENNE, utc(2026, 3, 29, 4, 30), "à 2:30 pendant 30 min", utc(2026, 3, 29, 5, 30), HOUR / 2, "à 02:30"),
        (CAYENNE, utc(2026, 10, 25, 4, 30), "à 2:30 pendant 1 h", utc(2026, 10, 25, 5, 30), HOUR, "à 02:30"),
        (
            PARIS,
            utc(2028, 2, 28, 22, 30),
            "dans 1 h pendant 1 jour",
            utc(2028, 2, 28, 23, 30),
            24 * HOUR,
            "29/02/2028 à 00:30",
        ),
        (CAYENNE, utc(2028, 2, 29, 14, 0), "à 12:30 pendant 1 h", utc(2028, 2, 29, 15, 30), HOUR, "à 12:30"),
        (CAYENNE, utc(2028, 2, 29, 2, 30), "dans 1 h pendant 1 jour", utc(2028, 2, 29, 3, 30), 24 * HOUR, "à 00:30"),
    ],
)
async def test_a_question_opens_and_closes_at_the_hour_of_the_wall(
    make_room: Callable[[Policy], Room],
    zone: str,
    now: datetime,
    typed: str,
    opens: datetime,
    closes: timedelta,
    said: str,
) -> None:
    room = make_room(Policy(time_zone=zone))
    room.now = now
    bruno = await room.facilitator()
    amina = await room.councillor()
    _, ready = await bruno.write(f"/sondage On continue ? | Oui | Non {typed}")
    assert said in ready
    await bruno.press("Lancer")
    taken = []
    moments = (opens - SECOND, opens, opens + closes - SECOND, opens + closes)
    for moment, choice in zip(moments, ("Oui", "Oui", "Non", "Oui"), strict=True):
        room.now = moment
        await room.tick()
        taken.append((await amina.press(choice))[:11])
    assert taken == ["Ce n’est pa", "✔ Noté : Ou", "✔ Noté : No", "C’est fermé"]


async def test_a_question_that_was_closed_stays_closed_when_the_clock_is_set_back(room: Room) -> None:
    bruno = await room.facilitator()
    amina = await room.councillor()
    for question, timing in (("À la main", ""), ("À l’heure", " pendant 5 min")):
        await bruno.write(f"/sondage {question} ? | Oui | Non{timing}")
        await bruno.press("Lancer")
        room.later(minutes=5)
        await room.tick()
        await bruno.write("/fermer")
        room.later(hours=-1)
        await room.tick()
        assert (await amina.press("Oui")).startswith("C’est fermé"), question
        assert await room.store.read(lambda tx: tx.activities.open_in(tx.workshops.all()[0].id, room.now)) == []


async def test_a_question_that_was_opened_stays_open_when_the_clock_is_set_back(room: Room) -> None:
    bruno = await room.facilitator()
    amina = await room.councillor()
    await bruno.write("/sondage On continue ? | Oui | Non")
    await bruno.press("Lancer")
    room.later(hours=-1)
    await room.tick()
    assert await amina.press("Oui") == "✔ Noté : Oui"
    later = await room.councillor("Driss")
    assert any("On continue" in bubble.text for bubble in later.bubbles.values())


async def test_what_waits_to_leave_does_not_wait_for_the_clock_to_catch_up(room: Room) -> None:
    await room.facilitator()
    await room.councillor()

    def queued_then_set_back(tx: Transaction) -> tuple[int, int]:
        [workshop] = tx.workshops.all()
        tx.replies.add(1, "message", "{}", room.now)
        tx.deliveries.add(Kind.ANNOUNCEMENT, tx.members.to_ask(workshop.id), room.now, text="Bonjour")
        earlier = room.now - HOUR
        return len(tx.replies.take(9, earlier)), len(tx.deliveries.take(9, earlier))

    assert await room.store.write(queued_then_set_back) == (1, 1)


async def test_a_clock_set_back_is_no_outage(room: Room) -> None:
    bruno = await room.facilitator()
    await bruno.write("/sondage On continue ? | Oui | Non pendant 10 min")
    await bruno.press("Lancer")

    def set_back(tx: Transaction) -> tuple[int, datetime | None, int]:
        recover(tx, room.now)
        touched = recover(tx, room.now - HOUR)
        beat = recover(tx, room.now - HOUR + 10 * SECOND, 15 * SECOND)
        return touched, tx.pulse.get(), beat

    assert await room.store.write(set_back) == (0, room.now - HOUR + 10 * SECOND, 0)
