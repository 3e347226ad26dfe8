"""E-mail in the whole house: an address is named, confirmed, and gets its receipts."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest_asyncio
from sqlalchemy import select

from models.message import HINDI
from simulators.smtp import Mail, MailServer, Verdict
from storage import emails, outbox
from storage.seals import Seals
from storage.tables import conversation, email
from tests.integration.talking_town import ME, K, Town, town, until

MAILBOX = "asha@example.in"
SEALS = Seals([bytes(range(32))])


@dataclass
class MailTown:
    """A town with a mail server."""

    place: Town
    server: MailServer

    async def named(self) -> int:
        """Ramesh writes, and names an address; the letter is on its way. The address's id."""
        await self.place.asks("hello")
        store, now = self.place.house.store, self.place.house.clock()
        whose = await store.read(
            lambda db: db.execute(
                select(conversation.c.person_id).where(conversation.c.channel == "whatsapp")
            ).scalar_one()
        )
        email_id = await store.write(emails.name_email, SEALS, whose, MAILBOX, HINDI, now)
        talk = await store.read(
            lambda db: db.execute(
                select(conversation.c.id).where(conversation.c.channel == "email")
            ).scalar_one()
        )
        letter = self.place.house.mailer.confirmation(email_id, HINDI, now)
        await store.write(outbox.put, talk, letter, now, None)
        self.place.house.worker.wake()
        return email_id

    async def mail(self, count: int = 1) -> Mail:
        """The newest mail, once so many are there."""
        await until(lambda: len(self.server.mails) >= count)
        return self.server.mails[-1]

    async def press(self, kind: str, mail: Mail) -> int:
        """Press the button behind a link of a mail; the status."""
        (path,) = re.findall(rf"{re.escape(self.place.public)}(/{kind}/\S+)", mail.text)
        async with self.place.client.post(path) as answer:
            return answer.status

    async def reason(self, email_id: int) -> str:
        """Why nobody writes there any more."""
        query = select(email.c.reason).where(email.c.id == email_id)
        found: str = await self.place.house.store.read(lambda db: db.execute(query).scalar_one())
        return found


@pytest_asyncio.fixture
async def mail_town(database_url: str) -> AsyncIterator[MailTown]:
    server = MailServer()
    await server.open()
    env = {
        "BIJLI_CHANNELS__EMAIL__HOST": "127.0.0.1",
        "BIJLI_CHANNELS__EMAIL__PORT": str(server.port),
        "BIJLI_CHANNELS__EMAIL__FROM": "bijli@example.org",
        "BIJLI_CHANNELS__EMAIL__SECURITY": "none",
    }
    try:
        async with town(database_url, env=env) as place:
            yield MailTown(place, server)
    finally:
        await server.close()


async def test_a_payer_with_a_confirmed_address_gets_the_receipt_as_a_file(
    mail_town: MailTown,
) -> None:
    await mail_town.named()
    letter = await mail_town.mail()
    assert letter.subject == "अपना ई-मेल पता पक्का करें"
    assert await mail_town.press("e", letter) == 200

    said = await mail_town.place.asks(f"PAY {K}")
    assert "/p/" in said
    (link,) = mail_town.place.razorpay.links
    mail_town.place.razorpay.pay(link)
    receipt = await mail_town.mail(2)

    assert receipt.subject == "बिजली बिल के ₹1,240 मिल गए"
    (paper,) = receipt.files
    assert paper.name in receipt.text.replace("।", ".pdf")
    assert paper.content.startswith(b"%PDF-")
    assert receipt.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    await until(lambda: len(mail_town.place.said(ME)) >= 3)  # and on WhatsApp, as before


async def test_after_one_click_no_receipt_comes_there(mail_town: MailTown) -> None:
    email_id = await mail_town.named()
    letter = await mail_town.mail()
    await mail_town.press("e", letter)
    assert await mail_town.press("u", letter) == 200

    await mail_town.place.asks(f"PAY {K}")
    (link,) = mail_town.place.razorpay.links
    before = len(mail_town.place.said(ME))
    mail_town.place.razorpay.pay(link)
    await until(lambda: len(mail_town.place.said(ME)) > before)

    assert len(mail_town.server.mails) == 1
    assert await mail_town.reason(email_id) == "unsubscribed"


async def test_an_address_that_does_not_exist_is_given_up(mail_town: MailTown) -> None:
    mail_town.server.verdicts[MAILBOX] = Verdict.NO_SUCH_USER

    email_id = await mail_town.named()

    for _ in range(500):
        if await mail_town.reason(email_id):
            break
        await asyncio.sleep(0.02)
    assert await mail_town.reason(email_id) == "bounced"
    assert not mail_town.server.mails
