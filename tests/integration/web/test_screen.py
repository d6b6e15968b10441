"""The projected page: masked until revealed, names never, state first, one query for fifty viewers."""

import asyncio
import json
import re
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
import segno
from aiohttp.test_utils import TestClient, TestServer

from participation.model.activity import Activity
from participation.model.people import Person, Role
from participation.model.policy import Policy
from participation.model.workshop import Workshop
from participation.ports import Transaction
from tests.integration.web.browser import Browser, read_states
from tests.integration.web.hall import Hall
from tests.integration.web.house import BOT, web_house

OPTIONS = ("Des bancs", "Un local", "Rien")


@pytest.fixture
async def bruno(hall: Hall) -> Person:
    return await hall.person("Bruno", Role.FACILITATOR)


@pytest.fixture
async def workshop(hall: Hall, bruno: Person) -> Workshop:
    return await hall.workshop(bruno, "Les Aubiers & le <Lac>")


@pytest.fixture
async def vote(hall: Hall, workshop: Workshop, bruno: Person) -> Activity:
    return await hall.launch(workshop, bruno, "single", f"Que faire ? | {' | '.join(OPTIONS)} pendant 10 min")


async def screen(browser: Browser, workshop: Workshop) -> dict[str, Any]:
    return await browser.state(f"/ecran/{workshop.code}/direct")


async def test_an_empty_workshop_shows_how_to_join(browser: Browser, workshop: Workshop) -> None:
    page = await browser.text(f"/ecran/{workshop.code}")
    assert "Les Aubiers &amp; le &lt;Lac&gt;" in page
    assert workshop.code in page
    assert f"@{BOT}" in page
    state = await screen(browser, workshop)
    assert (state["front"], state["joined"]) == (None, 0)


async def test_a_code_typed_otherwise_leads_there_too(browser: Browser, workshop: Workshop) -> None:
    typed = f"{workshop.code[:3]}-{workshop.code[3:]}".lower()
    assert (await screen(browser, workshop))["title"] == (await browser.state(f"/ecran/{typed}/direct"))["title"]


async def test_who_joins_after_the_close_does_not_lower_the_participation(
    browser: Browser, hall: Hall, workshop: Workshop, vote: Activity
) -> None:
    for person in (await hall.councillors(workshop, 4))[:3]:
        await hall.vote(person, vote, 0)
    hall.watch.advance(minutes=15)
    await hall.councillors(workshop, 6, first=5)
    state = await screen(browser, workshop)
    assert state["front"]["phase"] == "closed"
    assert state["front"]["progress"]["sentence"] == "3 réponses sur 4"
    assert state["joinedSentence"] == "10 personnes ont rejoint"


@pytest.mark.parametrize("code", ["ZZZZZZ", "x" * 500, "é", "<b>", "%00"])
async def test_an_unknown_code_says_so(browser: Browser, workshop: Workshop, code: str) -> None:
    for path in (f"/ecran/{code}", f"/ecran/{code}/direct", f"/ecran/{code}/qr.svg", f"/ecran/{code}/etat"):
        assert (await browser.get(path)).status == 404


async def test_the_qr_leads_to_the_private_chat_with_the_bot(browser: Browser, workshop: Workshop) -> None:
    answer = await browser.get(f"/ecran/{workshop.code}/qr.svg")
    assert answer.content_type == "image/svg+xml"
    drawn = dark_modules(await answer.text())
    expected = segno.make(f"https://t.me/{BOT}?start={workshop.code}", error="m", micro=False)
    assert drawn == sum(sum(map(bool, row)) for row in expected.matrix)


def dark_modules(svg: str) -> int:
    """How many modules the drawing's strokes cover."""
    strokes = re.findall(r'stroke="#14202b"[^>]*d="([^"]+)"|d="([^"]+)"[^>]*stroke="#14202b"', svg)
    return sum(int(length) for found in strokes for length in re.findall(r"h(\d+)", "".join(found)))


async def test_masked_figures_are_nowhere_in_the_page_nor_in_its_data(
    browser: Browser, hall: Hall, workshop: Workshop, vote: Activity
) -> None:
    for person in await hall.councillors(workshop, 5):
        await hall.vote(person, vote, 1)
    front = (await screen(browser, workshop))["front"]
    assert front["progress"] == {"answered": 5, "expected": 5, "sentence": "5 réponses sur 5"}
    assert (front["isRevealed"], front["figures"], front["wall"]) == (False, None, None)
    assert front["options"] == list(OPTIONS)
    assert front["masked"] == "Les résultats seront montrés plus tard."
    page, plain = (
        await browser.text(f"/ecran/{workshop.code}"),
        await (await browser.get(f"/ecran/{workshop.code}/etat")).text(),
    )
    for sent in (json.dumps(front, ensure_ascii=False), page, plain):
        assert ("5 voix" in sent, "100\u00a0%" in sent, "share" in sent, "votes" in sent) == (
            False,
            False,
            False,
            False,
        )


