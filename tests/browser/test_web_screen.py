"""In a real browser, the projected page moves by itself within two seconds of a commit, and is readable by everybody."""

from collections.abc import AsyncIterator, Iterator

import pytest
import pytest_asyncio
from aiohttp.test_utils import TestServer
from playwright.async_api import Page, expect

from participation.model.people import Role
from storage import open_store
from tests.integration.web.hall import Hall
from tests.integration.web.house import web_house

WITHIN = 2_000
"""Milliseconds between the commit and the wall."""


@pytest.fixture
def hall() -> Iterator[Hall]:
    store = open_store("sqlite://")
    yield Hall(store)
    store.close()


@pytest_asyncio.fixture(loop_scope="session")
async def server(hall: Hall) -> AsyncIterator[TestServer]:
    server = TestServer(web_house(hall))
    await server.start_server()
    yield server
    await server.close()


@pytest_asyncio.fixture(loop_scope="session")
async def problems(page: Page) -> list[str]:
    """What the browser complains of: errors of our scripts, and what the policy blocked."""
    said: list[str] = []
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("console", lambda line: said.append(line.text) if line.type == "error" else None)
    page.on("dialog", lambda dialog: said.append(dialog.message))
    return said


async def test_the_wall_moves_by_itself_from_the_welcome_to_the_result(
    page: Page, hall: Hall, server: TestServer, problems: list[str]
) -> None:
    bruno = await hall.person("Bruno", Role.FACILITATOR)
    workshop = await hall.workshop(bruno, "Ateliers des Aubiers")
    await page.set_viewport_size({"width": 1920, "height": 1080})
    await page.goto(str(server.make_url(f"/ecran/{workshop.code}")))
    await expect(page.get_by_text("Scannez ce code avec votre téléphone")).to_be_visible()
    await expect(page.get_by_role("img", name=f"QR code pour rejoindre l’atelier {workshop.code}")).to_be_visible()

    people = await hall.councillors(workshop, 4)
    await expect(page.locator("#joined")).to_have_text("4 personnes ont rejoint", timeout=WITHIN)

    vote = await hall.launch(workshop, bruno, "single", "Que faire en premier ? | Des bancs | Un local")
    await expect(page.get_by_role("heading", name="Que faire en premier ?")).to_be_visible(timeout=WITHIN)
    for person, option in zip(people, (0, 0, 0, 1), strict=True):
        await hall.vote(person, vote, option)
    await expect(page.locator("#answered")).to_have_text("4 réponses sur 4", timeout=WITHIN)
    await expect(page.get_by_text("75\u00a0%")).to_have_count(0)

    await hall.close(vote)
    await hall.reveal(vote)
    await expect(page.locator(".bar-percent").first).to_have_text("75\u00a0%", timeout=WITHIN)
    await expect(page.locator(".bar-count").first).to_have_text("3 voix")
    assert problems == []


async def test_words_ideas_and_themes_appear_as_text_whatever_people_type(
    page: Page, hall: Hall, server: TestServer, problems: list[str]
) -> None:
    bruno = await hall.person("Bruno", Role.FACILITATOR)
    workshop = await hall.workshop(bruno, "<img src=x onerror=alert(1)>")
    [amina] = await hall.councillors(workshop, 1)
    await page.goto(str(server.make_url(f"/ecran/{workshop.code}")))
    words = await hall.launch(workshop, bruno, "words", "Un mot ?")
    await hall.write(amina, words, "<b>école, respect")
    await hall.reveal(words)
    await expect(page.get_by_text("<b>école", exact=True)).to_be_visible(timeout=WITHIN)

    ideas = await hall.launch(workshop, bruno, "ideas", "Vos idées ?")
    texts = ["<script>alert(1)</script>", "un jardin", "des bus le soir"]
    made = [idea for text in texts if (idea := await hall.write(amina, ideas, text))]
    await hall.reveal(ideas)
    await expect(page.get_by_text("<script>alert(1)</script>")).to_be_visible(timeout=WITHIN)
    assert await page.locator(".note").first.inner_text() == "des bus le soir"

    await hall.group(ideas, [("Nature", made[:2], 0.9), ("Transports", made[2:], 0.9)])
    await expect(page.get_by_role("heading", name="Nature")).to_be_visible(timeout=WITHIN)
    await expect(page.get_by_text("Ces groupes aident à lire, ils ne votent pas.")).to_be_visible()
    assert problems == []


async def test_the_line_that_is_cut_is_shown_and_comes_back_by_itself(page: Page, hall: Hall) -> None:
    bruno = await hall.person("Bruno", Role.FACILITATOR)
    workshop = await hall.workshop(bruno)
    first = TestServer(web_house(hall))
    await first.start_server()
    port = first.port
    await page.goto(str(first.make_url(f"/ecran/{workshop.code}")))
    await expect(page.locator("#link")).to_have_text("En direct")
    await first.close()
    await expect(page.locator("#link")).to_have_text("Connexion perdue, nouvel essai…")
    await hall.councillors(workshop, 2)
    second = TestServer(web_house(hall), port=port)
    await second.start_server()
    await expect(page.locator("#link")).to_have_text("En direct", timeout=20_000)
    await expect(page.locator("#joined")).to_have_text("2 personnes ont rejoint")
    await second.close()


async def test_the_keys_show_the_qr_code_large_small_and_not_at_all(page: Page, hall: Hall, server: TestServer) -> None:
    bruno = await hall.person("Bruno", Role.FACILITATOR)
    workshop = await hall.workshop(bruno)
    await hall.launch(workshop, bruno, "words", "Un mot ?")
    await page.goto(str(server.make_url(f"/ecran/{workshop.code}")))
    stage = page.locator("#stage")
    await expect(stage).to_have_attribute("data-join", "rail")
    for state in ("whole", "none", "rail"):
        await page.keyboard.press("q")
        await expect(stage).to_have_attribute("data-join", state)
    await page.keyboard.press("p")
    await expect(page.locator("#link")).to_have_text("En pause")


@pytest.mark.parametrize(("width", "height"), [(390, 844), (1280, 720), (1920, 1080), (3840, 2160)])
async def test_nothing_is_cut_on_any_screen(
    page: Page, hall: Hall, server: TestServer, width: int, height: int
) -> None:
    bruno = await hall.person("Bruno", Role.FACILITATOR)
    workshop = await hall.workshop(bruno)
    options = " | ".join(f"Une proposition assez longue pour aller à la ligne, numéro {n}" for n in range(1, 21))
    vote = await hall.launch(workshop, bruno, "single", f"{'Une question très longue ' * 10}? | {options}")
    await hall.reveal(vote)
    await page.set_viewport_size({"width": width, "height": height})
    await page.goto(str(server.make_url(f"/ecran/{workshop.code}")))
    await expect(page.locator(".bar")).to_have_count(20)
    overflow = """node => [
        node.scrollWidth - node.clientWidth,
        getComputedStyle(node).overflowY === 'hidden' ? node.scrollHeight - node.clientHeight : 0]"""
    sideways, below = await page.locator("#result").evaluate(overflow)
    assert (sideways <= 1, below <= 1) == (True, True)
    assert await page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
