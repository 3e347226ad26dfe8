"""Who is handed to whom: the one place where the parts of the house meet."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from aiohttp import web

from app.adapters import Ways, gateway, ways_in
from app.chores import finish_forgetting, purge, sweep
from app.clock import now
from app.company import company, number_to_write_to, registers_sms
from app.database import open_database, refuse_wrong_key, seals_of
from app.letters import MailedPapers, SpokenMailer
from app.mail_routes import add_mail_routes
from app.media_routes import add_media_routes
from app.papers import StoredPapers
from app.payment_records import StoredPayments
from app.payment_routes import add_payment_routes
from app.places import learn_places, places_of
from app.printer import Printer
from app.rasa import RasaServer, count_rasa, rasa_server
from app.server import add_admin_routes, make_app
from app.services import SpokenHerald, StoredAccounts, StoredCases, StoredCodes, StoredOffices
from app.settings import Settings
from app.stored_outbox import StoredOutbox
from app.tariffs import tariffs
from app.tokens import Tokens
from app.worker import LOOK_FOR_STRANDED, PURGE_EVERY, RECONCILE_EVERY, SWEEP_EVERY, Chore, Worker
from bot.engine import Engine
from bot.handlers import HANDLERS
from bot.nlu.decision import Costs, answer_at
from bot.nlu.rasa import RasaUnderstanding
from bot.nlu.result import Understanding
from bot.nlu.understand import ModelMissing, ModelStale, Understander, load
from bot.ports import Services
from bot.router import Router
from channels.channel import Channel
from channels.sender import Sender
from models.errors import Misconfigured
from models.message import Tag
from models.money import Money
from payments.desk import PaymentDesk
from payments.reconcile import reconcile
from storage.store import Store
from voice.voice import Company, Voice

ROOT = Path(__file__).parents[1]
INTENTS = ROOT / "data" / "intents.yml"
LEAST_PART = Money(100_00)
LEARN_EVERY = timedelta(hours=1)
ERASE_EVERY = timedelta(minutes=1)


@dataclass(slots=True)
class House:
    """Everything one process is made of."""

    settings: Settings
    store: Store
    worker: Worker
    desk: PaymentDesk
    voice: Voice
    ways: Ways
    clock: Callable[[], datetime]
    letters: StoredOutbox
    papers: StoredPapers
    tokens: Tokens
    mailer: SpokenMailer
    _tasks: list[asyncio.Task[None]] = field(default_factory=list)

    def public_app(self) -> web.Application:
        """What the world may reach."""
        app = make_app(
            self.worker, self.ways.hooks, self.voice, self.settings.retention.messages_days
        )
        if self.settings.payments.razorpay.is_on:
            add_payment_routes(app, self.desk, self.voice, self.clock)
        add_media_routes(app, self.papers, self.clock)
        if self.settings.channels.email.is_on:
            add_mail_routes(app, self.store, self.tokens, self.voice, self.clock)
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
        for beside in (
            self.desk.listen(self.clock),
            self.ways.set_up_telegram(self.settings.server.public_url),
            self.ways.set_up_menus(self.voice),
        ):
            self._tasks.append(asyncio.create_task(beside))

    async def close(self, patience: float) -> None:
        """No new work; finish what is under way within `patience` seconds."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self.letters.hurry()
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
    """Build a process's parts and give them back at the end; a terminal is the only channel."""
    speaker = company(settings.discom.name, number_to_write_to(settings))
    voice = Voice(speaker)
    database = open_database(settings)
    refuse_wrong_key(database, seals_of(settings))
    store = Store(database)
    printer = Printer(speaker)
    tokens = Tokens(settings.security.master_keys)
    papers = StoredPapers(store, printer, tokens, settings.server.public_url)
    mailed = MailedPapers(papers, clock)
    ways = Ways({terminal.name: terminal}) if terminal else ways_in(settings, voice, mailed)
    rasa = rasa_server(settings)
    try:
        yield _build(
            settings,
            speaker,
            voice,
            ways,
            understanding(settings, rasa),
            store,
            papers,
            tokens,
            kind,
            works=works,
            clock=clock,
        )
    finally:
        if rasa is not None:
            await rasa.close()
        await printer.close()
        for channel in ways.everyone:
            await channel.close()
        store.close()


