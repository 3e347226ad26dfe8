"""What a payment gateway says is true of a link and of the payments on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from models.money import Money


class GatewayState(StrEnum):
    """What the gateway says of a link."""

    CREATED = "created"
    PARTIALLY_PAID = "partially_paid"
    PAID = "paid"
    EXPIRED = "expired"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class GatewayPayment:
    """One payment as the gateway knows it."""

    id: str
    amount: Money
    status: str  # created, authorized, captured, refunded, failed
    method: str
    at: datetime
    refunded: Money

    @property
    def arrived(self) -> bool:
        """Whether the money came in, even if it has gone back since."""
        return self.status in {"captured", "refunded"}


@dataclass(frozen=True, slots=True)
class GatewayLink:
    """A link as the gateway knows it."""

    id: str
    url: str
    reference: str
    state: GatewayState
    amount: Money
    payments: tuple[GatewayPayment, ...]
