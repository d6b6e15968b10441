"""The main job, as people live it: a facilitator and two councillors on their phones, the projected page on the wall.

The real command runs (`palabre rehearse`), a real browser presses and types; nothing here knows the program from inside.
"""

from __future__ import annotations

import asyncio
import os
import re
import socket
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest_asyncio
from playwright.async_api import BrowserContext, Locator, Page, expect

SECONDS_TO_START = 90
"""A busy machine of two cores that loads everything for the first time."""


@dataclass(frozen=True)
class Room:
    """Where the phones and the site are served."""

    phones: str
    site: str


@pytest_asyncio.fixture(loop_scope="session")
async def room(tmp_path: Path) -> AsyncIterator[Room]:
    """`palabre rehearse`, started as a newcomer would, in an empty folder."""
    site, phones = _free_port(), _free_port()
    process = await asyncio.create_subprocess_exec(
        Path(sys.executable).parent / "palabre",
        "rehearse",
        "--no-browser",
        "--port",
        str(phones),
        cwd=tmp_path,
        env={**os.environ, "PALABRE__WEB__PORT": str(site)},
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    async with asyncio.timeout(SECONDS_TO_START):
        while b"127.0.0.1" not in await process.stdout.readline():
            pass
    yield Room(f"http://127.0.0.1:{phones}/", f"http://127.0.0.1:{site}")
    process.terminate()
    await asyncio.wait_for(process.wait(), 20)


async def test_a_question_goes_from_the_facilitators_phone_to_the_wall(room: Room, context: BrowserContext) -> None:
    page = await context.new_page()
    await page.goto(room.phones)
    bruno = Phone(page, 0)
    await page.get_by_role("button", name="Ouvrir mon invitation").click()
    await bruno.reads("Bienvenue")
    await bruno.writes("/atelier Notre quartier")
    await bruno.reads(re.compile(r"Code\s*: [A-Z2-9]{6}"))
    code = await bruno.code()
    for number in (1, 2):
        await page.get_by_role("button", name="Rejoindre avec le code").first.click()
        await Phone(page, number).presses("accepte")
    await bruno.writes("/sondage Le bus passe-t-il assez souvent ? | Oui | Non")
    await bruno.presses("Lancer")

    wall = await context.new_page()
    await wall.goto(f"{room.site}/ecran/{code}")
    await expect(wall.get_by_text("Le bus passe-t-il assez souvent")).to_be_visible()
    await Phone(page, 1).presses("Oui")
    await expect(wall.get_by_text("1 réponse sur 2")).to_be_visible()
    assert "100" not in await wall.locator("main").inner_text(), "masked figures must not reach the wall"
    await Phone(page, 2).writes("non")
    await expect(wall.get_by_text("2 réponses sur 2")).to_be_visible()
    await Phone(page, 1).reads("Votre choix")

    await bruno.presses("Montrer à la salle")
    await expect(wall.get_by_text("50 %").first).to_be_visible()
    await Phone(page, 1).presses("Non")
    await expect(wall.get_by_text("100 %").first).to_be_visible()
    await bruno.presses("Fermer")
    await expect(wall.get_by_text("Fermée").first).to_be_visible()


class Phone:
    """One of the phones on the page, by its place from the left."""

    def __init__(self, page: Page, place: int) -> None:
        self._page = page
        self._box: Locator = page.get_by_role("textbox", name="Écrire un message").nth(place)
        self._frame: Locator = page.locator(".phone").nth(place)

    async def writes(self, text: str) -> None:
        await self._box.fill(text)
        await self._box.press("Enter")

    async def presses(self, label: str) -> None:
        await self._frame.get_by_role("button", name=label).last.click()

    async def reads(self, text: str | re.Pattern[str]) -> None:
        await expect(self._frame.get_by_text(text).last).to_be_visible()

    async def code(self) -> str:
        found = re.search(r"Code\s*:\s*([A-Z2-9]{6})", await self._frame.inner_text())
        assert found is not None
        return found[1]


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port