def understanding(settings: Settings, rasa: RasaServer | None) -> Understander | RasaUnderstanding:
    """The trained classifier, behind a Rasa server where there is one.

    Raises `Misconfigured`, which names the command, where the model is missing or stale.
    """
    try:
        own = load(settings.nlu.model_dir, INTENTS, _costs(settings))
    except (ModelMissing, ModelStale) as error:
        raise Misconfigured(str(error)) from error
    own.know(places_of(settings.discom.name))
    return RasaUnderstanding(rasa.ask, own, count_rasa) if rasa else own


def _costs(settings: Settings) -> Costs:
    its = settings.nlu.costs
    return Costs(wrong=its.wrong, ask=its.ask, refuse=its.refuse)


def _build(
    settings: Settings,
    speaker: Company,
    voice: Voice,
    ways: Ways,
    meaning: Understander | RasaUnderstanding,
    store: Store,
    papers: StoredPapers,
    tokens: Tokens,
    kind: str,
    *,
    works: bool,
    clock: Callable[[], datetime],
) -> House:
    seals = seals_of(settings)
    mailer = SpokenMailer(voice, tokens, settings.server.public_url)
    desk = PaymentDesk(
        gateway(settings),
        StoredPayments(store, owner=None, mails=settings.channels.email.is_on),
        SpokenHerald(voice, mailer),
        public_url=settings.server.public_url,
        wake=lambda: worker.wake(),  # noqa: PLW0108 -- the worker comes after the desk
    )
    services = Services(
        accounts=StoredAccounts(store, seals, clock),
        payments=desk,
        papers=papers,
        codes=StoredCodes(store, seals),
        cases=StoredCases(store),
        offices=StoredOffices(store),
        partial_payments=settings.payments.partial,
        least_part=LEAST_PART,
        helpline=speaker.helpline,
        public_url=settings.server.public_url,
        tariffs=tariffs(settings.discom.name),
        emails=settings.channels.email.is_on,
    )
    rates = {name: float(getattr(settings.pace, name)) for name in ways.channels}
    letters = StoredOutbox(store, clock, rates)
    worker = Worker(
        store=store,
        seals=seals,
        engine=_engine(settings, voice, meaning, services),
        sender=Sender(ways.channels, letters, clock, rates=rates),
        kind=kind,
        clock=clock,
        works=works,
        alone=kind == "chat",
        glances=kind == "worker",
        mailer=mailer if settings.channels.email.is_on else None,
    )
    if works and kind != "chat":
        worker.chores = _chores(settings, worker, ways, desk)
        learn = partial(learn_places, store, meaning, settings.discom.name)
        worker.chores.append(Chore("places", LEARN_EVERY, learn))
    return House(settings, store, worker, desk, voice, ways, clock, letters, papers, tokens, mailer)


def _engine(settings: Settings, voice: Voice, meaning: Understanding, services: Services) -> Engine:
    return Engine(
        router=Router(HANDLERS, answer_at(_costs(settings))),
        understanding=meaning,
        speaker=voice,
        services=services,
        default_tag=Tag(settings.default_language),
        idle=timedelta(hours=settings.conversation.idle_hours),
        registered_sms=registers_sms(settings),
    )


def _chores(settings: Settings, worker: Worker, ways: Ways, desk: PaymentDesk) -> list[Chore]:
    chores = [
        Chore("stranded", LOOK_FOR_STRANDED, worker.let_go_of_stranded),
        Chore("erasure", ERASE_EVERY, partial(finish_forgetting, worker.store, worker.seals)),
        Chore("purge", PURGE_EVERY, partial(purge, worker, settings.retention.messages_days)),
        *(
            Chore(f"sweep {channel.name}", SWEEP_EVERY, partial(sweep, worker, channel))
            for channel in ways.everyone
        ),
    ]
    if settings.payments.razorpay.is_on:
        chores.append(Chore("reconcile", RECONCILE_EVERY, partial(reconcile, desk)))
    return chores
