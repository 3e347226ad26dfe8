"""A browser, and `/try` with a small back end behind it."""

from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, async_playwright

from tests.e2e.phone.back_end import BackEnd, back_end

Open = Callable[..., Awaitable[Page]]


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def browser(chromium: str) -> AsyncIterator[Browser]:
    """The machine's own Chromium."""
    async with async_playwright() as playwright:
        # Chromium refuses its sandbox to root, whom CI often is.
        browser = await playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="module")
async def served() -> AsyncIterator[BackEnd]:
    """`/try`, served."""
    async with back_end() as behind:
        yield behind


@pytest.fixture
def open_page(browser: Browser, served: BackEnd) -> Open:
    """Opens `/try` in a fresh browser; an error in its script fails the test."""

    async def opened(*, width: int = 1280, scheme: str = "light", locale: str = "en-IN") -> Page:
        context = await browser.new_context(
            viewport={"width": width, "height": 800},
            color_scheme="dark" if scheme == "dark" else "light",
            locale=locale,
        )
        page = await context.new_page()
        page.on("pageerror", _fail)
        page.set_default_timeout(15_000)
        await page.goto(f"{served.origin}/try")
        await page.wait_for_selector(".person")
        return page

    return opened


def _fail(error: Exception) -> None:
    raise error
