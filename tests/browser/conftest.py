"""A real browser for the tests of this folder: one Chromium a session, a fresh page a test, a picture when it fails."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Generator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, Error, Page, async_playwright

from tests.browser.chromium import PROJECT, Chromium, NoBrowser, find_chromium

SCREENSHOTS = PROJECT / "var" / "screenshots"
HERE = Path(__file__).parent
FAILED = pytest.StashKey[bool]()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run the tests of this folder in the session's event loop, the one the browser lives in."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if report.when == "call":
        item.stash[FAILED] = report.failed
    return report


@pytest.fixture(scope="session")
def chromium() -> Chromium:
    """The browser's files; where it cannot be had, skip, except in CI, where a missing browser is a failure."""
    try:
        return find_chromium()
    except NoBrowser as reason:
        if os.environ.get("CI"):
            raise
        pytest.skip(f"no browser here: {reason}")


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser(chromium: Chromium) -> AsyncIterator[Browser]:
    """A headless Chromium shared by the whole session."""
    async with async_playwright() as playwright:
        running = await playwright.chromium.launch(
            executable_path=chromium.executable,
            env={**chromium.environment},
            args=["--font-render-hinting=none"],
        )
        yield running
        await running.close()


@pytest_asyncio.fixture(loop_scope="session")
async def context(browser: Browser, request: pytest.FixtureRequest) -> AsyncIterator[BrowserContext]:
    """A French visitor with empty cookies; open as many pages as the story has screens."""
    visitor = await browser.new_context(locale="fr-FR", timezone_id="Europe/Paris")
    visitor.set_default_timeout(10_000)
    yield visitor
    if request.node.stash.get(FAILED, False):
        await _photograph(visitor, request.node.name)
    await visitor.close()


@pytest_asyncio.fixture(loop_scope="session")
async def page(context: BrowserContext) -> Page:
    """One page of that visitor."""
    return await context.new_page()


async def _photograph(visitor: BrowserContext, test: str) -> None:
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    name = "".join(letter if letter.isalnum() else "-" for letter in test)
    for number, opened in enumerate(visitor.pages, start=1):
        try:
            await opened.screenshot(path=SCREENSHOTS / f"{name}-{number}.png", full_page=True)
        except Error as reason:  # the page may be what failed: the test's own error matters more
            (SCREENSHOTS / f"{name}-{number}.txt").write_text(str(reason), encoding="utf-8")
