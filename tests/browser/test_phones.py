"""Claims about the phones page in a real browser: a facilitator and councillors use it as people do."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest_asyncio
from aiohttp import web
from playwright.async_api import BrowserContext, Locator, Page, expect

from rehearsal.botapi import BotApi
from rehearsal.crowd import Crowd
from rehearsal.phones import Links, phones_application
from tests.integration.rehearsal.toy_bot import ToyBot

TITLE = "Éducation, formation, emploi"


class Stand:
    """The page served under a prefix, with the toy bot behind it."""

    def __init__(self) -> None:
        self.api = BotApi(seed=1)
        bot = self.api.add_bot("123456:rehearsal-token", username="palabre_bot", first_name="Palabre")
        self.toy = ToyBot(self.api, bot)
        self.crowd = Crowd(self.api, 0, 7, 3000.0, bot=bot)
        self.url = ""

    async def invite(self) -> str:
        return "ANIMATION"

    async def open(self, port: int = 0) -> web.AppRunner:
        links = Links("http://127.0.0.1:9/ecran/{code}", "http://127.0.0.1:9/organisation", self.invite)
        outer = web.Application()
        page = phones_application(self.api, bot_username="palabre_bot", links=links, crowd=self.crowd)
        outer.add_subapp("/telephones/", page)
        runner = web.AppRunner(outer, shutdown_timeout=1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", port).start()
        self.url = f"http://127.0.0.1:{runner.addresses[0][1]}/telephones/"
        return runner


@pytest_asyncio.fixture(loop_scope="session")
async def stand() -> AsyncIterator[Stand]:
    stand = Stand()
    living = asyncio.create_task(stand.toy.live())
    runner = await stand.open()
    yield stand
    await runner.cleanup()
    living.cancel()
    await asyncio.gather(living, return_exceptions=True)


@pytest_asyncio.fixture(loop_scope="session")
async def phones(page: Page, stand: Stand) -> AsyncIterator[Page]:
    """The page on a laptop; a script that breaks is a failure, whatever the test looked at."""
    broken: list[str] = []
    page.on("pageerror", lambda error: broken.append(str(error)))
    await page.set_viewport_size({"width": 1280, "height": 800})
    await page.goto(stand.url)
    yield page
    assert broken == []


def phone(page: Page, name: str) -> Locator:
    return page.get_by_role("article", name=f"Téléphone de {name}", exact=True)


async def say(owner: Locator, text: str) -> None:
    await owner.get_by_label("Écrire un message").fill(text)
    await owner.get_by_label("Écrire un message").press("Enter")


async def open_workshop(page: Page) -> None:
    bruno = phone(page, "Bruno")
    await bruno.get_by_role("button", name="Ouvrir mon invitation").click()
    await expect(bruno.get_by_role("log")).to_contain_text("vous animez")
    await say(bruno, f"/atelier {TITLE}")
    await expect(bruno.locator(".picture img")).to_be_visible()


async def join(page: Page, name: str) -> Locator:
    owner = phone(page, name)
    await owner.get_by_role("button", name="Rejoindre avec le code").click()
    await owner.get_by_role("button", name="J’accepte et je participe").click()
    await expect(owner.get_by_role("log")).to_contain_text("Bienvenue")
    return owner


async def test_from_the_invitation_to_the_vote_with_the_mouse(phones: Page, stand: Stand) -> None:
    await open_workshop(phones)
    amina = await join(phones, "Amina")
    await say(phone(phones, "Bruno"), "/sondage Quel jour vous arrange ? | Samedi matin | Mercredi soir")
    await amina.get_by_role("button", name="Mercredi soir").click()
    await expect(amina.get_by_role("status")).to_have_text("Votre choix : Mercredi soir")
    assert list(stand.toy.questions[0].answers.values()) == [[1]]


async def test_the_code_seen_by_the_facilitator_opens_the_projector_link_and_fills_the_other_phones(
    phones: Page,
) -> None:
    projector = phones.get_by_role("link", name="Écran projeté")
    await expect(projector).to_have_count(0)
    await open_workshop(phones)
    await expect(projector).to_have_attribute("href", "http://127.0.0.1:9/ecran/RONDE7")
    await expect(phone(phones, "Josiane").get_by_label("Code de l’atelier")).to_have_value("RONDE7")


async def test_a_link_to_our_bot_in_a_bubble_opens_in_that_phone(phones: Page) -> None:
    await open_workshop(phones)
    bruno = phone(phones, "Bruno")
    await bruno.get_by_role("button", name="https://t.me/palabre_bot?start=RONDE7").click()
    await expect(bruno.get_by_role("button", name="J’accepte et je participe")).to_be_visible()
    assert len(phones.context.pages) == 1


async def test_an_idea_is_written_answered_to_corrected_and_erased(phones: Page, stand: Stand) -> None:
    await open_workshop(phones)
    amina = await join(phones, "Amina")
    await say(phone(phones, "Bruno"), "/idees Que changer à l’école ?")
    await expect(amina.get_by_role("log")).to_contain_text("Écrivez une idée par message.")
    await say(amina, "une crèche <b>ouverte</b> le soir")
    await expect(amina.get_by_role("log")).to_contain_text("Idée n° 1 reçue")
    idea = amina.locator(".turn[data-mine]").last
    await idea.hover()
    await idea.get_by_role("button", name="Modifier ce message").click()
    await say(amina, "une crèche ouverte la nuit")
    await expect(idea).to_contain_text("modifié")
    await expect(idea.locator(".said")).to_have_text("une crèche ouverte la nuit")
    await idea.hover()
    await idea.get_by_role("button", name="Supprimer ce message").click()
    await expect(amina.get_by_text("une crèche ouverte la nuit")).to_have_count(0)
    assert list(stand.toy.questions[0].answers.values()) == [["une crèche <b>ouverte</b> le soir"]]


async def test_the_commands_menu_is_walked_with_the_keyboard_alone(phones: Page) -> None:
    await open_workshop(phones)
    bruno = phone(phones, "Bruno")
    text = bruno.get_by_label("Écrire un message")
    await text.press_sequentially("/")
    await expect(bruno.get_by_role("menuitem")).to_have_count(4)
    await text.press_sequentially("e")
    await expect(bruno.get_by_role("menuitem")).to_have_count(1)
    await text.press("ArrowDown")
    await phones.keyboard.press("Enter")
    await expect(bruno.get_by_role("link", name="reponses.csv")).to_be_visible()
    await expect(text).to_be_focused()


async def test_a_document_is_downloaded_under_its_own_name(phones: Page) -> None:
    await open_workshop(phones)
    bruno = phone(phones, "Bruno")
    await say(bruno, "/export")
    async with phones.expect_download() as download:
        await bruno.get_by_role("link", name="reponses.csv").click()
    assert (await download.value).suggested_filename == "reponses.csv"


async def test_a_picture_is_enlarged_and_escape_closes_it(phones: Page) -> None:
    await open_workshop(phones)
    await phone(phones, "Bruno").get_by_role("button", name="Agrandir l’image").click()
    viewer = phones.get_by_role("dialog", name="Image agrandie")
    await expect(viewer.get_by_role("img")).to_be_visible()
    await phones.keyboard.press("Escape")
    await expect(viewer).to_be_hidden()


async def test_a_sticker_sent_from_the_attach_menu_is_answered(phones: Page) -> None:
    await open_workshop(phones)
    bruno = phone(phones, "Bruno")
    await bruno.get_by_role("button", name="Joindre").click()
    await bruno.get_by_role("menuitem", name="Autocollant").click()
    await expect(bruno.get_by_role("log")).to_contain_text("Je ne lis que les messages écrits.")


async def test_an_answer_shows_what_it_answers_to(phones: Page) -> None:
    await open_workshop(phones)
    bruno = phone(phones, "Bruno")
    asked = bruno.locator(".turn").filter(has_text="vous animez")
    await asked.hover()
    await asked.get_by_role("button", name="Répondre à ce message").click()
    await say(bruno, "entendu")
    sent = bruno.locator(".turn[data-mine]").filter(has_text="entendu")
    await expect(sent.locator(".quoted")).to_contain_text("vous animez cet atelier")


async def test_a_phone_is_renamed_in_place_and_taken_off_the_page(phones: Page) -> None:
    await phone(phones, "Josiane").get_by_label("Prénom").fill("Rose-Marie")
    await phones.keyboard.press("Enter")
    renamed = phone(phones, "Rose-Marie")
    await expect(renamed.locator(".owner .face")).to_have_text("RM")
    await renamed.get_by_role("button", name="Plus d’actions").click()
    await renamed.get_by_role("menuitem", name="Retirer ce téléphone").click()
    await expect(phones.get_by_role("article")).to_have_count(2)


async def test_a_sample_command_is_taken_up_where_one_types(phones: Page, stand: Stand) -> None:
    await open_workshop(phones)
    bruno = phone(phones, "Bruno")
    await bruno.get_by_role("button", name=stand.toy.code, exact=True).click()
    await expect(bruno.get_by_label("Écrire un message")).to_have_value(stand.toy.code)


async def test_a_blocked_bot_cannot_be_written_to_until_it_is_taken_back(phones: Page) -> None:
    await open_workshop(phones)
    bruno = phone(phones, "Bruno")
    await bruno.get_by_role("button", name="Plus d’actions").click()
    await bruno.get_by_role("menuitem", name="Bloquer le robot").click()
    await expect(bruno.get_by_label("Écrire un message")).to_be_hidden()
    await bruno.get_by_role("button", name="Débloquer").click()
    await expect(bruno.get_by_label("Écrire un message")).to_be_visible()


async def test_the_crowd_comes_in_from_the_panel(phones: Page, stand: Stand) -> None:
    start = phones.get_by_role("button", name="Faire entrer la salle")
    await expect(start).to_be_disabled()
    await open_workshop(phones)
    await phones.get_by_label("Nombre de personnes simulées").fill("20")
    await start.click()
    await expect(phones.get_by_role("button", name="Suspendre")).to_be_visible()
    await stand.crowd.rest()
    await expect(phones.get_by_label("La salle simulée")).to_contain_text(f"{len(stand.toy.members)} présents")
    assert len(stand.toy.members) >= 17


async def test_the_page_finds_its_way_back_after_the_server_was_restarted(page: Page) -> None:
    stand = Stand()
    runner = await stand.open()
    port = runner.addresses[0][1]
    await page.goto(stand.url)
    await expect(phone(page, "Bruno")).to_be_visible()
    await runner.cleanup()
    await expect(page.get_by_text("Liaison perdue")).to_be_visible()
    runner = await Stand().open(port)
    await expect(page.get_by_text("Liaison perdue")).to_be_hidden()
    await expect(page.get_by_role("article")).to_have_count(3)
    await runner.cleanup()


async def test_a_narrow_screen_shows_one_phone_at_a_time_with_tabs(phones: Page) -> None:
    await phones.set_viewport_size({"width": 390, "height": 844})
    await expect(phone(phones, "Bruno")).to_be_visible()
    await expect(phone(phones, "Amina")).to_be_hidden()
    await phones.get_by_role("tab", name="Bruno").press("ArrowRight")
    await expect(phone(phones, "Amina")).to_be_visible()
    await expect(phone(phones, "Bruno")).to_be_hidden()
    await phones.get_by_role("tab", name="Salle simulée").click()
    await expect(phones.get_by_label("Nombre de personnes simulées")).to_be_visible()
    assert await phones.evaluate("document.documentElement.scrollWidth <= innerWidth")


async def test_the_night_follows_the_system_until_somebody_chooses(context: BrowserContext, stand: Stand) -> None:
    page = await context.new_page()
    await page.emulate_media(color_scheme="dark")
    await page.goto(stand.url)
    root = page.locator("html")
    await expect(root).to_have_attribute("data-theme", "dark")
    await page.get_by_role("button", name="Changer de lumière").click()
    await page.reload()
    await expect(root).to_have_attribute("data-theme", "light")


async def test_the_browser_finds_nothing_against_the_security_policy(page: Page, stand: Stand) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
    await page.goto(stand.url)
    await open_workshop(page)
    assert said == []