async def test_masked_ideas_and_words_are_not_sent(
    browser: Browser, hall: Hall, workshop: Workshop, bruno: Person
) -> None:
    [amina] = await hall.councillors(workshop, 1)
    for kind, text in (("ideas", "Un verger partagé"), ("words", "solidarité")):
        activity = await hall.launch(workshop, bruno, kind, "Et vous ?")
        await hall.write(amina, activity, text)
        sent = json.dumps(await screen(browser, workshop), ensure_ascii=False)
        assert text not in sent
        await hall.reveal(activity)
        async with browser.stream(f"/ecran/{workshop.code}/direct") as states:
            shown = [state async for state in until_revealed(states)][-1]
        assert text in json.dumps(shown, ensure_ascii=False)


async def until_revealed(states: AsyncIterator[dict[str, Any]]) -> AsyncIterator[dict[str, Any]]:
    async for state in states:
        yield state
        if state["front"]["isRevealed"]:
            return


async def test_revealed_bars_are_drawn_and_written(
    browser: Browser, hall: Hall, workshop: Workshop, vote: Activity
) -> None:
    people = await hall.councillors(workshop, 4)
    for person, option in zip(people, (0, 0, 0, 2), strict=True):
        await hall.vote(person, vote, option)
    await hall.close(vote)
    await hall.reveal(vote)
    state = await screen(browser, workshop)
    rows = [(row["label"], row["votes"], row["percent"]) for row in state["front"]["figures"]["rows"]]
    assert rows == [("Des bancs", 3, "75\u00a0%"), ("Un local", 0, "0\u00a0%"), ("Rien", 1, "25\u00a0%")]
    assert state["status"] == "Fermée. 4 réponses. Des bancs 75\u00a0%, Un local 0\u00a0%, Rien 25\u00a0%."


async def test_masking_again_takes_the_figures_away(
    browser: Browser, hall: Hall, workshop: Workshop, vote: Activity
) -> None:
    await hall.reveal(vote)
    async with browser.stream(f"/ecran/{workshop.code}/direct") as states:
        assert (await anext(states))["front"]["figures"] is not None
        await hall.reveal(vote, False)
        assert (await anext(states))["front"]["figures"] is None


async def test_no_name_and_no_number_of_a_member_is_shown(
    browser: Browser, hall: Hall, workshop: Workshop, bruno: Person
) -> None:
    activity = await hall.launch(workshop, bruno, "ideas", "Et vous ?")
    amina = await hall.person("Amina Diallo", number=123456789)
    await hall.join(amina, workshop)
    await hall.write(amina, activity, "Un verger")
    await hall.reveal(activity)
    state = await screen(browser, workshop)
    assert set(state["front"]["wall"]["newest"][0]) == {"id", "number", "text"}
    sent = json.dumps(state) + await browser.text(f"/ecran/{workshop.code}")
    assert "Amina" not in sent
    assert "123456789" not in sent


async def test_hidden_and_withdrawn_ideas_are_not_on_the_wall(
    browser: Browser, hall: Hall, workshop: Workshop, bruno: Person
) -> None:
    from participation.actions import answering, grouping

    activity = await hall.launch(workshop, bruno, "ideas", "Et vous ?")
    [amina] = await hall.councillors(workshop, 1)
    rude, shy, _ = [await hall.write(amina, activity, text) for text in ("grossier", "repris", "un verger")]
    assert rude is not None
    assert shy is not None
    await hall.reveal(activity)
    await hall.do(lambda tx: grouping.hide_idea(tx, bruno, rude.id, True, hall.watch.now()))
    await hall.do(lambda tx: answering.withdraw_idea(tx, amina, shy.id, Policy(), hall.watch.now()))
    wall = (await screen(browser, workshop))["front"]["wall"]
    assert ([idea["text"] for idea in wall["newest"]], wall["count"]) == (["un verger"], 1)


