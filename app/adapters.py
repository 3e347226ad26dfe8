"""Which providers are on, by the settings: the channels with their routes, and the gateway."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial

import structlog

from app.server import JSON, TWIML, Hook
from app.services import ClosedGateway
from app.settings import TWILIO, Settings
from app.settings import SmsGateway as ConfiguredGateway
from app.templates import dlt_ids, read, texts
from bot.keywords import advertised
from channels.channel import Channel
from channels.email import Email, EmailSettings, Papers
from channels.email_letter import EmailWords
from channels.gateway_call import Lock
from channels.missed_call import MissedCalls, MissedCallSettings
from channels.patience import keep_trying
from channels.sms_gateway import GatewaySettings, Inbound, SmsGateway, Status
from channels.sms_gateway_form import Outbound
from channels.telegram import Telegram, TelegramSettings, TelegramWords
from channels.twilio import TwilioAccount, TwilioSettings, TwilioSms, TwilioWhatsApp
from channels.twilio_content import Approved, TwilioContent
from models.message import ENGLISH, HINDI, TAGS, ChannelName, Tag
from models.words import Say
from payments.gateway import PaymentGateway
from payments.razorpay import Razorpay
from voice.voice import Voice

log = structlog.get_logger()

# Telegram's commands are the keywords.
COMMANDS = tuple(it.name for it in advertised() if it.english)


@dataclass(slots=True)
class Ways:
    """The ways people reach us, and what each needs before it is whole."""

    channels: dict[ChannelName, Channel] = field(default_factory=dict)
    hooks: list[Hook] = field(default_factory=list)
    telegram: Telegram | None = None
    menus: TwilioContent | None = None
    contents: dict[str, str] = field(default_factory=dict)  # SID by name, filled at start
    approved: dict[tuple[str, Tag], Approved] = field(default_factory=dict)  # likewise
    only_heard: list[Channel] = field(default_factory=list)  # SMS come by these, and leave by one

    @property
    def everyone(self) -> tuple[Channel, ...]:
        """Every channel by which anything comes or leaves."""
        return (*self.channels.values(), *self.only_heard)

    async def set_up_telegram(self, public_url: str) -> None:
        """Tell Telegram where to call; goes on trying while it does not answer."""
        if self.telegram is not None:
            await self.telegram.set_up(public_url)

    async def set_up_menus(self, voice: Voice) -> None:
        """See to it that WhatsApp's buttons and lists exist; until then lines are numbered."""
        if self.menus is not None:
            await keep_trying("twilio contents", partial(self._ensure_menus, self.menus, voice))

    async def _ensure_menus(self, menus: TwilioContent, voice: Voice) -> None:
        registered = read()
        self.contents.update(await menus.ensure(registered.menus))
        self.approved.update(await menus.approved(texts(voice, registered)))


def ways_in(settings: Settings, voice: Voice, papers: Papers) -> Ways:
    """The channels that have their keys; the others are off."""
    ways = Ways()
    _add_twilio(ways, settings)
    _add_sms_gateways(ways, settings)
    _add_missed_calls(ways, settings)
    _add_telegram(ways, settings, voice)
    _add_email(ways, settings, voice, papers)
    return ways


def gateway(settings: Settings) -> PaymentGateway:
    """The payment gateway, or one that is closed where none is configured."""
    razorpay = settings.payments.razorpay
    if not razorpay.is_on:
        return ClosedGateway()
    return Razorpay(
        razorpay.key_id, razorpay.key_secret, razorpay.webhook_secret, razorpay.api_base or ""
    )


def _add_twilio(ways: Ways, settings: Settings) -> None:
    twilio = settings.channels.twilio
    if not twilio.is_on:
        return
    account = TwilioAccount(
        TwilioSettings(
            account_sid=twilio.account_sid,
            auth_tokens=twilio.auth_token,
            public_url=settings.server.public_url,
            api_base=twilio.api_base,
        )
    )
    added: list[Channel] = []
    if twilio.whatsapp_from:
        whatsapp = TwilioWhatsApp(account, twilio.whatsapp_from, ways.contents, ways.approved)
        ways.channels[ChannelName.WHATSAPP] = whatsapp
        ways.hooks.append(Hook("/webhooks/twilio/whatsapp", whatsapp, TWIML))
        ways.menus = TwilioContent(account)
        added.append(whatsapp)
    if twilio.sms_from:
        sms = TwilioSms(account, twilio.sms_from)
        if settings.channels.sms_by == TWILIO:
            ways.channels[ChannelName.SMS] = sms
        else:
            ways.only_heard.append(sms)
        ways.hooks.append(Hook("/webhooks/twilio/sms", sms, TWIML))
        added.append(sms)
    if added:
        ways.hooks.append(Hook("/webhooks/twilio/status", added[0], TWIML))


