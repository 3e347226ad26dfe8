"""The demo: simulated providers in this process, and the phone in the browser beside them."""

from __future__ import annotations

from collections.abc import Sequence

from aiohttp import web

from app.company import DISCOMS
from app.settings import ROOT, Settings
from app.wiring import House
from discom.sample.facts import sample_people, sample_states
from simulators.demo import Secrets, Simulators
from simulators.running import LOOPBACK
from simulators.try_page import SampleBill, StaffRow, add_try_routes
from simulators.try_phone import SamplePerson
from storage.activity import lately

MEMORY = ROOT / "var" / "demo.json"  # links and chats outlive a restart, as a provider's would


async def start_simulators(settings: Settings, reach_at: str) -> Simulators:
    """Open the simulated providers; they call `reach_at`, signed as for our public address."""
    return await Simulators.start(settings.server.public_url, reach_at=reach_at, memory=MEMORY)


def with_simulators(settings: Settings, simulators: Simulators) -> Settings:
    """The settings with every provider replaced by its simulator."""
    secrets = Secrets()
    channels, payments = settings.channels, settings.payments
    twilio = channels.twilio.model_copy(
        update={
            "account_sid": secrets.twilio_account_sid,
            "auth_token": (secrets.twilio_auth_token,),
            "whatsapp_from": secrets.twilio_whatsapp_from,
            "sms_from": secrets.twilio_sms_from,
            "api_base": simulators.twilio.base,
        }
    )
    telegram = channels.telegram.model_copy(
        update={
            "token": secrets.telegram_token,
            "webhook_secret": secrets.telegram_secret,
            "api_base": simulators.telegram.base,
        }
    )
    razorpay = payments.razorpay.model_copy(
        update={
            "key_id": secrets.razorpay_key_id,
            "key_secret": secrets.razorpay_key_secret,
            "webhook_secret": (secrets.razorpay_webhook_secret,),
            "api_base": simulators.razorpay.base,
        }
    )
    email = channels.email.model_copy(
        update={
            "host": LOOPBACK,
            "port": simulators.mail.port,
            "from_": "bijli@practice.invalid",
            "username": "",
            "password": "",
            "security": "none",
        }
    )
    return settings.model_copy(
        update={
            "channels": channels.model_copy(
                update={"twilio": twilio, "telegram": telegram, "email": email}
            ),
            "payments": payments.model_copy(update={"razorpay": razorpay}),
        }
    )


def add_demo(app: web.Application, house: House, simulators: Simulators) -> None:
    """Mount `/try` and the practice pay page."""
    folder = DISCOMS / house.settings.discom.name

    async def people() -> Sequence[SamplePerson]:
        return [
            SamplePerson(phone, en.partition(" with ")[0], en, hi)
            for phone, en, hi in sample_people(folder)
        ]

    async def bills() -> Sequence[SampleBill]:
        return [SampleBill(*it) for it in sample_states(folder)]

    async def staff() -> Sequence[StaffRow]:
        return [
            StaffRow(it.key, it.at, it.kind, it.words, it.state, it.channel)
            for it in await house.store.read(lately)
        ]

    add_try_routes(app, simulators, people=people, bills=bills, staff=staff)
