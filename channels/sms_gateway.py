"""SMS through an Indian aggregator, each of which is a configuration and none a program."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from channels.blanking import blank_message
from channels.channel import Capabilities, Malformed, WebhookRequest
from channels.gateway_call import Lock, given_id, mobile, told, value
from channels.present import Part, present
from channels.progress import Progress
from channels.sms_gateway_form import Outbound
from channels.sms_gateway_http import GatewayHttp
from models.errors import Misconfigured, Permanent
from models.message import (
    Address,
    ChannelName,
    DeliveryState,
    InboundMessage,
    OutboundMessage,
    Receipt,
    Tag,
)

CAN = Capabilities(buttons=0, rows=0, longest_label=0, longest_text=1600)
_SMS = "-sms"
_LONGEST_REASON = 64
_OWN_WORDS = {"sent", "delivered", "failed"}  # understood where the map does not name them

Templates = Mapping[tuple[str, Tag], str]
"""The id under which a sentence is registered in a language: `("bill-due", "hi")`."""


@dataclass(frozen=True, slots=True)
class Inbound:
    """What a gateway calls the fields of an SMS to us."""

    sender: str
    text: str
    id: str
    time: str = ""


@dataclass(frozen=True, slots=True)
class Status:
    """What a gateway calls the fields of a delivery report, and its words for the states."""

    id: str
    state: str
    map: Mapping[str, str] = field(default_factory=dict)

    def meant(self, word: str) -> DeliveryState | None:
        """The state a word stands for; None for one that nobody has told us of."""
        words = {theirs.lower(): ours for theirs, ours in self.map.items()}
        known = word.strip().lower()
        ours = words.get(known, known if known in _OWN_WORDS else "")
        return DeliveryState(ours) if ours else None


@dataclass(frozen=True, slots=True)
class GatewaySettings:
    """One gateway: how it takes our SMS, how it tells us of others', and its registrations."""

    name: str
    lock: Lock
    inbound: Inbound | None = None
    status: Status | None = None
    outbound: Outbound | None = None
    dlt: bool = True  # nothing leaves but registered templates
    header: str = ""
    entity_id: str = ""
    key: str = field(default="", repr=False)


class SmsGateway:
    """One aggregator."""

    name = ChannelName.SMS
    capabilities = CAN

    def __init__(self, settings: GatewaySettings, templates: Templates) -> None:
        self._settings = settings
        self._templates = templates
        self._progress = Progress()
        outbound = settings.outbound
        self._http = GatewayHttp(settings.name, outbound) if outbound is not None else None

    def receive(self, request: WebhookRequest, now: datetime) -> Sequence[InboundMessage | Receipt]:
        """See `Channel`: an SMS, or at `…/NAME/status` a delivery report."""
        fields = told(self._settings.lock, request)
        path = request.raw_path.partition("?")[0]
        found: InboundMessage | Receipt | None
        if path.endswith(f"/{self._settings.name}/status"):
            found = self._receipt(fields)
        else:
            found = self._message(fields, now)
        return (found,) if found is not None else ()

    async def send(self, message: OutboundMessage) -> str:
        """See `Channel`. On a registered route nothing leaves that has no template."""
        http, settings = self._http, self._settings
        if http is None:
            raise Misconfigured(f"{settings.name} has no outbound")
        template_id = self._templates.get((message.template.removesuffix(_SMS), message.tag), "")
        if settings.dlt and not template_id:
            raise Permanent(f"no registered template: {message.template or '-'} {message.tag}")

        async def send_part(part: Part) -> str:
            return await http.send(
                {
                    "to": message.to.id,
                    "to_digits": message.to.id.removeprefix("+"),
                    "text": part.text,
                    "template_id": template_id,
                    "header": settings.header,
                    "entity_id": settings.entity_id,
                    "key": settings.key,
                }
            )

        parts = present(message.text, message.options, self.capabilities)
        given = await self._progress.send(message.id, parts, send_part)
        return self._id(given or f"ours-{message.id}")

    async def was_sent(self, message: OutboundMessage, since: datetime) -> str | None:
        """Gateways keep no list that they would show."""
        return None

    async def missed(self, since: datetime) -> AsyncIterator[InboundMessage]:
        """Nor one of what came in."""
        return
        yield

    async def acknowledge(self) -> None:
        """A gateway expects nothing."""

    async def close(self) -> None:
        """See `Channel`."""
        if self._http is not None:
            await self._http.close()

    def _message(self, fields: Mapping[str, object], now: datetime) -> InboundMessage | None:
        """The SMS in a call; None from senders who cannot be written back to."""
        names = self._settings.inbound
        if names is None:
            raise Malformed
        given, text = value(fields, names.sender), value(fields, names.text)
        provider_id = given_id(fields, names.id)
        if not given or not given.strip() or text is None:
            raise Malformed
        sender = mobile(given)
        if sender is None:
            return None
        if not provider_id:
            # The minute, where the gateway tells no time: the same words tomorrow are no repeat.
            at = value(fields, names.time) if names.time else None
            at = at or f"{now:%Y-%m-%dT%H:%M}"
            provider_id = self._settings.lock.name_for(sender, at, text)
        found = blank_message(text)
        return InboundMessage(
            id=self._id(provider_id),
            sender=Address(ChannelName.SMS, sender),
            text=found.text,
            received_at=now,
            blanked=found.blanked,
            secret=found.secret,
        )

    def _receipt(self, fields: Mapping[str, object]) -> Receipt | None:
        names = self._settings.status
        if names is None:
            raise Malformed
        provider_id, word = given_id(fields, names.id), value(fields, names.state)
        if not provider_id or not word or not word.strip():
            raise Malformed
        state = names.meant(word)
        if state is None:
            return None
        reason = word.strip()[:_LONGEST_REASON] if state is DeliveryState.FAILED else ""
        return Receipt(ChannelName.SMS, self._id(provider_id), state, reason=reason)

    def _id(self, given: str) -> str:
        """An id of this gateway's, which another's must not be taken for."""
        return f"{self._settings.name}:{given}"
