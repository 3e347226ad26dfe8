"""One process of the house, answering real HTTP, beside simulated providers."""

from __future__ import annotations

import asyncio
import base64
import io
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from sqlalchemy import Connection, func, select

from app.settings import load_settings
from app.wiring import House, build
from models.bill import IST
from simulators.razorpay import Razorpay
from simulators.razorpay_account import DEMO_WEBHOOK_SECRET
from simulators.running import running
from simulators.telegram import Telegram
from simulators.telegram_updates import TelegramPerson
from simulators.twilio import Twilio
from simulators.twilio_forms import encode, sign
from storage.tables import bill, consumer, metadata
from tests.e2e.served import free_port

K, OTHER_K = "901010000123", "901010000456"
ME = "+919999000001"
ON_TELEGRAM = TelegramPerson(9_990_001, "Asha", phone=ME)
WHATSAPP_HOOK, SMS_HOOK = "/webhooks/twilio/whatsapp", "/webhooks/twilio/sms"


@dataclass
class Town:
    """The house, its providers, and what a test looks at."""

    house: House
    client: TestClient[web.Request, web.Application]
    twilio: Twilio
    telegram: Telegram
    razorpay: Razorpay
    public: str

    def said(self, person: str = ME, channel: str = "whatsapp") -> list[str]:
        """What stands on a person's phone from the company, oldest first."""
        return [it.text for it in self.twilio.phones.on(channel, person) if it.ours]

    def told(self, person: TelegramPerson = ON_TELEGRAM) -> list[str]:
        """What stands in a Telegram chat from the company, oldest first."""
        return [it.text for it in self.telegram.phones.on("telegram", str(person.id)) if it.ours]

    async def asks(self, text: str, person: str = ME, channel: str = "whatsapp") -> str:
        """Write, and wait for the answer."""
        before = len(self.said(person, channel))
        heard = await self.twilio.person_says(channel, person, text)
        assert heard.answer.status == 200
        await until(lambda: len(self.said(person, channel)) > before)
        return self.said(person, channel)[-1]

    async def post_signed(
        self, path: str, form: Mapping[str, str], *, url: str = "", token: str = ""
    ) -> tuple[int, str]:
        """A form as Twilio would post it; status and text of the answer."""
        signature = sign(token or self.twilio.auth_token, url or self.public + path, form)
        return await self.post(
            path,
            encode(form),
            {
                "X-Twilio-Signature": signature,
                "Content-Type": "application/x-www-form-urlencoded",
            },
        )

    async def post(self, path: str, body: bytes, headers: Mapping[str, str]) -> tuple[int, str]:
        """Any call; status and text of the answer."""
        async with self.client.post(path, data=io.BytesIO(body), headers=headers) as answer:
            return answer.status, await answer.text()

    async def rows(self) -> dict[str, int]:
        """How many rows each table has."""

        def count(db: Connection) -> dict[str, int]:
            return {
                it.name: db.execute(select(func.count()).select_from(it)).scalar_one()
                for it in metadata.sorted_tables
                if it.name != "node"
            }

        return await self.house.store.read(count)


async def until(true: Callable[[], bool], seconds: float = 10.0) -> None:
    """Wait until something is true; fails after so many seconds."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not come true in time"
        await asyncio.sleep(0.01)


def add_consumer(db: Connection, k: str) -> None:
    """A connection with a bill that is due in twelve days."""
    today = datetime.now(IST).date()
    db.execute(
        consumer.insert().values(
            k_number=int(k),
            name="Ramesh Kumar",
            name_hi="रमेश कुमार",
            category="LT-1",
            office_code="AJC-101",
            status="active",
        )
    )
    db.execute(
        bill.insert().values(
            bill_number=f"B{k}",
            k_number=int(k),
            bill_month=202611,
            bill_date=today - timedelta(days=3),
            due_date=today + timedelta(days=12),
            previous_reading=0,
            current_reading=152,
            units=152,
            amount=124_000,
            amount_after_due=126_400,
        )
    )


def provider_env(
    twilio: Twilio, telegram: Telegram, razorpay: Razorpay, bases: Mapping[str, str]
) -> dict[str, str]:
    """Every provider on, at its simulator."""
    return {
        "BIJLI_CHANNELS__TWILIO__ACCOUNT_SID": twilio.account_sid,
        "BIJLI_CHANNELS__TWILIO__AUTH_TOKEN": f"{twilio.auth_token},the-old-token",
        "BIJLI_CHANNELS__TWILIO__WHATSAPP_FROM": twilio.senders["whatsapp"],
        "BIJLI_CHANNELS__TWILIO__SMS_FROM": twilio.senders["sms"],
        "BIJLI_CHANNELS__TWILIO__API_BASE": bases["twilio"],
        "BIJLI_CHANNELS__TELEGRAM__TOKEN": telegram.token,
        "BIJLI_CHANNELS__TELEGRAM__WEBHOOK_SECRET": telegram.secret,
        "BIJLI_CHANNELS__TELEGRAM__API_BASE": bases["telegram"],
        "BIJLI_PAYMENTS__RAZORPAY__KEY_ID": razorpay.key_id,
        "BIJLI_PAYMENTS__RAZORPAY__KEY_SECRET": razorpay.key_secret,
        "BIJLI_PAYMENTS__RAZORPAY__WEBHOOK_SECRET": DEMO_WEBHOOK_SECRET,
        "BIJLI_PAYMENTS__RAZORPAY__API_BASE": bases["razorpay"],
    }


@asynccontextmanager
async def town(
    database_url: str,
    *,
    prefix: str = "",
    clock: Callable[[], datetime] | None = None,
    env: Mapping[str, str] | None = None,
) -> AsyncIterator[Town]:
    """A house that serves on both ends of real HTTP."""
    port = free_port()
    here = f"http://127.0.0.1:{port}"
    public = f"https://bijli.example{prefix}" if prefix else here
    twilio = Twilio(whatsapp_url=here + WHATSAPP_HOOK, sms_url=here + SMS_HOOK)
    telegram = Telegram(webhook_url=f"{here}/webhooks/telegram")
    razorpay = Razorpay(webhook_url=f"{here}/webhooks/razorpay")
    async with AsyncExitStack() as stack:
        bases = {
            "twilio": await stack.enter_async_context(running(twilio)),
            "telegram": await stack.enter_async_context(running(telegram)),
            "razorpay": await stack.enter_async_context(running(razorpay)),
        }
        known = {
            "BIJLI_DATABASE__URL": database_url,
            "BIJLI_SERVER__PUBLIC_URL": public,
            "BIJLI_SECURITY__MASTER_KEY": base64.b64encode(bytes(range(32))).decode(),
            **provider_env(twilio, telegram, razorpay, bases),
        }
        settings = load_settings({**known, **(env or {})})
        house = await stack.enter_async_context(
            build(settings, "serve", works=True, clock=clock or (lambda: datetime.now(UTC)))
        )
        for k in (K, OTHER_K):
            await house.store.write(add_consumer, k)
        await house.start()
        server = TestServer(house.public_app(), host="127.0.0.1", port=port)
        client = await stack.enter_async_context(TestClient(server))
        try:
            yield Town(house, client, twilio, telegram, razorpay, public)
        finally:
            await house.close(2.0)