def _add_sms_gateways(ways: Ways, settings: Settings) -> None:
    for name, configured in settings.channels.sms_gateways.items():
        gateway = SmsGateway(_gateway_settings(name, configured), dlt_ids())
        if name == settings.channels.sms_by and configured.outbound is not None:
            ways.channels[ChannelName.SMS] = gateway
        else:
            ways.only_heard.append(gateway)
        path = f"/webhooks/sms/{name}"
        if configured.is_heard and configured.inbound is not None:
            ways.hooks.append(Hook(path, gateway, JSON, by_get=True))
        if configured.is_heard and configured.status is not None:
            ways.hooks.append(Hook(f"{path}/status", gateway, JSON, by_get=True))


def _gateway_settings(name: str, configured: ConfiguredGateway) -> GatewaySettings:
    inbound, status, out = configured.inbound, configured.status, configured.outbound
    return GatewaySettings(
        name=name,
        lock=Lock(configured.secret_in or "", configured.secret),
        inbound=Inbound(inbound.from_, inbound.text, inbound.id, inbound.time) if inbound else None,
        status=Status(status.id, status.state, status.map) if status else None,
        outbound=Outbound(out.url, out.method, out.headers, out.body, out.id_path) if out else None,
        dlt=configured.dlt,
        header=configured.header,
        entity_id=configured.entity_id,
        key=configured.key,
    )


def _add_missed_calls(ways: Ways, settings: Settings) -> None:
    for name, configured in settings.channels.missed_call.items():
        if not configured.secret:
            continue
        missed_calls = MissedCalls(
            MissedCallSettings(
                name=name,
                lock=Lock(configured.secret_in, configured.secret),
                caller=configured.from_,
                called=configured.to,
                id=configured.id,
                numbers=configured.numbers,
            )
        )
        path = f"/webhooks/missed-call/{name}"
        ways.hooks.append(Hook(path, missed_calls, JSON, by_get=True))


def _add_telegram(ways: Ways, settings: Settings, voice: Voice) -> None:
    telegram = settings.channels.telegram
    if not telegram.is_on:
        return
    ways.telegram = Telegram(
        TelegramSettings(
            token=telegram.token,
            webhook_secret=telegram.webhook_secret,
            api_base=telegram.api_base,
        ),
        TelegramWords(commands={tag: _commands(voice, tag) for tag in (ENGLISH, HINDI)}),
    )
    ways.channels[ChannelName.TELEGRAM] = ways.telegram
    ways.hooks.append(Hook("/webhooks/telegram", ways.telegram, JSON, ways.telegram))


def _add_email(ways: Ways, settings: Settings, voice: Voice, papers: Papers) -> None:
    email = settings.channels.email
    if not email.is_on:
        return
    ways.channels[ChannelName.EMAIL] = Email(
        EmailSettings(
            host=email.host,
            port=email.port,
            sender=email.from_,
            public_url=settings.server.public_url,
            username=email.username,
            password=email.password,
            security=email.security,
        ),
        {tag: _email_words(voice, tag) for tag in TAGS},
        papers,
    )


def _email_words(voice: Voice, tag: Tag) -> EmailWords:
    return EmailWords(
        sender=voice.say(Say("mail-sender"), tag),
        subject=voice.say(Say("mail-subject"), tag),
        footer=voice.say(Say("mail-footer"), tag),
        privacy=voice.say(Say("mail-privacy"), tag),
        unsubscribe=voice.say(Say("mail-unsubscribe"), tag),
    )


def _commands(voice: Voice, tag: Tag) -> list[tuple[str, str]]:
    return [(name, voice.say(Say(f"keyword-{name}"), tag)) for name in COMMANDS]
