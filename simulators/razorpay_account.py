"""A loopback Razorpay's account: what it keeps, and what payers do to it."""

import random
import string
from collections import deque
from collections.abc import Callable
from datetime import UTC, datetime
from urllib.parse import urlencode

from simulators.bounded import Bounded
from simulators.errands import Errands
from simulators.faults import Faults
from simulators.razorpay_bell import Bell, Event, envelope, hmac_sha256
from simulators.razorpay_entities import Link, Payment, Refund

DEMO_KEY = "rzp_test_BijliSaathi00"
DEMO_KEY_SECRET = "demo-razorpay-key-secret"
DEMO_WEBHOOK_SECRET = "demo-razorpay-webhook-secret"

REMEMBERED = 20_000
LOGGED = 1_000
LETTERS = string.ascii_letters + string.digits
WHY_FAILED = "Payment was unsuccessful as the bank declined it. No money was taken."


class NotPayable(Exception):
    """The link takes no money any more."""


def utc_now() -> datetime:
    """The wall clock."""
    return datetime.now(UTC)


class Account:
    """One Razorpay account in test mode."""

    def __init__(
        self,
        *,
        key_id: str = DEMO_KEY,
        key_secret: str = DEMO_KEY_SECRET,
        webhook_secret: str = DEMO_WEBHOOK_SECRET,
        webhook_url: str = "",
        reach_at: str = "",
        page_base: str = "",
        clock: Callable[[], datetime] = utc_now,
    ) -> None:
        self.base = ""
        self.key_id = key_id
        self.key_secret = key_secret
        self.page_base = page_base  # where the pay page is shown; empty: at our own origin
        self.clock = clock
        self.faults = Faults()
        self._errands = Errands(reach_at)
        self.bell = Bell(webhook_url, webhook_secret, self._errands)
        self.links: Bounded[str, Link] = Bounded(REMEMBERED)
        self.payments: Bounded[str, Payment] = Bounded(REMEMBERED)
        self.refunds: Bounded[str, Refund] = Bounded(REMEMBERED)
        self.notified: deque[tuple[str, str]] = deque(
            maxlen=LOGGED
        )  # texts Razorpay sent to payers by itself
        self.references: Bounded[str, str] = Bounded(REMEMBERED)
        self._random = random.Random()  # unseeded: a restart must not give the same ids again

    async def close(self) -> None:
        """End the webhooks that are still on their way."""
        await self._errands.close()

    async def settled(self) -> None:
        """Wait until every event is delivered or given up."""
        await self._errands.idle()

    # The payer's end.

    def pay(self, link_id: str, *, method: str = "upi", amount: int | None = None) -> str:
        """Pay a link, or a part of it where it takes parts; gives the payment's id.

        Raises `NotPayable`.
        """
        link = self._payable(link_id)
        payment = self._attempt(link, method, amount)
        self.bell.ring(self._capture(link, payment))
        return payment.id

    def fail(self, link_id: str, *, method: str = "upi") -> str:
        """Try to pay, and be declined; gives the payment's id. Raises `NotPayable`."""
        link = self._payable(link_id)
        payment = self._attempt(link, method, None)
        self.bell.ring(self._decline(payment))
        return payment.id

    def fail_then_pay(self, link_id: str, *, method: str = "upi") -> str:
        """Be declined, and then the same payment is captured after all: late authorisation."""
        link = self._payable(link_id)
        payment = self._attempt(link, method, None)
        events = self._decline(payment)
        self.bell.ring([*events, *self._capture(link, payment)])
        return payment.id

    def pay_late(self, link_id: str, *, method: str = "upi") -> str:
        """Begin to pay, let the link expire, and have the money captured after that."""
        link = self._payable(link_id)
        payment = self._attempt(link, method, None)
        events = self._expire(link)
        self.bell.ring([*events, *self._capture(link, payment)])
        return payment.id

    def pay_twice(self, link_id: str, *, method: str = "upi") -> tuple[str, str]:
        """Pay in two windows at once: both payments are captured; gives their ids."""
        link = self._payable(link_id)
        first, second = (self._attempt(link, method, None) for _ in range(2))
        self.bell.ring([*self._capture(link, first), *self._capture(link, second)])
        return first.id, second.id

    def expire(self, link_id: str) -> None:
        """Let a link end now, whatever its time. Raises `NotPayable`."""
        self.bell.ring(self._expire(self._payable(link_id)))

    def expire_due(self) -> None:
        """End every link whose time has come; asking for a link does the same for that one."""
        for link in list(self.links.values()):
            self._refresh(link)

    def callback(self, link: Link, payment_id: str) -> str:
        """Where the payer's browser is sent after paying, signed; empty where nowhere was named."""
        if not link.callback_url:
            return ""
        signed = f"{link.id}|{link.reference_id}|{link.status}|{payment_id}"
        query = {
            "razorpay_payment_id": payment_id,
            "razorpay_payment_link_id": link.id,
            "razorpay_payment_link_reference_id": link.reference_id,
            "razorpay_payment_link_status": link.status,
            "razorpay_signature": hmac_sha256(self.key_secret, signed.encode()),
        }
        joint = "&" if "?" in link.callback_url else "?"
        return f"{link.callback_url}{joint}{urlencode(query)}"

    def link(self, link_id: str) -> Link | None:
        """A link as it stands now."""
        link = self.links.get(link_id)
        if link is not None:
            self._refresh(link)
        return link

    def _payable(self, link_id: str) -> Link:
        link = self.link(link_id)
        if link is None or not link.payable:
            raise NotPayable(link_id)
        return link

    def _attempt(self, link: Link, method: str, amount: int | None) -> Payment:
        payment = Payment(
            self._id("pay"),
            link.id,
            link.order_id,
            amount if amount is not None and link.accept_partial else link.amount - link.paid,
            method,
            "created",
            self._now(),
            f"#{link.id.removeprefix('plink_')}",
            link.notes,
        )
        self.payments[payment.id] = payment
        link.payments.append(payment)
        return payment

    def _decline(self, payment: Payment) -> list[Event]:
        payment.status, payment.failed_because = "failed", WHY_FAILED
        return [self._event("payment.failed", payment=payment)]

    def _capture(self, link: Link, payment: Payment) -> list[Event]:
        payment.status = "authorized"
        events = [self._event("payment.authorized", payment=payment)]
        payment.status = "captured"
        events.append(self._event("payment.captured", payment=payment))
        if not link.payable:  # over, cancelled or paid already: the money is there all the same
            return events
        link.updated_at = self._now()
        link.status = "partially_paid"
        if link.paid >= link.amount:
            link.status = "paid"
            events.append(self._event("order.paid", link=link, payment=payment))
        events.append(self._event(f"payment_link.{link.status}", link=link, payment=payment))
        return events

    def _expire(self, link: Link) -> list[Event]:
        link.status = "expired"
        link.expired_at = link.updated_at = self._now()
        return [self._event("payment_link.expired", link=link)]

    def _refresh(self, link: Link) -> None:
        if link.payable and link.expire_by and link.expire_by <= self._now():
            self.bell.ring(self._expire(link))

    def _event(
        self,
        kind: str,
        *,
        link: Link | None = None,
        payment: Payment | None = None,
        refund: Refund | None = None,
    ) -> Event:
        about = link or payment or refund
        body = envelope(
            kind,
            link=link,
            payment=payment,
            refund=refund,
            created_at=about.created_at if about is not None else self._now(),
        )
        return self.bell.sign(self._letters(), kind, body)

    # Small change.

    def _now(self) -> int:
        return int(self.clock().timestamp())

    def _id(self, prefix: str) -> str:
        return f"{prefix}_{self._letters()}"

    def _letters(self) -> str:
        return "".join(self._random.choices(LETTERS, k=14))
