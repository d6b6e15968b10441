"""In a real browser, an organiser signs in by the link, and corrects the themes by keyboard and by hand."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from itertools import combinations

import pytest
import pytest_asyncio
from aiohttp.test_utils import TestServer
from playwright.async_api import BrowserContext, Page, expect

from participation.model.activity import Activity
from participation.model.findings import Findings
from participation.model.people import Person, Role
from participation.ports import Transaction
from storage import open_store
from tests.integration.web.hall import Hall
from tests.integration.web.house import web_house


@dataclass
class Board:
    """Chloé in front of the themes of an activity."""

    page: Page
    hall: Hall
    server: TestServer
    chloe: Person
    activity: Activity

    @property
    def address(self) -> str:
        return f"/ateliers/{self.activity.workshop_id}/activites/{self.activity.id}/themes"

    async def open(self, page: Page) -> None:
        code = await self.hall.sign_in_code(self.chloe)
        await page.goto(str(self.server.make_url(f"/entrer#{code}")))
        await expect(page.get_by_role("heading", name="Mes ateliers")).to_be_visible()
        await page.goto(str(self.server.make_url(self.address)))
        await expect(page.locator(".column")).to_have_count(3)

    async def columns(self, page: Page | None = None) -> dict[str, list[str]]:
        """Labels, and the texts of the post-its below each."""
        script = """columns => Object.fromEntries(columns.map(column => [
            column.querySelector('input')?.value ?? column.querySelector('h2').innerText,
            [...column.querySelectorAll('.post-text')].map(text => text.innerText)]))"""
        found: dict[str, list[str]] = await (page or self.page).locator(".column").evaluate_all(script)
        return found

    async def said(self, sentence: str) -> None:
        await expect(self.page.locator("#said")).to_have_text(sentence)

    async def stored(self) -> dict[str, list[str]]:
        """The same, as the store keeps it."""

        from participation.actions.viewing import board

        whole = await self.hall.store.read(lambda tx: board(tx, self.activity.id, with_hidden=True))
        kept = {view.theme.label: sorted(idea.text for idea in view.ideas) for view in whole.themes}
        return kept | {"À classer": sorted(idea.text for idea in whole.loose)}

    async def check(self, expected: dict[str, list[str]]) -> None:
        """The page shows it and the store keeps it."""
        assert await self.stored() == expected
        await expect(self.page.locator(".column")).to_have_count(len(expected))
        assert {label: sorted(texts) for label, texts in (await self.columns()).items()} == expected


@pytest.fixture
def hall() -> Iterator[Hall]:
    store = open_store("sqlite://")
    yield Hall(store)
    store.close()


@pytest_asyncio.fixture(loop_scope="session")
async def board(page: Page, hall: Hall) -> AsyncIterator[Board]:
    chloe = await hall.person("Chloé", Role.ORGANISER)
    workshop = await hall.workshop(chloe)
    [amina] = await hall.councillors(workshop, 1)
    activity = await hall.launch(workshop, chloe, "ideas", "Vos idées ?")
    texts = ["cantine", "cour verte", "stages", "permis", "autre chose"]
    ideas = [idea for text in texts if (idea := await hall.write(amina, activity, text))]
    await hall.group(activity, [("École", ideas[:2], 0.9), ("Emploi", ideas[2:4], 0.3)])
    server = TestServer(web_house(hall))
    await server.start_server()
    board = Board(page, hall, server, chloe, activity)
    await page.set_viewport_size({"width": 1400, "height": 900})
    await board.open(page)
    yield board
    await server.close()


BEFORE = {"École": ["cantine", "cour verte"], "Emploi": ["permis", "stages"], "À classer": ["autre chose"]}


async def test_the_link_leaves_no_code_in_the_address(board: Board) -> None:
    code = await board.hall.sign_in_code(board.chloe)
    requested: list[str] = []
    board.page.on("request", lambda request: requested.append(request.url))
    await board.page.goto(str(board.server.make_url("/entrer")))
    await board.page.goto(str(board.server.make_url(f"/entrer#{code}")))
    await board.page.reload()
    await expect(board.page.get_by_role("heading", name="Mes ateliers")).to_be_visible()
    assert code not in board.page.url
    assert [url for url in requested if code in url.split("#")[0]] == []


async def test_two_ideas_in_other_words_become_one_by_a_press(board: Board) -> None:
    def propose(tx: Transaction) -> None:
        ideas = tx.ideas.of_activity(board.activity.id)
        alike = Findings(paraphrases=((ideas[2].id, ideas[3].id, 0.9),))
        tx.themes.keep_findings(board.activity.id, alike)
        tx.touch(board.activity.id)

    await board.hall.store.write(propose)
    await board.page.locator("#proposals-title").click()
    pair = board.page.locator("#paraphrases li")
    await expect(pair.locator("blockquote")).to_have_text(["stages", "permis"])
    await expect(pair.locator("span").last).to_have_text("Idée n°\u00a03, 4")
    await pair.get_by_role("button", name="C’est la même idée").click()
    await expect(pair).to_have_count(0)
    await board.check({**BEFORE, "Emploi": ["stages"]})


async def test_an_organiser_renames_moves_merges_and_undoes(board: Board) -> None:
    page = board.page
    await board.check(BEFORE)

    name = page.get_by_label("Nom du thème").first
    await name.fill("École pour tous")
    await name.press("Enter")
    await board.said("Thème nommé «\u202fÉcole pour tous\u202f».")

    await page.locator(".post-text", has_text="stages").drag_to(page.locator(".column").first.locator(".posts"))
    await board.said("Idée n°\u00a03 placée dans «\u202fÉcole pour tous\u202f».")
    await board.check(
        {"École pour tous": ["cantine", "cour verte", "stages"], "Emploi": ["permis"], "À classer": ["autre chose"]}
    )

    await page.get_by_role("button", name="Fusionner…").nth(1).click()
    await page.get_by_role("dialog").get_by_role("button", name="École pour tous").click()
    await board.said("Thèmes réunis dans «\u202fÉcole pour tous\u202f».")
    await board.check({"École pour tous": ["cantine", "cour verte", "permis", "stages"], "À classer": ["autre chose"]})

    await page.get_by_role("button", name="Annuler la fusion").click()
    await board.said("Fusion annulée.")
    await page.keyboard.press("Control+z")
    await board.said("Déplacement annulé.")
    await page.keyboard.press("Control+z")
    await board.said("Renommage annulé.")
    await expect(page.get_by_role("button", name="Rien à annuler")).to_be_disabled()
    await board.check(BEFORE)


async def test_an_idea_is_moved_with_the_keyboard_alone(board: Board) -> None:
    page = board.page
    await page.locator(".post", has_text="permis").get_by_role("button", name="Masquer").focus()
    await page.keyboard.press("m")
    await expect(page.get_by_role("dialog")).to_be_visible()
    await expect(page.get_by_role("dialog").get_by_role("button", name="École")).to_be_focused()
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")
    await board.said("Idée n°\u00a04 remise à classer.")
    await expect(page.locator(".post", has_text="permis").get_by_role("button", name="Déplacer")).to_be_focused()
    await board.check({**BEFORE, "Emploi": ["stages"], "À classer": ["autre chose", "permis"]})


async def test_escape_leaves_everything_as_it_was(board: Board) -> None:
    page = board.page
    button = page.locator(".post", has_text="permis").get_by_role("button", name="Déplacer")
    await button.click()
    await page.keyboard.press("Escape")
    await expect(button).to_be_focused()
    name = page.get_by_label("Nom du thème").first
    await name.fill("Autre nom")
    await name.press("Escape")
    await expect(name).to_have_value("École")
    await board.check(BEFORE)


async def test_a_new_theme_is_made_and_filled(board: Board) -> None:
    page = board.page
    await page.get_by_role("button", name="Nouveau thème").click()
    await page.get_by_role("textbox", name="Nom du nouveau thème").fill("Divers")
    await page.keyboard.press("Enter")
    await expect(page.locator(".column")).to_have_count(4)
    await page.locator(".post", has_text="autre chose").get_by_role("button", name="Déplacer").click()
    await page.get_by_role("dialog").get_by_role("button", name="Divers").click()
    await board.said("Idée n°\u00a05 placée dans «\u202fDivers\u202f».")
    await board.check({**BEFORE, "Divers": ["autre chose"], "À classer": []})


async def test_what_one_organiser_does_the_other_sees(board: Board, context: BrowserContext) -> None:
    other = await context.new_page()
    await other.goto(str(board.server.make_url(board.address)))
    await expect(other.locator(".column")).to_have_count(3)
    await board.page.locator(".post", has_text="cantine").get_by_role("button", name="Masquer").click()
    hidden = other.locator(".post", has_text="cantine")
    await expect(hidden).to_have_attribute("data-hidden", "true")
    await hidden.get_by_role("button", name="Montrer").click()
    await expect(board.page.locator(".post", has_text="cantine")).to_have_attribute("data-hidden", "false")


async def test_a_refusal_is_said_and_the_page_comes_back(board: Board) -> None:
    from participation.actions import grouping

    page = board.page
    school, jobs = await board.hall.store.read(lambda tx: tx.themes.of_activity(board.activity.id))
    await page.locator(".post", has_text="cantine").get_by_role("button", name="Déplacer").click()
    now = board.hall.watch.now()
    await board.hall.do(lambda tx: grouping.merge_themes(tx, board.chloe, school.id, jobs.id, now))
    await page.get_by_role("dialog").get_by_role("button", name="Emploi").click()
    await board.said("Ce thème n’est plus là.")
    merged = ["cantine", "cour verte", "permis", "stages"]
    await board.check({"École": merged, "À classer": ["autre chose"]})


async def test_a_theme_just_made_is_brought_into_view(board: Board) -> None:
    page = board.page
    ideas = await board.hall.store.read(lambda tx: tx.ideas.of_activity(board.activity.id))
    await board.hall.group(board.activity, [(f"Thème {n}", [idea], 0.9) for n, idea in enumerate(ideas)])
    await expect(page.locator(".column")).to_have_count(6)
    await page.get_by_role("button", name="Nouveau thème").click()
    await page.get_by_role("textbox", name="Nom du nouveau thème").fill("Transports")
    await page.keyboard.press("Enter")
    made = page.locator('.column[data-new="true"]')
    await expect(made).to_have_attribute("aria-label", "Transports")
    await expect(made).to_be_in_viewport(ratio=0.9)


async def test_the_marks_of_an_idea_are_never_a_column_of_words(board: Board) -> None:
    page = board.page
    await page.locator(".post-text", has_text="stages").drag_to(page.locator(".column").first.locator(".posts"))
    marks = page.locator(".post", has_text="stages").locator(".post-marks")
    await expect(marks).to_have_text("Idée n°\u00a03 · placée à la main")
    lines = "node => node.getBoundingClientRect().height / parseFloat(getComputedStyle(node).lineHeight)"
    assert await marks.evaluate(lines) < 1.5


@pytest.mark.parametrize("width", [390, 1400])
async def test_the_map_fills_its_frame_and_no_name_covers_another(board: Board, width: int) -> None:
    page = board.page
    made = await board.hall.store.read(lambda tx: tx.ideas.of_activity(board.activity.id))
    labels = ["Aire de jeux et sport", "Marché et conseiller", "Bourse et stage", "Mairie et enfants", "Travail"]
    places = {idea.id: (0.4 + 0.02 * n, 0.5 + 0.01 * n) for n, idea in enumerate(made)}
    await board.hall.group(board.activity, [(label, [idea], 0.9) for label, idea in zip(labels, made, strict=True)])
    await board.hall.do(lambda tx: tx.themes.keep_findings(board.activity.id, Findings(places=places)))
    await expect(page.locator(".column")).to_have_count(6)
    await page.set_viewport_size({"width": width, "height": 844})
    await page.get_by_text("Carte des idées").click()
    await expect(page.locator(".map text")).to_have_count(5)
    frame = await page.locator(".map svg").bounding_box()
    names = [await name.bounding_box() for name in await page.locator(".map text").all()]
    dots = [await dot.bounding_box() for dot in await page.locator(".map circle").all()]
    assert frame is not None
    across = [dot["x"] for dot in dots if dot]
    assert max(across) - min(across) > 0.8 * frame["width"]
    for one, other in combinations(filter(None, names), 2):
        is_apart = abs(one["y"] - other["y"]) >= 0.8 * one["height"]
        is_beside = one["x"] + one["width"] <= other["x"] or other["x"] + other["width"] <= one["x"]
        assert is_apart or is_beside
    for name in filter(None, names):
        assert frame["x"] - 4 <= name["x"]
        assert name["x"] + name["width"] <= frame["x"] + frame["width"] + 4
