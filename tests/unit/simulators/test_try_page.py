"""What `/try` takes from its page, and what it gives to it."""

import asyncio
import json
from collections.abc import AsyncIterator
from email.message import EmailMessage
from email.policy import SMTP

import aiosmtplib
import pytest
from aiohttp import ClientSession, ClientTimeout, web

from simulators.demo import Simulators
from simulators.running import LOOPBACK
from simulators.samples import PICTURE
from simulators.try_page import SampleBill, StaffRow, add_try_routes
from simulators.try_phone import SamplePerson
from tests.unit.simulators.ears import Ears

ASHA = SamplePerson("+919829012345", "आशा", "registered", "पंजीकृत")
ROW = StaffRow("message-1", 1_795_400_000_000, "message", "BILL", "answered", "sms")


class Page:
    def __init__(self, simulators: Simulators, base: str, browser: ClientSession) -> None:
        self.simulators, self.base, self.browser = simulators, base, browser

    async def say(self, **asked: object) -> int:
        body = {"person": ASHA.phone, "channel": "sms", "kind": "text", **asked}
        async with self.browser.post(f"{self.base}/try/say", json=body) as response:
            return response.status


@pytest.fixture
async def page(ears: Ears) -> AsyncIterator[Page]:
    simulators = await Simulators.start(ears.base)

    async def people() -> tuple[SamplePerson, ...]:
        return (ASHA,)

    async def bills() -> tuple[SampleBill, ...]:
        return (SampleBill("901010000123", "due", "देय"),)

    async def staff() -> tuple[StaffRow, ...]:
        return (ROW,)

    app = web.Application()
    add_try_routes(app, simulators, people=people, bills=bills, staff=staff)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, LOOPBACK, 0).start()
    async with ClientSession() as browser:
        yield Page(simulators, f"http://{LOOPBACK}:{runner.addresses[0][1]}", browser)
    await runner.cleanup()
    await simulators.close()


async def test_words_go_through_the_webhook_signed(page: Page, ears: Ears) -> None:
    assert await page.say(text="BILL") == 200

    assert ears.calls[0].form["Body"] == "BILL"
    assert ears.calls[0].headers["X-Twilio-Signature"]


@pytest.mark.parametrize(
    "asked",
    [
        {"text": ""},
        {"text": "x" * 4097},
        {"kind": "voice"},
        {"kind": "dance", "channel": "whatsapp"},
        {"kind": "contact", "channel": "whatsapp"},
        {"channel": "fax", "text": "x"},
        {"person": "+919999999999", "text": "x"},
        {"channel": "telegram", "kind": "tap", "message": "telegram:1:1", "payload": "x"},
        {"channel": "telegram", "kind": "edit", "message": "SM1", "text": "x"},
    ],
)
async def test_what_no_phone_can_do_is_refused(
    page: Page, ears: Ears, asked: dict[str, str]
) -> None:
    assert await page.say(**asked) == 400

    assert not ears.calls


async def test_a_form_of_a_foreign_page_is_refused(page: Page, ears: Ears) -> None:
    body = json.dumps({"person": ASHA.phone, "channel": "sms", "kind": "text", "text": "x"})

    async with page.browser.post(
        f"{page.base}/try/say", data=body, headers={"Content-Type": "text/plain"}
    ) as response:
        assert response.status == 415

    assert not ears.calls


@pytest.mark.parametrize("kind", ["voice", "picture", "sticker", "location"])
@pytest.mark.parametrize("channel", ["whatsapp", "telegram"])
async def test_what_is_more_than_words_goes_through_too(
    page: Page, ears: Ears, channel: str, kind: str
) -> None:
    assert await page.say(channel=channel, kind=kind) == 200

    assert len(ears.calls) == 1
    (bubble,) = page.simulators.phones.on(channel)
    assert [one.kind for one in bubble.attachments] == [kind]


async def test_a_message_is_changed_and_a_number_shared_on_telegram(page: Page, ears: Ears) -> None:
    await page.say(channel="telegram", text="bil")
    (written,) = page.simulators.phones.on("telegram")

    await page.say(channel="telegram", kind="edit", message=written.id, text="bill")
    await page.say(channel="telegram", kind="contact")
    await page.say(channel="telegram", kind="other_contact")

    updates = [json.loads(call.body) for call in ears.calls]
    assert updates[1]["edited_message"]["text"] == "bill"
    own, other = (update["message"]["contact"]["user_id"] for update in updates[2:])
    assert own == ASHA.telegram().id
    assert other != own


async def test_a_picture_can_be_looked_at_and_runs_nothing(page: Page) -> None:
    await page.say(channel="telegram", kind="picture")
    (bubble,) = page.simulators.phones.on("telegram")

    async with page.browser.get(page.base + bubble.attachments[0].url) as response:
        assert await response.read() == PICTURE
        assert "sandbox" in response.headers["Content-Security-Policy"]
    async with page.browser.get(f"{page.base}/try/files/none") as response:
        assert response.status == 404


async def test_news_streams_until_the_server_ends(page: Page) -> None:
    await page.say(text="early")
    seen: list[str] = []

    async with page.browser.get(
        f"{page.base}/try/events", timeout=ClientTimeout(total=10)
    ) as stream:
        async for line in stream.content:
            text = line.decode()
            if "early" in text:
                seen.append("early")
                await asyncio.gather(page.say(text="later"))
            if "message-1" in text:
                seen.append("staff")
            if "later" in text:
                seen.append("later")
            if {"later", "staff"} <= set(seen):
                break

    assert seen[0] == "early"


async def test_the_page_allows_only_what_is_its_own(page: Page) -> None:
    async with page.browser.get(f"{page.base}/try") as response:
        assert "default-src 'none'" in response.headers["Content-Security-Policy"]
        text = await response.text()

    assert "style=" not in text
    for name in ("try.js", "try_words.js", "try.css"):
        async with page.browser.get(f"{page.base}/try/{name}") as response:
            assert response.status == 200


async def test_the_page_is_told_who_can_be_played_and_what_can_be_asked(page: Page) -> None:
    async with page.browser.get(f"{page.base}/try/setup") as response:
        setup = await response.json()

    assert setup["people"][0]["telegram"] == str(ASHA.telegram().id)
    assert setup["bills"][0]["k_number"] == "901010000123"


async def test_mails_stand_in_the_mailbox_with_their_links_and_files(page: Page) -> None:
    simulators = page.simulators
    mail = EmailMessage(policy=SMTP)
    mail["From"], mail["To"], mail["Subject"] = "a@b.in", "asha@example.in", "रसीद <b>"
    mail.set_content("यहां खोलें: https://bot.example/e/x")
    mail.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="रसीद.pdf")
    await aiosmtplib.send(mail, hostname=LOOPBACK, port=simulators.mail.port, start_tls=False)

    async with page.browser.get(f"{page.base}/try/mail") as response:
        text = await response.text()
    async with page.browser.get(f"{page.base}/try/mail/0/0") as response:
        file = await response.read()
    async with page.browser.get(f"{page.base}/try/mail/0/1") as response:
        missing = response.status

    assert "रसीद &lt;b&gt;" in text
    assert 'href="https://bot.example/e/x"' in text
    assert "रसीद.pdf" in text
    assert (file, missing) == (b"%PDF", 404)
