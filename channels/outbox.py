"""What sending needs of the outbox."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from models.message import DeliveryState, OutboundMessage


@dataclass(frozen=True, slots=True)
class Letter:
    """One row of the outbox, claimed by this process."""

    message: OutboundMessage
    since: datetime  # when its first attempt may have begun
    attempt: int = 1
    doubtful: bool = False  # an earlier attempt may have been taken: look it up before sending


class Outbox(Protocol):
    """Where the rows are. Every call is one write, harmless when run twice."""

    async def accepted(self, message_id: int, provider_id: str) -> None:
        """The provider took it. A receipt may have said more already; it is not taken back."""

    async def again(self, message_id: int, attempt: int, due_at: datetime, reason: str) -> None:
        """Hand it over once more from `due_at`, to any process, as this attempt."""

    async def doubtful(self, message_id: int, attempt: int, due_at: datetime, reason: str) -> None:
        """It may be there: where no receipt says so by `due_at`, hand it over as doubtful."""

    async def stopped(self, message_id: int, state: DeliveryState, reason: str) -> None:
        """No more attempts: `FAILED`, or `UNKNOWN` where it may have been taken.

        The reason is `unreachable`, `outside-window`, `misconfigured`, `refused`, `unknown`,
        `gave-up` or `unexpected`, then `: ` and what the provider said, without anybody's number.
        """

    async def reserve(self, sender: str, count: int) -> float:
        """Keep so many places in the sender's shared pace; the seconds until the first of them."""
