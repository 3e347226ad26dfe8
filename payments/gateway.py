"""What the payment desk needs of a gateway."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from models.errors import Trouble
from models.gateway import GatewayLink, GatewayPayment
from models.money import Money


class Forged(Trouble):
    """The signature is wrong or missing."""


class Malformed(Trouble):
    """It is signed, but it is no event."""


@dataclass(frozen=True, slots=True)
class LinkRequest:
    """A link to be made: exactly this sum, never a part of it."""

    reference: str  # at most 40 characters, unique for ever
    amount: Money
    description: str
    expires_at: datetime
    return_url: str
    notes: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class GatewayEvent:
    """A ring of the bell: what to ask the gateway about."""

    id: str
    kind: str
    link_id: str  # empty where the event names none
    payment_id: str  # empty where the event names none


class PaymentGateway(Protocol):
    """A payment provider. Everything it cannot do raises `Temporary` or `Permanent`."""

    async def create_link(self, request: LinkRequest) -> GatewayLink:
        """Make a link; a reference used before gives the link it made then."""

    async def look_up(self, link_id: str) -> GatewayLink:
        """What is true of a link now."""

    async def payment(self, payment_id: str) -> tuple[GatewayPayment, str]:
        """What is true of a payment now, and the id of the link it belongs to ("" for none)."""

    async def cancel(self, link_id: str) -> GatewayLink:
        """Make a link unpayable; one that is paid or over stays what it is, and is returned."""

    def receive(self, headers: Mapping[str, str], body: bytes) -> GatewayEvent | None:
        """The event a webhook brought; None for kinds we do not need.

        Raises `Forged` and `Malformed`.
        """

    def returned(self, query: Mapping[str, str]) -> str | None:
        """The link id a payer's browser came back with, where its signature is right."""
