"""Bill and payment from the first word to the receipt, on the whole program."""

import csv
import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import aiohttp

from models.bill import IST
from simulators.telegram_updates import TelegramPerson
from tests.e2e.served import Town, bijli, town, until

DUE, OVERDUE, PART = "901010000123", "901010000131", "901010000170"
ASHA = "+919999012345"
MIRA = TelegramPerson(4242, "Mira")


async def payer_opens(place: Town, words: str) -> str:
    """Follow the short link in a message; gives the gateway's id of the link."""
    short = re.search(r"http://\S+/p/\w{8}", words)
    assert short is not None, words
    async with (
        aiohttp.ClientSession() as browser,
        browser.get(short.group(), allow_redirects=False) as answer,
    ):
        assert answer.status == 303, await answer.text()
        return answer.headers["Location"].rsplit("/", 1)[1]


async def payer_returns(place: Town, link_id: str, payment_id: str) -> str:
    """The page a payer sees after paying."""
    link = place.razorpay.link(link_id)
    assert link is not None
    async with (
        aiohttp.ClientSession() as browser,
        browser.get(place.razorpay.callback(link, payment_id)) as answer,
    ):
        assert answer.status == 200
        return await answer.text()


def listener(place: Town, person: str, channel: str) -> Callable[[int], str]:
    return lambda count: place.said_to(person, channel)[count - 1]


async def test_bill_link_payment_and_receipt_on_three_channels(
    database_url: str, tmp_path: Path
) -> None:
    async with town(database_url, tmp_path) as place:
        await place.serve()

        # WhatsApp, in Hindi.
        said = listener(place, ASHA, "whatsapp")
        await place.twilio.person_says("whatsapp", ASHA, f"मेरा बिल कितना है {DUE}")
        await until(lambda: len(place.said_to(ASHA)) == 1)
        assert "₹1,240" in said(1)
        assert "अंतिम तिथि" in said(1)
        assert "र** कु**" in said(1)
        await place.twilio.person_says("whatsapp", ASHA, "भुगतान करना है")
        await until(lambda: len(place.said_to(ASHA)) == 2)
        link = await payer_opens(place, said(2))
        payment = place.razorpay.pay(link)
        assert "₹1,240" in await payer_returns(place, link, payment)
        await until(lambda: len(place.said_to(ASHA)) == 3)
        assert re.search(r"मिल गए.*PAY-\w{6}", said(3))
        await place.twilio.person_says("whatsapp", ASHA, "रसीद दो")
        await until(lambda: len(place.said_to(ASHA)) == 4)
        receipt = re.search(r"PAY-\w{6}", said(3))
        assert receipt is not None
        assert receipt.group() in said(4)

        # SMS, by keyword; the gateway's bell is lost, and asking about the payment finds it.
        text = listener(place, ASHA, "sms")
        place.razorpay.bell.url = ""
        await place.twilio.person_says("sms", ASHA, "PAY 9010 1000 0131")
        await until(lambda: len(place.said_to(ASHA, "sms")) == 1)
        place.razorpay.pay(await payer_opens(place, text(1)))
        await place.twilio.person_says("sms", ASHA, "mera paisa pahuncha kya")
        await until(lambda: len(place.said_to(ASHA, "sms")) == 3)
        assert any("Received" in it or "mil gaye" in it for it in place.said_to(ASHA, "sms"))
        place.razorpay.bell.url = f"{place.url}/webhooks/razorpay"

        # Telegram, in English: a part is left to pay, and is paid twice.
        told = listener(place, str(MIRA.id), "telegram")
        await place.telegram.says(MIRA, f"how much is my bill {PART}")
        await until(lambda: len(place.said_to(str(MIRA.id), "telegram")) == 1)
        assert "K-number 901010000170" in told(1)
        await place.telegram.says(MIRA, "send me the payment link please")
        await until(lambda: len(place.said_to(str(MIRA.id), "telegram")) == 2)
        place.razorpay.pay_twice(await payer_opens(place, told(2)))
        await until(lambda: "already paid" in "\n".join(place.said_to(str(MIRA.id), "telegram")))
        assert re.search(r"Receipt PAY-\w{6}", "\n".join(place.said_to(str(MIRA.id), "telegram")))

        # The day's payments go to the billing system, and come back matched.
        today = datetime.now(IST).date().isoformat()
        exported = bijli("collections", "export", "--date", today, env=place.env)
        assert exported.returncode == 0, exported.stderr
        rows = list(csv.DictReader(exported.stdout.splitlines()))
        assert {row["k_number"] for row in rows} == {DUE, OVERDUE, PART}
        back = tmp_path / "collections.csv"
        back.write_text(exported.stdout)
        imported = bijli("import", "collections", str(back), env=place.env)
        assert imported.returncode == 0, imported.stderr
        assert "0 new" in imported.stdout
        audited = bijli("audit", env=place.env)
        assert audited.returncode == 0, audited.stdout
