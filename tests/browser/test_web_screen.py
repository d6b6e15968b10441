"""In a real browser, the projected page moves by itself within two seconds of a commit, and is readable by everybody."""

from collections.abc import AsyncIterator, Iterator

import pytest
import pytest_asyncio
from aiohttp.test_utils import TestServer
from playwright.async_api import FloatRect, Page, expect

from app.wall_clouds import WallClouds
from participation.actions.hiding import hide_words
from participation.model.people import Role
from participation.ports import Transaction
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
    clouds = WallClouds(0)
    server = TestServer(web_house(hall, clouds=clouds))
    await server.start_server()
    yield server
    await server.close()
    clouds.close()


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


async def test_the_cloud_keeps_its_words_gliding_says_them_as_text_and_drops_a_hidden_one_at_once(
    page: Page, hall: Hall, server: TestServer, problems: list[str]
) -> None:
    bruno = await hall.person("Bruno", Role.FACILITATOR)
    workshop = await hall.workshop(bruno)
    amina, driss = await hall.councillors(workshop, 2)
    words = await hall.launch(workshop, bruno, "words", "Un mot ?")
    await hall.write(amina, words, "école, transports en commun, bruit")
    await hall.reveal(words)
    await page.set_viewport_size({"width": 1920, "height": 1080})
    await page.goto(str(server.make_url(f"/ecran/{workshop.code}")))
    school = page.locator(".cloud text", has_text="école")
    await expect(school).to_be_visible(timeout=30_000)
    await expect(page.locator(".cloud text", has_text="transports en commun")).to_have_count(1)
    await school.evaluate("node => { node.kept = true; }")

    await hall.write(driss, words, "écoles, parc")
    await expect(page.locator(".cloud text", has_text="parc")).to_be_visible(timeout=5_000)
    assert await school.evaluate("node => node.kept"), "the word is moved, not written again"
    await expect(page.get_by_role("img", name="Nuage de mots. Les plus donnés\u00a0: école (2)")).to_be_visible()
    await expect(page.locator(".cloud-lines li").first).to_have_text("école 2")

    def hide(tx: Transaction) -> None:
        hide_words(tx, tx.workshops.get(workshop.id) or workshop, "Bruits", hall.watch.now())

    await hall.do(hide)
    await expect(page.locator(".cloud").get_by_text("bruit")).to_have_count(0, timeout=WITHIN)
    assert problems == []


async def test_the_ideas_of_the_wall_are_a_cloud_when_somebody_presses_n(
    page: Page, hall: Hall, server: TestServer, problems: list[str]
) -> None:
    bruno = await hall.person("Bruno", Role.FACILITATOR)
    workshop = await hall.workshop(bruno)
    [amina] = await hall.councillors(workshop, 1)
    ideas = await hall.launch(workshop, bruno, "ideas", "Vos idées ?")
    await hall.write(amina, ideas, "des bus le soir")
    await hall.reveal(ideas)
    await page.goto(str(server.make_url(f"/ecran/{workshop.code}")))
    await expect(page.locator(".note")).to_be_visible()
    await page.keyboard.press("n")
    await expect(page.locator(".cloud text", has_text="bus")).to_be_visible(timeout=30_000)
    await page.keyboard.press("n")
    await expect(page.locator(".note")).to_be_visible()
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