async def test_themes_come_largest_first_with_their_size_and_the_guard_line(
    browser: Browser, hall: Hall, workshop: Workshop, bruno: Person
) -> None:
    activity = await hall.launch(workshop, bruno, "ideas", "Et vous ?")
    [amina] = await hall.councillors(workshop, 1)
    ideas = [idea for n in range(6) if (idea := await hall.write(amina, activity, f"idée {n}"))]
    await hall.group(activity, [("Petit", ideas[:1], 0.9), ("Grand", ideas[1:5], 0.9)])
    await hall.reveal(activity)
    wall = (await screen(browser, workshop))["front"]["wall"]
    assert [(theme["label"], theme["count"], theme["share"]) for theme in wall["themes"]] == [
        ("Grand", 4, 1.0),
        ("Petit", 1, 0.25),
    ]
    assert wall["guard"] == "Ces groupes aident à lire, ils ne votent pas."
    assert wall["loose"].replace("\u00a0", " ") == "Hors des thèmes : 1 nouvelle"


async def test_the_state_comes_first_then_each_change(
    browser: Browser, hall: Hall, workshop: Workshop, vote: Activity
) -> None:
    [amina] = await hall.councillors(workshop, 1)
    async with browser.stream(f"/ecran/{workshop.code}/direct") as states:
        first = await anext(states)
        assert first["front"]["progress"]["answered"] == 0
        await hall.vote(amina, vote, 1)
        second = await anext(states)
        assert second["front"]["progress"]["answered"] == 1
        assert second["tick"] > first["tick"]


async def test_a_stream_carries_ids_and_tells_how_soon_to_come_back(browser: Browser, workshop: Workshop) -> None:
    answer = await browser.client.get(f"/ecran/{workshop.code}/direct")
    assert answer.content_type == "text/event-stream"
    lines = [(await answer.content.readline()).decode().strip() for _ in range(4)]
    answer.close()
    assert lines[:2] == ["retry: 2000", ""]
    assert re.fullmatch(r"id: \d+", lines[2])
    assert lines[3] == "event: state"


async def test_a_page_that_comes_back_after_a_restart_has_the_whole_state(
    hall: Hall, workshop: Workshop, vote: Activity
) -> None:
    for _ in range(2):
        async with TestClient(TestServer(web_house(hall))) as client:
            answer = await client.get(f"/ecran/{workshop.code}/direct", headers={"Last-Event-ID": "41"})
            state = await anext(read_states(answer))
            assert state["front"]["question"] == "Que faire ?"
            answer.close()


async def test_the_server_stops_at_once_with_viewers_connected(hall: Hall, workshop: Workshop) -> None:
    server = TestServer(web_house(hall))
    client = TestClient(server)
    await client.start_server()
    answer = await client.get(f"/ecran/{workshop.code}/direct")
    states = read_states(answer)
    await anext(states)
    async with asyncio.timeout(5):
        await server.close()
    assert [state async for state in states] == []
    await client.close()


async def test_fifty_viewers_cost_one_query(hall: Hall, workshop: Workshop, vote: Activity, browser: Browser) -> None:
    counted = Counted(hall)
    async with TestClient(TestServer(web_house(hall))) as client:
        answers = await asyncio.gather(*(client.get(f"/ecran/{workshop.code}/direct") for _ in range(50)))
        viewers = [read_states(answer) for answer in answers]
        firsts = await asyncio.gather(*(anext(viewer) for viewer in viewers))
        assert ({state["tick"] for state in firsts}, counted.reads) == ({1}, 1)
        [amina] = await hall.councillors(workshop, 1)
        counted.reads = 0
        await hall.vote(amina, vote, 0)
        while (state := await anext(viewers[0]))["front"]["progress"]["answered"] == 0:
            pass
        assert state["front"]["progress"]["answered"] == 1
        assert counted.reads <= 2
        for answer in answers:
            answer.close()


class Counted:
    """Counts the reads of a hall's real store."""

    def __init__(self, hall: Hall) -> None:
        self.reads = 0
        self._read = hall.store.read
        hall.store.read = self.read  # type: ignore[method-assign,assignment]  # counted on its way through

    async def read(self, unit: Callable[[Transaction], Any]) -> Any:
        self.reads += 1
        return await self._read(unit)


async def test_the_page_of_a_wall_follows_the_clock_alone(
    browser: Browser, hall: Hall, workshop: Workshop, vote: Activity
) -> None:
    state = await screen(browser, workshop)
    deadline = state["front"]["times"]["until"]
    assert deadline - state["now"] == 600_000
    assert state["front"]["phase"] == "open"
    hall.watch.advance(minutes=10)
    assert (await screen(browser, workshop))["front"]["phase"] == "closed"
