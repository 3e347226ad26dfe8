"""An SMS aggregator of either dialect with our adapter, driven as every other channel."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import replace

from multidict import CIMultiDict

from channels.channel import Channel, WebhookRequest
from channels.gateway_call import Lock
from channels.sms_gateway import GatewaySettings, Inbound, SmsGateway, Status
from channels.sms_gateway_form import Outbound
from models.message import Address, ChannelName, Tag
from simulators.faults import Fault
from simulators.phone import SMS
from simulators.running import Listening
from simulators.sms_gateway import (
    DEMO_KEY,
    DEMO_SECRET,
    SECRET_HEADER,
    SECRET_NAME,
    Dialect,
    SmsAggregator,
)
from tests.contracts.channel_worlds import PERSON, Webhooks, World

WORDS = {"SUBMITTED": "sent", "DELIVRD": "delivered", "UNDELIV": "failed"}
FORM_FIELDS = {
    "authkey": "{key}",
    "mobiles": "{to_digits}",
    "message": "{text}",
    "sender": "{header}",
    "DLT_TE_ID": "{template_id}",
    "PE_ID": "{entity_id}",
    "route": 4,
}
JSON_FIELDS = {
    "from": "{header}",
    "to": "{to}",
    "text": "{text}",
    "dlt": {"template_id": "{template_id}", "entity_id": "{entity_id}"},
}
JSON_HEADERS = {"Authorization": "Bearer {key}", "Content-Type": "application/json"}


def form_gateway(base: str) -> GatewaySettings:
    """A gateway of forms, its secret in the address, its answer the id."""
    return GatewaySettings(
        name="formal",
        lock=Lock(f"query:{SECRET_NAME}", DEMO_SECRET),
        inbound=Inbound("mobile", "msg", "msgid", "rcvd"),
        status=Status("msgid", "stat", WORDS),
        outbound=Outbound(f"{base}/api/sendsms", body=FORM_FIELDS),
        dlt=False,
        header="AVVNLX",
        entity_id="1101",
        key=DEMO_KEY,
    )


def json_gateway(base: str) -> GatewaySettings:
    """A gateway of JSON, its secret in a header, the id deep in its answer."""
    return GatewaySettings(
        name="modern",
        lock=Lock(f"header:{SECRET_HEADER}", DEMO_SECRET),
        inbound=Inbound("from", "text", "id", "time"),
        status=Status("report.id", "report.status", WORDS),
        outbound=Outbound(
            f"{base}/v2/messages", headers=JSON_HEADERS, body=JSON_FIELDS, id_path="data.0.id"
        ),
        dlt=False,
        header="AVVNLX",
        entity_id="1101",
        key=DEMO_KEY,
    )


class SmsGatewayWorld:
    """An aggregator and one person."""

    lists_what_it_sent = False
    keeps_a_record = False
    says_who_left = False
    offers = True
    says_how_long = True

    def __init__(
        self,
        provider: SmsAggregator,
        webhooks: Webhooks,
        settings: GatewaySettings,
        door: Listening,
    ) -> None:
        self.settings = settings
        self.channel: Channel = SmsGateway(settings, {})
        self.provider = provider
        self.webhooks = webhooks
        self.person = Address(ChannelName.SMS, PERSON)
        self._door = door

    def with_templates(
        self, templates: Mapping[tuple[str, Tag], str], **changed: object
    ) -> SmsGateway:
        """The channel as it is with other settings."""
        return SmsGateway(replace(self.settings, **changed), templates)  # type: ignore[arg-type]  # its own fields

    async def says(self, text: str) -> WebhookRequest:
        await self.provider.person_says(PERSON, text)
        return self.webhooks.take()

    async def taps(self, key: str, label: str) -> WebhookRequest:
        return await self.says(label)

    def altered(self, request: WebhookRequest) -> WebhookRequest:
        headers = CIMultiDict(request.headers)
        headers[SECRET_HEADER] = "guessed"
        path = request.raw_path.replace(DEMO_SECRET, "guessed")
        return WebhookRequest(path, headers, request.body)

    def without_id(self) -> WebhookRequest:
        path = f"/webhooks/sms/{self.settings.name}?{SECRET_NAME}={DEMO_SECRET}"
        headers = CIMultiDict({SECRET_HEADER: DEMO_SECRET, "Content-Type": "application/json"})
        return WebhookRequest(path, headers, b'{"msg": "BILL", "text": "BILL"}')

    def seen(self) -> str:
        return "\n".join(it.text for it in self.provider.phones.on(SMS, PERSON) if it.ours)

    def too_fast(self) -> None:
        self.provider.faults.next.append(Fault.TOO_MANY)

    def blocks_us(self) -> None:
        self.provider.refused.add(PERSON)

    def loses_the_answer(self) -> None:
        self.provider.faults.next.append(Fault.LOST_ANSWER)

    async def loses_a_webhook(self, text: str) -> None:
        """Nobody ever hears of it."""

    async def goes_away(self) -> None:
        await self._door.close()
        await asyncio.sleep(0.05)  # until our end has noticed that the connections are gone


@asynccontextmanager
async def sms_gateway_world(dialect: Dialect) -> AsyncIterator[SmsGatewayWorld]:
    """An aggregator on loopback, and a channel of it."""
    make = {Dialect.FORM: form_gateway, Dialect.JSON: json_gateway}[dialect]
    async with AsyncExitStack() as stack:
        webhooks = await stack.enter_async_context(Webhooks().open())
        at = f"{webhooks.origin}/webhooks/sms/{make('').name}"
        provider = SmsAggregator(dialect, inbound_url=at, status_url=f"{at}/status")
        door = await Listening.start(provider)
        stack.push_async_callback(door.close)
        world = SmsGatewayWorld(provider, webhooks, make(provider.base), door)
        stack.push_async_callback(world.channel.close)
        yield world


SMS_GATEWAYS: dict[str, Callable[[], AbstractAsyncContextManager[World]]] = {
    "sms-form": lambda: sms_gateway_world(Dialect.FORM),
    "sms-json": lambda: sms_gateway_world(Dialect.JSON),
}
