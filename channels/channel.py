"""The one shape every provider is bent to."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from models.errors import Trouble
from models.message import ChannelName, InboundMessage, OutboundMessage, Receipt


@dataclass(frozen=True, slots=True)
class WebhookRequest:
    """What a provider sent, before anybody believed it."""

    raw_path: str  # path and query exactly as called
    headers: Mapping[str, str]  # names case-insensitive
    body: bytes


class Forged(Trouble):
    """The signature is wrong or missing."""


class Malformed(Trouble):
    """It is signed, but it is not a message."""


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a channel can show."""

    buttons: int  # zero: options become numbered lines
    rows: int  # rows of a list, beyond the buttons; zero where there are no lists
    longest_label: int
    longest_text: int  # in the channel's own counting


class Channel(Protocol):
    """One way people reach us."""

    name: ChannelName
    capabilities: Capabilities

    def receive(self, request: WebhookRequest, now: datetime) -> Sequence[InboundMessage | Receipt]:
        """What a webhook brought; raises `Forged` or `Malformed` and leaves nothing behind.

        Updates that are valid but none of ours give an empty sequence.
        """

    async def send(self, message: OutboundMessage) -> str:
        """Hand one message to the provider and return its id there.

        Raises `Temporary`, `Permanent`, `PersonUnreachable`, `OutsideWindow`, `Misconfigured`, or
        `Unknown` where the provider may have sent it without saying so.
        """

    def missed(self, since: datetime) -> AsyncIterator[InboundMessage]:
        """Inbound messages the provider has on record since then; none where it keeps no record."""

    async def close(self) -> None:
        """Give connections back."""
