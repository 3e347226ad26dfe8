"""A payment gateway in memory, with the payer's end and the gateway's bad days."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from models.errors import Permanent, Temporary
from models.gateway import GatewayLink, GatewayPayment, GatewayState
from models.money import NOTHING, Money
from payments.gateway import Forged, GatewayEvent, LinkRequest, Malformed

SHORTEST_LIFE = timedelta(minutes=15)


@dataclass(slots=True)
class _Link:
    id: str
    request: LinkRequest
    state: GatewayState = GatewayState.CREATED
    payments: dict[str, GatewayPayment] = field(default_factory=dict)


class FakeGateway:
    """Links and payments as a gateway keeps them; `rung` are the events it would deliver."""

    secret = "fake"

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._links: dict[str, _Link] = {}
        self._foreign: dict[str, GatewayPayment] = {}
        self.rung: list[GatewayEvent] = []
        self.down = 0  # so many of the next calls are not answered, and nothing is done
        self.heard = True  # events are delivered; else only asking tells
        self.mute = 0  # so many of the next calls are done, and not answered

    async def create_link(self, request: LinkRequest) -> GatewayLink:
        self._strike()
        for link in self._links.values():
            if link.request.reference == request.reference:
                if link.request.amount != request.amount:
                    raise Permanent("The reference belongs to a link for another sum.")
                return self._answer(link)
        if request.expires_at < self._clock() + SHORTEST_LIFE or request.amount.paise < 100:
            raise Permanent("Refused.")
        link = _Link(f"plink_{len(self._links) + 1}", request)
        self._links[link.id] = link
        return self._answer(link)

    async def look_up(self, link_id: str) -> GatewayLink:
        self._strike()
        return self._answer(self._known(link_id))

    async def payment(self, payment_id: str) -> tuple[GatewayPayment, str]:
        self._strike()
        if payment_id in self._foreign:
            return self._foreign[payment_id], ""
        for link in self._links.values():
            if payment_id in link.payments:
                return link.payments[payment_id], link.id
        raise Permanent("No such payment.")

    async def cancel(self, link_id: str) -> GatewayLink:
        self._strike()
        link = self._known(link_id)
        if link.state is GatewayState.CREATED:
            link.state = GatewayState.CANCELLED
            self._ring("payment_link.cancelled", link_id)
        return self._answer(link)

    def receive(self, headers: Mapping[str, str], body: bytes) -> GatewayEvent | None:
        if not hmac.compare_digest(self.sign(body), headers.get("signature", "")):
            raise Forged
        try:
            said = json.loads(body)
            if not said["kind"].startswith(("payment", "refund")):
                return None
            return GatewayEvent(said["id"], said["kind"], said["link_id"], said["payment_id"])
        except (ValueError, LookupError, TypeError) as error:
            raise Malformed from error

    def returned(self, query: Mapping[str, str]) -> str | None:
        link_id = query.get("link_id", "")
        return link_id if query.get("signature") == self.sign(link_id.encode()) else None

    # The payer's end.

    def begin(self, link_id: str) -> str:
        """Open the pay page and choose how to pay; the payment's id."""
        link = self._known(link_id)
        if link.state is not GatewayState.CREATED:
            raise Permanent("The link is not payable.")
        payment_id = f"pay_{sum(len(it.payments) for it in self._links.values()) + 1}"
        link.payments[payment_id] = GatewayPayment(
            payment_id, link.request.amount, "created", "upi", self._clock(), NOTHING
        )
        return payment_id

    def capture(self, payment_id: str) -> None:
        """The money arrives, however late."""
        link = self._link_of(payment_id)
        link.payments[payment_id] = replace(link.payments[payment_id], status="captured")
        self._ring("payment.captured", "", payment_id)
        if link.state is GatewayState.CREATED:
            link.state = GatewayState.PAID
            self._ring("payment_link.paid", link.id)

    def fail(self, payment_id: str) -> None:
        """The payment is declined, for now."""
        link = self._link_of(payment_id)
        link.payments[payment_id] = replace(link.payments[payment_id], status="failed")
        self._ring("payment.failed", "", payment_id)

    def pay(self, link_id: str) -> str:
        """Pay a link at once; the payment's id."""
        payment_id = self.begin(link_id)
        self.capture(payment_id)
        return payment_id

    def expire(self, link_id: str) -> None:
        """The link's time is over."""
        link = self._known(link_id)
        if link.state is GatewayState.CREATED:
            link.state = GatewayState.EXPIRED
            self._ring("payment_link.expired", link_id)

    def expire_due(self) -> None:
        """End every link whose time has come."""
        for link in self._links.values():
            if link.request.expires_at <= self._clock():
                self.expire(link.id)

    def refund(self, payment_id: str, amount: Money | None = None) -> None:
        """Send money back, all of it or some."""
        link = self._link_of(payment_id)
        paid = link.payments[payment_id]
        gone = paid.refunded + (amount or paid.amount - paid.refunded)
        status = "refunded" if gone == paid.amount else "captured"
        link.payments[payment_id] = replace(paid, refunded=gone, status=status)
        self._ring("refund.processed", "", payment_id)

    def foreign(self, amount: Money) -> str:
        """Money from somewhere else lands in the same account; the payment's id."""
        payment_id = f"pay_foreign_{len(self._foreign) + 1}"
        self._foreign[payment_id] = GatewayPayment(
            payment_id, amount, "captured", "upi", self._clock(), NOTHING
        )
        self._ring("payment.captured", "", payment_id)
        return payment_id

    # What tests look at.

    def captured(self) -> dict[str, GatewayPayment]:
        """Every payment that arrived."""
        inside = {k: p for link in self._links.values() for k, p in link.payments.items()}
        return {k: p for k, p in (inside | self._foreign).items() if p.arrived}

    def open_links(self) -> list[str]:
        """The links that can be paid now."""
        return [it.id for it in self._links.values() if it.state is GatewayState.CREATED]

    def pending(self) -> list[str]:
        """Payments begun whose money has not arrived."""
        return [
            key
            for link in self._links.values()
            for key, it in link.payments.items()
            if not it.arrived
        ]

    def requests(self) -> list[LinkRequest]:
        """What was asked for, in order."""
        return [it.request for it in self._links.values()]

    def request(self, link_id: str) -> LinkRequest:
        """What was asked for with this link."""
        return self._known(link_id).request

    def sign(self, body: bytes) -> str:
        """This gateway's signature."""
        return hmac.new(self.secret.encode(), body, hashlib.sha256).hexdigest()

    def webhook(self, event: GatewayEvent) -> tuple[dict[str, str], bytes]:
        """An event as it goes over the wire."""
        body = json.dumps(
            {
                "id": event.id,
                "kind": event.kind,
                "link_id": event.link_id,
                "payment_id": event.payment_id,
            }
        ).encode()
        return {"signature": self.sign(body)}, body

    def _ring(self, kind: str, link_id: str, payment_id: str = "") -> None:
        if self.heard:
            event_id = f"ev_{len(self.rung) + 1}"
            self.rung.append(GatewayEvent(event_id, kind, link_id, payment_id))

    def _strike(self) -> None:
        if self.down:
            self.down -= 1
            raise Temporary("The gateway is down.")

    def _answer(self, link: _Link) -> GatewayLink:
        if self.mute:
            self.mute -= 1
            raise Temporary("The answer was lost.")
        return GatewayLink(
            id=link.id,
            url=f"https://gateway.example/{link.id}",
            reference=link.request.reference,
            state=link.state,
            amount=link.request.amount,
            # A link lists only what arrived, and without what went back.
            payments=tuple(
                replace(it, refunded=it.amount if it.status == "refunded" else NOTHING)
                for it in link.payments.values()
                if it.arrived
            ),
        )

    def _known(self, link_id: str) -> _Link:
        if link_id not in self._links:
            raise Permanent("No such link.")
        return self._links[link_id]

    def _link_of(self, payment_id: str) -> _Link:
        return next(it for it in self._links.values() if payment_id in it.payments)
