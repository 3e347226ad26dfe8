"""Money on its way in: links, payments and the moves they may make."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from types import MappingProxyType

from models.k_number import KNumber
from models.message import Tag
from models.money import Money
from models.words import Say, Word

SHORTEST_LIFE = timedelta(minutes=16)  # a gateway wants fifteen, and the request takes time too


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
    tag: Tag  # the language of whoever asked last
    is_part: bool = False  # less than the bill was asked for, on purpose

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


_MODES = frozenset({"upi", "card", "netbanking", "wallet"})


def mode_word(mode: str) -> Word:
    """How money came: the gateway's own words in the person's, a counter's as they stand."""
    return Say(f"mode-{mode}") if mode in _MODES else mode


@dataclass(frozen=True, slots=True)
class Asked:
    """Where to pay: our own short address, the sum, until when, and for what."""

    url: str
    amount: Money
    until: datetime
    parts: tuple[LinkPart, ...]
    instead: bool = False  # another link of one of these bills was ended for it


@dataclass(frozen=True, slots=True)
class PaymentNews:
    """The newest link of a connection that anybody asked for through us, and what came of it."""

    state: PaymentState
    amount: Money
    at: datetime
    receipt: str
    url: str  # while it can still be paid
    duplicate: bool = False
