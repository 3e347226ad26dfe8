"""Who is handed to whom: the one place where the parts of the house meet."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import structlog
from aiohttp import web
from pydantic import SecretStr

from app.chores import purge, sweep
from app.company import company
from app.payment_records import StoredPayments
from app.payment_routes import add_payment_routes
from app.server import JSON, TWIML, Hook, add_admin_routes, make_app
from app.services import ClosedGateway, SpokenHerald, StoredAccounts
from app.settings import Settings
from app.stored_outbox import StoredOutbox
from app.worker import PURGE_EVERY, RECONCILE_EVERY, SWEEP_EVERY, Chore, Worker, now
from bot.engine import Engine
from bot.handlers import HANDLERS
from bot.nlu.result import Understanding
from bot.nlu.understand import ModelMissing, ModelStale, load
from bot.ports import Services
from bot.router import Router, Thresholds
from channels.channel import Channel
from channels.sender import Sender
from channels.telegram import Telegram, TelegramSettings
from channels.twilio import TwilioAccount, TwilioSettings, TwilioSms, TwilioWhatsApp
from models.errors import Misconfigured
from models.message import ChannelName, Tag
from models.money import Money
from payments.desk import PaymentDesk
from payments.gateway import PaymentGateway
from payments.razorpay import Razorpay
from payments.reconcile import reconcile
from storage.migrate import is_current
from storage.seals import Seals
from storage.store import Database, Store
from voice.voice import Voice

log = structlog.get_logger()

ROOT = Path(__file__).parents[1]
INTENTS = ROOT / "data" / "intents.yml"
MODEL = ROOT / "var" / "nlu"
LEAST_PART = Money(100_00)


@dataclass(slots=True)
class House:
    """Everything one process is made of."""

    settings: Settings
    store: Store
    worker: Worker
    desk: PaymentDesk
    voice: Voice
    channels: dict[ChannelName, Channel]
    hooks: list[Hook]
    clock: Callable[[], datetime]
    _tasks: list[asyncio.Task[None]] = field(default_factory=list)

    def public_app(self) -> web.Application:
        """What the world may reach."""
        app = make_app(self.worker, self.hooks, self.voice)
        if self.settings.payments.razorpay.is_on:
            add_payment_routes(app, self.desk, self.voice, self.clock)
        if not self.settings.server.admin_port:
            add_admin_routes(app)
        return app

    def admin_app(self) -> web.Application:
        """What only the company's own network should reach."""
        app = web.Application()
        add_admin_routes(app)
        return app

    async def start(self, slot: str | None = None) -> None:
        """Begin to work. Providers that are down delay nothing."""
        await self.worker.start(slot)
        self._tasks.append(asyncio.create_task(self.desk.listen(self.clock)))
        telegram = self.channels.get(ChannelName.TELEGRAM)
        if isinstance(telegram, Telegram):
            set_up = telegram.set_up(self.settings.server.public_url)
            self._tasks.append(asyncio.create_task(set_up))

    async def close(self, patience: float) -> None:
        """No new work; finish what is under way within `patience` seconds."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self.worker.close(patience)


@asynccontextmanager
async def build(
    settings: Settings,
    kind: str,
    *,
    works: bool,
    terminal: Channel | None = None,
    clock: Callable[[], datetime] = now,
) -> AsyncIterator[House]:
    """Build a process's parts and give them back at the end; a terminal is then the only channel."""
    database = open_database(settings)
    store = Store(database)
    try:
        channels, hooks = ({terminal.name: terminal}, []) if terminal else _channels(settings)
        house = _build(settings, store, kind, channels, hooks, works=works, clock=clock)
        try:
            yield house
        finally:
            for channel in house.channels.values():
                await channel.close()
    finally:
        store.close()


def open_database(settings: Settings) -> Database:
    """The migrated database; `Misconfigured` where it is not."""
    database = Database(settings.database.url)
    if not is_current(database):
        database.close()
        raise Misconfigured("The database is not migrated. Run: bijli migrate")
    return database


def seals_of(settings: Settings) -> Seals:
    """What seals phone numbers."""
    return Seals(settings.security.master_keys)


def understanding(settings: Settings) -> Understanding:
    """The trained classifier; `Misconfigured` names the command where it is missing or stale."""
    try:
        return load(
            MODEL,
            INTENTS,
            answer_at=settings.nlu.answer_at,
            offer_at=settings.nlu.offer_at,
        )
    except (ModelMissing, ModelStale) as error:
        raise Misconfigured(str(error)) from error


