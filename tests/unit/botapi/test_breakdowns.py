"""Claims about faults on demand and about Telegram's sending limits."""

import asyncio

import pytest

from rehearsal.botapi import ConnectionCut, Fault, RateLimits
from rehearsal.botapi.clock import let_others_run
from tests.unit.botapi.town import Refused, Town


async def say(town: Town, text: str = "Bonjour") -> None:
    await town.ask("sendMessage", chat_id=town.amina.id, text=text)


def shown(town: Town) -> list[str]:
    return [bubble.text for bubble in town.amina.phone().messages()[1:]]


async def test_a_flood_lasts_as_many_calls_as_asked(town: Town) -> None:
    town.api.faults.add(Fault("flood", method="sendMessage", times=2, retry_after=7))
    for _ in range(2):
        with pytest.raises(Refused) as refused:
            await say(town)
        assert refused.value.description == "Too Many Requests: retry after 7"
        assert (refused.value.code, refused.value.parameters) == (429, {"retry_after": 7})
    await say(town)
    assert (shown(town), town.api.faults.struck) == (["Bonjour"], 2)


async def test_a_fault_may_concern_one_method_and_one_chat(town: Town) -> None:
    town.bruno.opens_link()
    town.api.faults.add(Fault("server_error", method="sendMessage", chat_id=town.bruno.id, times=None, status=502))
    await say(town)
    for _ in range(3):
        with pytest.raises(Refused) as refused:
            await town.ask("sendMessage", chat_id=town.bruno.id, text="x")
        assert (refused.value.code, refused.value.description) == (502, "Bad Gateway")
    town.api.faults.clear()
    await town.ask("sendMessage", chat_id=town.bruno.id, text="x")


async def test_a_cut_before_has_no_effect_and_a_cut_after_has(town: Town) -> None:
    town.api.faults.add(Fault("cut_before"))
    with pytest.raises(ConnectionCut) as cut:
        await say(town, "avant")
    assert not cut.value.after_effect
    town.api.faults.add(Fault("cut_after"))
    with pytest.raises(ConnectionCut) as cut:
        await say(town, "après")
    assert cut.value.after_effect
    assert shown(town) == ["après"]
    assert town.api.recorder.of("sendMessage")[-1].answer is None


async def test_latency_delays_the_effect(town: Town) -> None:
    town.api.faults.add(Fault("latency", seconds=2.0))
    late = asyncio.create_task(say(town))
    await let_others_run()
    await town.clock.advance(1.9)
    assert shown(town) == []
    await town.clock.advance(0.1)
    await late
    assert shown(town) == ["Bonjour"]


async def test_chance_faults_depend_on_the_seed_alone() -> None:
    async def struck() -> list[int]:
        town = Town()
        town.amina.opens_link()
        town.api.faults.add(Fault("server_error", probability=0.3, times=None))
        failed = []
        for number in range(40):
            try:
                await say(town)
            except Refused:
                failed.append(number)
        return failed

    first = await struck()
    assert first == await struck()
    assert 4 <= len(first) <= 20


def test_an_unknown_fault_is_named() -> None:
    with pytest.raises(ValueError, match="earthquake"):
        Fault("earthquake")


async def test_a_private_chat_takes_a_burst_then_one_message_per_second(town: Town) -> None:
    town.api.set_rate_limits(RateLimits())
    for _ in range(5):
        await say(town)
    with pytest.raises(Refused) as refused:
        await say(town)
    assert refused.value.parameters == {"retry_after": 1}
    await town.clock.advance(1)
    await say(town)
    town.api.set_rate_limits(None)
    await say(town)


async def test_all_chats_together_take_thirty_messages_per_second(town: Town) -> None:
    people = [town.api.add_person(f"P{number}") for number in range(31)]
    for person in people:
        person.opens_link()
    town.api.set_rate_limits(RateLimits())
    for person in people[:30]:
        await town.ask("sendMessage", chat_id=person.id, text="Bonjour")
    with pytest.raises(Refused, match="retry after 1"):
        await town.ask("sendMessage", chat_id=people[30].id, text="Bonjour")
    press_like = await town.ask("sendChatAction", chat_id=people[30].id, action="typing")
    assert press_like is True


async def test_a_group_takes_twenty_messages_per_minute(town: Town) -> None:
    group = town.amina.creates_group("Conseil")
    town.api.set_rate_limits(RateLimits())
    for _ in range(20):
        await town.ask("sendMessage", chat_id=group.id, text="x")
    with pytest.raises(Refused) as refused:
        await town.ask("sendMessage", chat_id=group.id, text="x")
    assert refused.value.parameters == {"retry_after": 3}