async def test_beside_a_crowd_the_bar_is_drawn_and_the_note_has_a_line_of_its_own(
    page: Page, hall: Hall, server: TestServer
) -> None:
    bruno = await hall.person("Bruno", Role.FACILITATOR)
    workshop = await hall.workshop(bruno)
    people = await hall.councillors(workshop, 50)
    vote = await hall.launch(workshop, bruno, "single", "Le bus passe-t-il assez souvent ? | Oui | Non")
    for person in people[:31]:
        await hall.vote(person, vote, 0)
    await page.set_viewport_size({"width": 1920, "height": 1080})
    await page.goto(str(server.make_url(f"/ecran/{workshop.code}")))
    await expect(page.locator(".seat")).to_have_count(50)
    seats, note = await _box(page, "#seats"), await _box(page, "#note")
    assert note["y"] >= seats["y"] + seats["height"], "under the seats, not beside them"
    assert note["height"] < 50, "one line"

    await hall.councillors(workshop, 12, first=51)
    await expect(page.locator("#answered")).to_have_text("31 réponses sur 62", timeout=WITHIN)
    fill = page.locator("#seats .share-fill")
    await fill.evaluate("node => Promise.all(node.getAnimations().map(one => one.finished))")
    track, filled = await _box(page, "#seats"), await _box(page, "#seats .share-fill")
    assert filled["height"] > 10
    assert abs(filled["width"] / track["width"] - 0.5) < 0.02


async def test_hidden_ideas_are_counted_once_with_what_is_counted(page: Page, hall: Hall, server: TestServer) -> None:
    bruno = await hall.person("Bruno", Role.FACILITATOR)
    workshop = await hall.workshop(bruno)
    amina, _ = await hall.councillors(workshop, 2)
    ideas = await hall.launch(workshop, bruno, "ideas", "Que changer ?")
    await hall.write(amina, ideas, "des bus le soir")
    await page.goto(str(server.make_url(f"/ecran/{workshop.code}")))
    await expect(page.locator(".hush-count")).to_have_text("1 réponse sur 2")
    await expect(page.locator("#stage")).to_have_attribute("data-hushed", "true")
    assert await page.locator("#answered").evaluate("node => getComputedStyle(node).clipPath") == "inset(50%)"
    await hall.reveal(ideas)
    await expect(page.locator("#stage")).to_have_attribute("data-hushed", "false", timeout=WITHIN)


@pytest.mark.parametrize("count", [4, 9, 12])
async def test_each_theme_has_its_label_its_count_its_bar_and_what_there_is_room_for(
    page: Page, hall: Hall, server: TestServer, count: int
) -> None:
    bruno = await hall.person("Bruno", Role.FACILITATOR)
    workshop = await hall.workshop(bruno)
    [amina] = await hall.councillors(workshop, 1)
    ideas = await hall.launch(workshop, bruno, "ideas", "Que changer dans le quartier ?")
    texts = [f"Des bancs devant l’école numéro {n}, pour attendre les enfants" for n in range(2 * count)]
    made = [idea for text in texts if (idea := await hall.write(amina, ideas, text))]
    labels = ["Sports, loisirs et sorties du soir" if n % 2 else f"École {n}" for n in range(count)]
    await hall.reveal(ideas)
    await hall.group(ideas, [(label, made[n::count], 0.1 + 0.8 * (n % 2)) for n, label in enumerate(labels)])
    await page.set_viewport_size({"width": 1920, "height": 1080})
    await page.goto(str(server.make_url(f"/ecran/{workshop.code}")))
    await expect(page.locator(".group")).to_have_count(count)
    await expect(page.locator(".group-fragile", has_text="à relire")).to_have_count((count + 1) // 2)
    await expect(page.get_by_text("stable à")).to_have_count(0)
    outside = """cards => cards.flatMap((card) => {
        const frame = card.getBoundingClientRect();
        const parts = [...card.querySelectorAll("h3, p:not(:empty), .group-share, li:not([hidden])")];
        return parts.map((part) => part.getBoundingClientRect())
            .filter((box) => box.width < 1 || box.height < 1 || box.bottom > frame.bottom || box.right > frame.right);
    }).length"""
    assert await page.locator(".group").evaluate_all(outside) == 0
    assert await page.locator(".group li:visible").count() >= count // 2
    assert "\u00a0· " in await page.locator("#note").inner_text(), "a line may end with the dot, never start with it"


async def _box(page: Page, selector: str) -> FloatRect:
    found = await page.locator(selector).bounding_box()
    assert found is not None
    return found