def _build(
    settings: Settings,
    store: Store,
    kind: str,
    channels: dict[ChannelName, Channel],
    hooks: list[Hook],
    *,
    works: bool,
    clock: Callable[[], datetime],
) -> House:
    speaker = company(settings.discom.name)
    voice = Voice(speaker)
    rates = {name: float(getattr(settings.pace, name)) for name in channels}
    desk = PaymentDesk(
        _gateway(settings),
        StoredPayments(store, owner=None),
        SpokenHerald(voice),
        public_url=settings.server.public_url,
        wake=lambda: worker.wake(),
    )
    worker = Worker(
        store=store,
        seals=seals_of(settings),
        engine=engine_of(settings, voice, Services(
            accounts=StoredAccounts(store, clock),
            payments=desk,
            partial_payments=settings.payments.partial,
            least_part=LEAST_PART,
            helpline=speaker.helpline,
            public_url=settings.server.public_url,
        )),
        sender=Sender(channels, StoredOutbox(store, clock, rates), clock, rates=rates),
        kind=kind,
        clock=clock,
        works=works,
        glances=kind == "worker",
    )
    if works:
        worker.chores = _chores(settings, worker, channels, desk)
    return House(settings, store, worker, desk, voice, channels, hooks, clock)


def engine_of(settings: Settings, voice: Voice, services: Services) -> Engine:
    """The engine that answers, over whatever serves it."""
    return Engine(
        router=Router(HANDLERS, Thresholds(settings.nlu.answer_at, settings.nlu.offer_at)),
        understanding=understanding(settings),
        speaker=voice,
        services=services,
        default_tag=Tag(settings.default_language),
        idle=timedelta(hours=settings.conversation.idle_hours),
    )


def _channels(settings: Settings) -> tuple[dict[ChannelName, Channel], list[Hook]]:
    channels: dict[ChannelName, Channel] = {}
    hooks: list[Hook] = []
    twilio = settings.channels.twilio
    if twilio.is_on:
        account = TwilioAccount(
            TwilioSettings(
                account_sid=twilio.account_sid,
                auth_tokens=plain(twilio.auth_token),
                public_url=settings.server.public_url,
                api_base=twilio.api_base,
            )
        )
        if twilio.whatsapp_from:
            whatsapp = TwilioWhatsApp(account, twilio.whatsapp_from, {})
            channels[ChannelName.WHATSAPP] = whatsapp
            hooks.append(Hook("/webhooks/twilio/whatsapp", whatsapp, TWIML))
        if twilio.sms_from:
            sms = TwilioSms(account, twilio.sms_from)
            channels[ChannelName.SMS] = sms
            hooks.append(Hook("/webhooks/twilio/sms", sms, TWIML))
        if hooks:
            hooks.append(Hook("/webhooks/twilio/status", hooks[0].channel, TWIML))
    telegram = settings.channels.telegram
    if telegram.token is not None and telegram.webhook_secret is not None:
        channel = Telegram(
            TelegramSettings(
                token=telegram.token.get_secret_value(),
                webhook_secret=telegram.webhook_secret.get_secret_value(),
                api_base=telegram.api_base,
            )
        )
        channels[ChannelName.TELEGRAM] = channel
        hooks.append(Hook("/webhooks/telegram", channel, JSON, acknowledges=True))
    return channels, hooks


def plain(secrets: Sequence[SecretStr]) -> tuple[str, ...]:
    """Secrets as the adapters need them, newest first."""
    return tuple(it.get_secret_value() for it in secrets)


def _gateway(settings: Settings) -> PaymentGateway:
    razorpay = settings.payments.razorpay
    if not razorpay.is_on or razorpay.key_secret is None:
        return ClosedGateway()
    return Razorpay(
        razorpay.key_id,
        razorpay.key_secret.get_secret_value(),
        plain(razorpay.webhook_secret),
        razorpay.api_base or "",
    )


def _chores(
    settings: Settings,
    worker: Worker,
    channels: dict[ChannelName, Channel],
    desk: PaymentDesk,
) -> list[Chore]:
    chores = [
        Chore("purge", PURGE_EVERY, partial(purge, worker, settings.retention.messages_days)),
        *(
            Chore(f"sweep {name}", SWEEP_EVERY, partial(sweep, worker, channel))
            for name, channel in channels.items()
        ),
    ]
    if settings.payments.razorpay.is_on:
        chores.append(Chore("reconcile", RECONCILE_EVERY, partial(reconcile, desk)))
    return chores
