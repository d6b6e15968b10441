"""Every page of the web passes axe (WCAG 2.2 AA, RGAA, best practice) in light and dark, on a phone and on a wall."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from aiohttp.test_utils import TestServer
from playwright.async_api import Browser, Page, expect

from app.wall_clouds import WallClouds
from participation.model.people import Role
from storage import open_store
from tests.browser.chromium import PROJECT
from tests.integration.web.hall import Hall
from tests.integration.web.house import web_house

AXE = PROJECT / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "RGAAv4", "best-practice"]
SIZES = [(320, 640), (1280, 800)]


@pytest.fixture(scope="module")
def axe() -> str:
    """The text of axe, from npm."""
    if not AXE.exists():
        pytest.skip("axe-core is not in node_modules: it is not among the locked npm packages")
    return Path(AXE).read_text(encoding="utf-8")


@pytest.fixture
def hall() -> Iterator[Hall]:
    store = open_store("sqlite://")
    yield Hall(store)
    store.close()


@pytest_asyncio.fixture(loop_scope="session")
async def server(hall: Hall) -> AsyncIterator[TestServer]:
    clouds = WallClouds(0)
    server = TestServer(web_house(hall, clouds=clouds))
    await server.start_server()
    yield server
    await server.close()
    clouds.close()


@pytest_asyncio.fixture(loop_scope="session", params=["light", "dark"])
async def page(browser: Browser, request: pytest.FixtureRequest) -> AsyncIterator[Page]:
    """A page in one of the two colour schemes; still, so that no half-faded text is measured."""
    context = await browser.new_context(locale="fr-FR", color_scheme=request.param, reduced_motion="reduce")
    yield await context.new_page()
    await context.close()


async def faults(page: Page, axe: str) -> list[tuple[str, str]]:
    """(rule, element) for each violation, and each point axe leaves to a person, at both sizes."""
    await page.evaluate(f"{axe};0")
    found: list[tuple[str, str]] = []
    for width, height in SIZES:
        await page.set_viewport_size({"width": width, "height": height})
        await page.wait_for_timeout(150)
        report: dict[str, Any] = await page.evaluate(
            "tags => axe.run(document, {runOnly: tags, resultTypes: ['violations', 'incomplete']})", TAGS
        )
        found += [
            (rule["id"], node["html"][:120])
            for kind in ("violations", "incomplete")
            for rule in report[kind]
            for node in rule["nodes"]
            # axe does not read `fill` and leaves the words of a cloud to a person: test_colours measures them.
            if not (kind == "incomplete" and node["html"].startswith("<text "))
        ]
    return found


async def test_the_projected_page_has_no_fault(page: Page, hall: Hall, server: TestServer, axe: str) -> None:
    bruno = await hall.person("Bruno", Role.FACILITATOR)
    workshop = await hall.workshop(bruno, "Ateliers des Aubiers")
    people = await hall.councillors(workshop, 5)
    address = str(server.make_url(f"/ecran/{workshop.code}"))
    await page.goto(address)
    assert await faults(page, axe) == []
    for kind, typed, texts in (
        ("words", "Un mot ?", ["école", "école", "respect, école", "bus"]),
        ("ideas", "Vos idées ?", ["un jardin", "des bus", "des stages"]),
    ):
        activity = await hall.launch(workshop, bruno, kind, typed)
        made = [
            idea
            for person, text in zip(people, texts, strict=False)
            if (idea := await hall.write(person, activity, text))
        ]
        await page.goto(address)
        await expect(page.locator(".hush")).to_be_visible()
        assert await faults(page, axe) == []
        await hall.reveal(activity)
        await expect(page.locator(".cloud text, .note").first).to_be_visible(timeout=30_000)
        assert await faults(page, axe) == []
    await hall.group(activity, [("Nature", made[:2], 0.9)])
    await expect(page.locator(".group").first).to_be_visible()
    assert await faults(page, axe) == []
    vote = await hall.launch(workshop, bruno, "single", "Que faire ? | Des bancs | Un local pendant 5 min")
    await hall.vote(people[0], vote, 1)
    await hall.reveal(vote)
    await expect(page.locator(".bar").first).to_be_visible()
    assert await faults(page, axe) == []


async def test_the_organisers_pages_have_no_fault(page: Page, hall: Hall, server: TestServer, axe: str) -> None:
    chloe = await hall.person("Chloé", Role.ORGANISER)
    await page.goto(str(server.make_url("/entrer")))
    assert await faults(page, axe) == []
    await page.goto(str(server.make_url("/rien")))
    assert await faults(page, axe) == []

    code = await hall.sign_in_code(chloe)
    await page.goto(str(server.make_url(f"/entrer#{code}")))
    await expect(page.get_by_role("heading", name="Mes ateliers")).to_be_visible()
    assert await faults(page, axe) == []

    workshop = await hall.workshop(chloe)
    [amina] = await hall.councillors(workshop, 1)
    vote = await hall.launch(workshop, chloe, "single", "Que faire ? | Des bancs | Un local")
    await hall.vote(amina, vote, 0)
    ideas = await hall.launch(workshop, chloe, "ideas", "Vos idées ?")
    made = [idea for text in ("un", "deux", "trois", "quatre") if (idea := await hall.write(amina, ideas, text))]
    await hall.group(ideas, [("Solide", made[:2], 0.9), ("Fragile", made[2:3], 0.2)])
    await page.goto(str(server.make_url(f"/ateliers/{workshop.id}")))
    await expect(page.locator(".activity")).to_have_count(2)
    assert await faults(page, axe) == []

    await page.goto(str(server.make_url(f"/ateliers/{workshop.id}/activites/{ideas.id}/themes")))
    await expect(page.locator(".column")).to_have_count(3)
    await page.get_by_role("button", name="Masquer").first.click()
    await expect(page.locator("#said")).to_have_text("Idée n°\u00a01 masquée.")
    assert await faults(page, axe) == []
    await page.get_by_role("button", name="Déplacer").first.click()
    assert await faults(page, axe) == []
