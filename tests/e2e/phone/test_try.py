"""A stranger opens `/try`: on a large and a small screen, with a mouse and without."""

import re

import pytest
from playwright.async_api import Page, expect

from tests.e2e.phone.back_end import BackEnd
from tests.e2e.phone.conftest import Open

pytestmark = pytest.mark.asyncio(loop_scope="module")  # one browser serves them all

CONTRAST_AA = 4.5
COLOURS = """(selector) => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const luminance = (colour, under) => {
    canvas.fillStyle = under; canvas.fillRect(0, 0, 1, 1);
    canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1);
    const [r, g, b] = [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3)
      .map((c) => c / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const opaque = (node) => {
    const ground = getComputedStyle(node).backgroundColor;
    return /, 0\\)$|transparent/.test(ground) ? opaque(node.parentElement) : ground;
  };
  const seen = [...document.querySelectorAll(selector)].filter((node) => node.offsetParent);
  return seen.map((node) => {
    const under = opaque(node);
    const [ink, ground] = [luminance(getComputedStyle(node).color, under), luminance(under, under)];
    const [light, dark] = ink > ground ? [ink, ground] : [ground, ink];
    return [(light + 0.05) / (dark + 0.05), node.className + " " + node.textContent.slice(0, 30)];
  });
}"""
WORDS = (
    ".time, .print, .body p, .choice, .person-words > *, .bills span, .sayings button, h2, "
    ".head-words strong, .brand p, .tabs button, .state, .staff-row p, .staff-row small"
)


async def send(page: Page, text: str) -> None:
    await page.fill("#words", text)
    await page.press("#words", "Enter")


async def test_a_bill_is_asked_for_and_paid(open_page: Open, served: BackEnd) -> None:
    page = await open_page()

    await send(page, "mera bill kitna hai")
    await page.click("text=भुगतान करें")
    async with page.context.expect_page() as opened:
        await page.click("#log .body a")
    pay = await opened.value
    await expect(pay.get_by_text("Practice page, no real money")).to_be_visible()
    await expect(pay.get_by_text("अभ्यास पेज, असली पैसा नहीं कटेगा")).to_be_visible()
    await pay.click("text=Pay by UPI")

    await expect(pay.get_by_text("This is paid")).to_be_visible()
    await expect(page.locator(".staff-row.payment .state").first).to_have_text("paid")


async def test_a_list_opens_at_the_foot_of_the_phone_and_is_picked_from(open_page: Open) -> None:
    page = await open_page()
    await send(page, "menu")

    await page.click("button[aria-haspopup=dialog]")
    await expect(page.get_by_role("dialog")).to_be_visible()
    await page.get_by_role("dialog").get_by_text("बिजली नहीं है").click()

    await expect(page.get_by_role("dialog")).to_be_hidden()
    await expect(page.locator("#log")).to_contain_text("You said: outage")


async def test_the_phone_is_used_without_a_mouse(open_page: Open) -> None:
    page = await open_page()

    await page.focus("#tab-whatsapp")
    await page.keyboard.press("ArrowRight")
    await expect(page.locator("#tab-sms")).to_be_focused()
    await expect(page.locator("#tab-sms")).to_have_attribute("aria-selected", "true")
    reached = []
    for _ in range(12):
        await page.keyboard.press("Tab")
        reached.append(await page.evaluate("document.activeElement.id"))
        if reached[-1] == "words":
            break
    assert reached[-1] == "words"
    assert await page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    await page.keyboard.type("BILL 901010000123")
    await page.keyboard.press("Enter")

    await expect(page.locator("#log .theirs .print")).to_have_text("1 SMS part")
    await expect(page.locator("#log")).to_have_attribute("aria-live", "polite")


async def test_a_message_is_changed_on_telegram(open_page: Open, served: BackEnd) -> None:
    page = await open_page()
    await page.click("#tab-telegram")
    await send(page, "901010000123")
    await page.wait_for_selector("#log .choice")

    await page.focus("#log .pencil")
    await page.keyboard.press("Enter")
    await send(page, "901010000124")

    await expect(page.locator("#log")).to_contain_text("changed: 901010000124")
    await expect(page.locator("#log .mine").first).to_contain_text("edited")


async def test_the_number_is_shared_by_the_button_the_bot_offers(open_page: Open) -> None:
    page = await open_page()
    await page.click("#tab-telegram")
    await send(page, "/start")

    await page.click("#keyboard .choice")

    await expect(page.locator("#log .mine .file")).to_contain_text("+919829012345")


async def test_voice_picture_place_and_sticker_are_sent(open_page: Open) -> None:
    page = await open_page()

    for name in ("Voice note", "Photo of the meter", "Location", "Sticker"):
        await page.click("#attach")
        await page.get_by_role("button", name=name).click()

    await expect(page.locator("#log .mine")).to_have_count(4)


async def test_each_person_has_a_phone_of_their_own(open_page: Open) -> None:
    page = await open_page()
    await send(page, "hello")
    await expect(page.locator("#log .theirs")).to_have_count(1)

    await page.click("text=Ravi Meena")

    await expect(page.locator("#log .bubble")).to_have_count(0)


async def test_the_page_speaks_hindi(open_page: Open) -> None:
    page = await open_page(locale="hi-IN")

    await expect(page.locator("html")).to_have_attribute("lang", "hi")
    await expect(page.get_by_text("कर्मचारियों को क्या दिखता है")).to_be_visible()
    await page.click("[data-language=en]")
    await page.reload()

    await expect(page.get_by_text("What staff see")).to_be_visible()


async def test_a_server_that_fails_is_no_silence(open_page: Open, served: BackEnd) -> None:
    page = await open_page()
    served.failing = True

    await send(page, "hello")

    await expect(page.get_by_role("status")).to_have_text(re.compile("503"))


async def test_nothing_sticks_out_of_a_small_screen(open_page: Open) -> None:
    page = await open_page(width=360)
    for tab in ("whatsapp", "sms", "telegram"):
        await page.click(f"#tab-{tab}")
        await send(page, "mera bill kitna hai, https://example.org/" + "x" * 80)
        await page.wait_for_selector("#log .theirs .body")

        assert await page.evaluate("document.documentElement.scrollWidth") == 360
        field = await page.locator("#words").bounding_box()
        assert field is not None
        assert field["y"] + field["height"] <= 800


async def test_words_are_readable_in_light_and_dark(open_page: Open) -> None:
    for scheme in ("light", "dark"):
        page = await open_page(scheme=scheme)
        for tab in ("whatsapp", "sms", "telegram"):
            await page.click(f"#tab-{tab}")
            await send(page, "bill")
            await page.wait_for_selector("#log .theirs .body p")

            faint = [
                (round(ratio, 2), where)
                for ratio, where in await page.evaluate(COLOURS, WORDS)
                if ratio < CONTRAST_AA
            ]
            assert not faint, f"{scheme}, {tab}"


async def test_the_colours_can_be_chosen_and_are_remembered(open_page: Open) -> None:
    page = await open_page(scheme="light")
    ground = "getComputedStyle(document.body).backgroundColor"
    light = await page.evaluate(ground)

    await page.click("#theme")
    dark = await page.evaluate(ground)
    await page.reload()

    assert dark != light
    await page.wait_for_selector(".person")
    assert await page.evaluate(ground) == dark
