"""Claims about pending updates: offsets, limits, lifetimes, long polls, one poller at a time."""

import asyncio

import pytest

from rehearsal.botapi.clock import let_others_run
from tests.unit.botapi.town import Refused, Town, keyboard

TEXTS = ["un", "deux", "trois", "quatre"]


async def say_all(town: Town) -> list[int]:
    for text in TEXTS:
        town.amina.sends_text(text)
    return [update["update_id"] for update in await town.updates()]


async def texts(town: Town, **parameters: int) -> list[str]:
    return [update["message"]["text"] for update in await town.updates(**parameters)]


async def test_ids_grow_by_one_and_reading_confirms_nothing(town: Town) -> None:
    ids = await say_all(town)
    assert ids == list(range(ids[0], ids[0] + 4))
    assert await texts(town) == TEXTS


async def test_an_offset_confirms_all_that_precede_it(town: Town) -> None:
    ids = await say_all(town)
    assert await texts(town, offset=ids[2]) == ["trois", "quatre"]
    assert await texts(town, offset=ids[0]) == ["trois", "quatre"]
    assert await texts(town, offset=ids[3] + 1) == []
    assert town.api.pending() == 0


async def test_a_limit_takes_the_oldest(town: Town) -> None:
    await say_all(town)
    assert await texts(town, limit=2) == ["un", "deux"]


async def test_a_negative_offset_keeps_only_the_last(town: Town) -> None:
    await say_all(town)
    assert await texts(town, offset=-1) == ["quatre"]
    assert await texts(town) == ["quatre"]


async def test_a_press_waits_150_seconds_and_a_message_24_hours(town: Town) -> None:
    sent = await town.ask("sendMessage", chat_id=town.amina.id, text="?", reply_markup=keyboard("Oui"))
    town.amina.presses(sent["message_id"], "Oui")
    town.amina.sends_text("un")
    await town.clock.advance(149)
    assert town.api.pending() == 2
    await town.clock.advance(1)
    assert await texts(town) == ["un"]
    await town.clock.advance(24 * 3600 - 150)
    assert await texts(town) == []


async def test_ids_start_again_after_a_quiet_week(town: Town) -> None:
    before = (await say_all(town))[-1]
    await town.clock.advance(8 * 24 * 3600)
    town.amina.sends_text("me revoilà")
    (update,) = await town.updates()
    assert update["update_id"] != before + 1


async def test_only_the_kinds_asked_for_arrive(town: Town) -> None:
    await town.updates(allowed_updates=["callback_query"])
    town.amina.sends_text("un")
    assert await town.updates() == []
    await town.updates(allowed_updates=[])
    town.amina.sends_text("deux")
    assert await texts(town) == ["deux"]


async def test_a_reaction_arrives_when_asked_for(town: Town) -> None:
    town.amina.reacts(1, "👍")
    await town.updates(allowed_updates=["message_reaction"])
    town.amina.reacts(1, "🎉")
    (update,) = await town.updates()
    assert update["message_reaction"]["old_reaction"] == [{"type": "emoji", "emoji": "👍"}]
    assert update["message_reaction"]["new_reaction"] == [{"type": "emoji", "emoji": "🎉"}]


async def test_a_long_poll_wakes_on_arrival(town: Town) -> None:
    poll = asyncio.create_task(town.updates(timeout=30))
    await let_others_run()
    assert not poll.done()
    town.amina.sends_text("un")
    assert [update["message"]["text"] for update in await poll] == ["un"]


async def test_a_long_poll_ends_with_nothing_when_its_time_is_over(town: Town) -> None:
    poll = asyncio.create_task(town.updates(timeout=30))
    await let_others_run()
    await town.clock.advance(29)
    assert not poll.done()
    await town.clock.advance(1)
    assert await poll == []


async def test_a_second_poller_ends_the_first_with_409(town: Town) -> None:
    first = asyncio.create_task(town.updates(timeout=30))
    await let_others_run()
    second = asyncio.create_task(town.updates(timeout=30))
    with pytest.raises(Refused) as refused:
        await first
    assert (refused.value.code, refused.value.description) == (
        409,
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
    )
    town.amina.sends_text("un")
    assert [update["message"]["text"] for update in await second] == ["un"]


async def test_two_fighting_pollers_are_slowed_down(town: Town) -> None:
    polls = [asyncio.create_task(town.updates(timeout=30)) for _ in range(3)]
    await let_others_run()
    assert [poll.done() for poll in polls] == [True, False, False]
    await town.clock.advance(3)
    assert [poll.done() for poll in polls] == [True, True, False]
    town.amina.sends_text("un")
    results = await asyncio.gather(*polls, return_exceptions=True)
    assert [type(result) for result in results] == [Refused, Refused, list]


async def test_polling_while_a_webhook_is_set_gets_409(town: Town) -> None:
    await town.ask("setWebhook", url="http://127.0.0.1:9/hook")
    assert await town.refusal("getUpdates") == (
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
    )
    await town.ask("deleteWebhook")
    assert await town.updates() == []


async def test_several_bots_do_not_share_their_updates(town: Town) -> None:
    other = town.api.add_bot("777:another-secret", username="other_bot", first_name="Autre")
    town.amina.sends_text("pour l'autre", bot=other)
    assert town.api.pending(town.bot) == 0
    assert town.api.pending(other) == 1
    assert [bubble.text for bubble in town.amina.phone(other).messages()] == ["pour l'autre"]
