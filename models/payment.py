"""Money on its way in: links, payments and the moves they may make."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType

from models.k_number import KNumber
from models.money import Money


class PaymentState(StrEnum):
    """What became of a link and the money it asked for (the names of the staff API)."""

    ASKED = "asked"
    PART_PAID = "part_paid"
    PAID = "paid"
    POSTED = "posted"
    EXPIRED = "expired"
    CANCELLED = "cancelled"
    FAILED = "failed"
    DUPLICATE = "duplicate"
    REFUNDED = "refunded"


MOVES: Mapping[PaymentState, frozenset[PaymentState]] = MappingProxyType(
    {
        PaymentState.ASKED: frozenset(
            {
                PaymentState.PART_PAID,
                PaymentState.PAID,
                PaymentState.EXPIRED,
                PaymentState.CANCELLED,
                PaymentState.FAILED,
                PaymentState.DUPLICATE,
            }
        ),
        # A capture after expiry, cancelling or a failed try is normal life, never lost.
        PaymentState.FAILED: frozenset(
            {
                PaymentState.ASKED,
                PaymentState.PART_PAID,
                PaymentState.PAID,
                PaymentState.EXPIRED,
                PaymentState.CANCELLED,
                PaymentState.DUPLICATE,
            }
        ),
        PaymentState.EXPIRED: frozenset(
            {PaymentState.PART_PAID, PaymentState.PAID, PaymentState.DUPLICATE}
        ),
        PaymentState.CANCELLED: frozenset(
            {PaymentState.PART_PAID, PaymentState.PAID, PaymentState.DUPLICATE}
        ),
        PaymentState.PART_PAID: frozenset({PaymentState.POSTED, PaymentState.REFUNDED}),
        PaymentState.PAID: frozenset({PaymentState.POSTED, PaymentState.REFUNDED}),
        PaymentState.DUPLICATE: frozenset({PaymentState.REFUNDED}),
        PaymentState.POSTED: frozenset({PaymentState.REFUNDED}),
        PaymentState.REFUNDED: frozenset(),
    }
)


@dataclass(frozen=True, slots=True)
class LinkPart:
    """What one link asks for one bill."""

    k_number: KNumber
    bill_number: str
    amount: Money


@dataclass(frozen=True, slots=True)
class PaymentLink:
    """A link to pay, behind our own short address `/p/{code}`."""

    id: int
    code: str
    reference: str  # ours at the gateway, unique for ever
    gateway_id: str  # empty until the gateway has made it
    gateway_url: str
    parts: tuple[LinkPart, ...]
    amount: Money
    state: PaymentState
    expires_at: datetime
    asked_at: datetime
    tag: str  # the payer's language
    conversation_id: int | None  # who is told when it is paid

    @property
    def live(self) -> bool:
        """Whether it may still be paid, as far as we know."""
        return self.state in {PaymentState.ASKED, PaymentState.FAILED}


@dataclass(frozen=True, slots=True)
class PaidReceipt:
    """One receipt: money that has arrived for one connection."""

    number: str
    k_number: KNumber
    amount: Money
    paid_on: date
    mode: str
    gateway_payment_id: str = ""
    bill_number: str = ""
