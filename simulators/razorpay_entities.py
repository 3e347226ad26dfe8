"""What a loopback Razorpay keeps: links, their orders, payments and refunds."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

FEE_PERMYRIAD = 236  # two per cent and the tax on them
TAX_IN_FEE = (18, 118)


@dataclass(slots=True)
class Payment:
    """One try to pay. Amounts in paise, moments in epoch seconds, as Razorpay counts them."""

    id: str
    link_id: str
    order_id: str
    amount: int
    method: str  # upi, card, netbanking, wallet
    status: str  # created, authorized, captured, failed, refunded
    created_at: int
    description: str
    notes: Mapping[str, str]
    contact: str = "+919829012345"
    email: str = "void@razorpay.com"
    refunded: int = 0
    failed_because: str = ""

    @property
    def captured(self) -> bool:
        """Whether the money arrived, whatever went back since."""
        return self.status in {"captured", "refunded"}

    @property
    def fee(self) -> int:
        """Razorpay's share, tax included; UPI is free of charge."""
        return 0 if self.method == "upi" else self.amount * FEE_PERMYRIAD // 10_000

    @property
    def tax(self) -> int:
        """The tax in the fee."""
        return self.fee * TAX_IN_FEE[0] // TAX_IN_FEE[1]

    def as_json(self) -> dict[str, Any]:
        """The entity as the API and the webhooks give it."""
        failed = bool(self.failed_because) and self.status == "failed"
        return {
            "id": self.id,
            "entity": "payment",
            "amount": self.amount,
            "currency": "INR",
            "status": self.status,
            "order_id": self.order_id,
            "invoice_id": None,
            "international": False,
            "method": self.method,
            "amount_refunded": self.refunded,
            "refund_status": self._refund_status(),
            "captured": self.captured,
            "description": self.description,
            "card_id": f"card_{self.id[4:]}" if self.method == "card" else None,
            "bank": "SBIN" if self.method == "netbanking" else None,
            "wallet": "mobikwik" if self.method == "wallet" else None,
            "vpa": "practice@upi" if self.method == "upi" else None,
            "email": self.email,
            "contact": self.contact,
            "notes": dict(self.notes) or [],
            "fee": self.fee if self.captured else None,
            "tax": self.tax if self.captured else None,
            "error_code": "BAD_REQUEST_ERROR" if failed else None,
            "error_description": self.failed_because if failed else None,
            "error_source": "customer" if failed else None,
            "error_step": "payment_authentication" if failed else None,
            "error_reason": "payment_failed" if failed else None,
            "acquirer_data": {"rrn": self.id[-12:]} if self.method == "upi" else {},
            "created_at": self.created_at,
        }

    def _refund_status(self) -> str | None:
        if not self.refunded:
            return None
        return "full" if self.refunded == self.amount else "partial"


@dataclass(slots=True)
class Link:
    """One payment link; unset moments are 0."""

    id: str
    order_id: str
    amount: int
    reference_id: str
    description: str
    accept_partial: bool
    least_part: int
    customer: Mapping[str, Any]
    expire_by: int
    notify: Mapping[str, Any]
    reminders: bool
    notes: Mapping[str, str]
    callback_url: str
    short_url: str
    created_at: int
    status: str = "created"
    updated_at: int = 0
    cancelled_at: int = 0
    expired_at: int = 0
    payments: list[Payment] = field(default_factory=list)

    @property
    def paid(self) -> int:
        """What counts towards the amount."""
        arrived = sum(payment.amount for payment in self.payments if payment.captured)
        return min(arrived, self.amount) if self.status in {"paid", "partially_paid"} else 0

    @property
    def payable(self) -> bool:
        """Whether its page takes money."""
        return self.status in {"created", "partially_paid"}

    def as_json(self) -> dict[str, Any]:
        """The entity as the API and the webhooks give it."""
        return {
            "accept_partial": self.accept_partial,
            "amount": self.amount,
            "amount_paid": self.paid,
            "callback_method": "get" if self.callback_url else "",
            "callback_url": self.callback_url,
            "cancelled_at": self.cancelled_at,
            "created_at": self.created_at,
            "currency": "INR",
            "customer": dict(self.customer),
            "description": self.description,
            "expire_by": self.expire_by,
            "expired_at": self.expired_at,
            "first_min_partial_amount": self.least_part,
            "id": self.id,
            "notes": dict(self.notes) or None,
            "notify": dict(self.notify),
            "order_id": self.order_id,
            "payments": [_brief(payment) for payment in self.payments if payment.captured] or None,
            "reference_id": self.reference_id,
            "reminder_enable": self.reminders,
            "reminders": [],
            "short_url": self.short_url,
            "status": self.status,
            "updated_at": self.updated_at or self.created_at,
            "upi_link": False,
            "user_id": "",
            "whatsapp_link": False,
        }

    def order_json(self, *, in_webhook: bool = False) -> dict[str, Any]:
        """The order behind the link. In webhooks its id lacks the prefix, as in the real ones."""
        return {
            "id": self.order_id.removeprefix("order_") if in_webhook else self.order_id,
            "entity": "order",
            "amount": self.amount,
            "amount_paid": self.paid,
            "amount_due": self.amount - self.paid,
            "currency": "INR",
            "receipt": self.reference_id or None,
            "offer_id": None,
            "status": "paid" if self.paid == self.amount else "attempted",
            "attempts": len(self.payments),
            "notes": [],
            "created_at": self.created_at,
        }


def _brief(payment: Payment) -> dict[str, Any]:
    return {
        "amount": payment.amount,
        "created_at": payment.created_at,
        "method": payment.method,
        "payment_id": payment.id,
        "plink_id": payment.link_id,
        "status": payment.status,
    }


@dataclass(frozen=True, slots=True)
class Refund:
    """Money going back."""

    id: str
    payment_id: str
    amount: int
    speed: str
    notes: Mapping[str, str]
    receipt: str
    created_at: int

    def as_json(self) -> dict[str, Any]:
        """The entity as the API and the webhooks give it."""
        return {
            "id": self.id,
            "entity": "refund",
            "amount": self.amount,
            "currency": "INR",
            "payment_id": self.payment_id,
            "notes": dict(self.notes) or [],
            "receipt": self.receipt or None,
            "acquirer_data": {"arn": None},
            "created_at": self.created_at,
            "batch_id": None,
            "status": "processed",
            "speed_processed": "normal",
            "speed_requested": self.speed,
        }
