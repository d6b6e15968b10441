"""The browser the other tests of this folder rely on is there, French, and forgets everything between two tests."""

from __future__ import annotations

from playwright.async_api import Page


async def test_the_page_speaks_french_and_lives_in_paris(page: Page) -> None:
    script = "[navigator.language, Intl.DateTimeFormat().resolvedOptions().timeZone, (1234.5).toLocaleString()]"
    assert await page.evaluate(script) == ["fr-FR", "Europe/Paris", "1\u202f234,5"]


async def test_accented_text_is_drawn_with_a_font(page: Page) -> None:
    await page.set_content("<span style='font: 40px sans-serif'>Égalité</span>")
    width = await page.locator("span").evaluate("node => node.getBoundingClientRect().width")
    assert 100 < width < 200


async def test_a_page_that_fails_a_test_is_another_one_in_the_next(page: Page) -> None:
    assert [opened.url for opened in page.context.pages] == ["about:blank"]
    assert await page.context.cookies() == []
