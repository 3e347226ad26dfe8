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
    longest_label: int  # of a button
    longest_text: int  # in the channel's own counting
    longest_row: int = 0  # of a row's label
    longest_menu: int = 0  # text above buttons or rows
    longest_caption: int = 0  # text under a paper; zero where papers are not shown


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

    async def was_sent(self, message: OutboundMessage, since: datetime) -> str | None:
        """The provider's id of a message that `send` left in doubt; None where it knows of none.

        Providers that keep no list of what they sent always answer None.
        """

    async def acknowledge(self) -> None:
        """Answer what the last webhooks expect beside a reply, such as a tap on a button.

        Called once the messages are kept; never raises, and nothing is lost where it is not called.
        """

    async def close(self) -> None:
        """Give connections back."""
