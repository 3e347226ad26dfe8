"""Razorpay's webhooks: signed over the raw body, at least once, in no order, tried again."""

import asyncio
import hashlib
import hmac
import json
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from simulators.errands import Answer, Errands
from simulators.razorpay_entities import Link, Payment, Refund

SECONDS_TO_ANSWER = 5
LOGGED = 1_000


@dataclass(slots=True)
class Rings:
    """How the bell rings."""

    seconds: float = 0.0  # from one event to the next
    shuffled: bool = False  # the last event first
    repeated: bool = False  # every event twice, under one id
    silent: bool = False  # events are lost: only asking tells
    tries: int = 6
    retry_seconds: float = 1.0  # before the second try; doubled each time


@dataclass(frozen=True, slots=True)
class Event:
    """One event as it goes over the wire, signed with the secret of its own day."""

    id: str
    kind: str
    body: bytes
    signature: str


@dataclass(frozen=True, slots=True)
class Rung:
    """One try to deliver an event, and what came back."""

    event: Event
    answer: Answer


def hmac_sha256(secret: str, message: bytes) -> str:
    """Razorpay's signature, in hex."""
    return hmac.new(secret.encode(), message, hashlib.sha256).hexdigest()


def envelope(
    kind: str,
    *,
    link: Link | None = None,
    payment: Payment | None = None,
    refund: Refund | None = None,
    created_at: int,
) -> bytes:
    """The body of an event; its `created_at` is the link's, not its own, as in the real ones."""
    payload: dict[str, Any] = {}
    if link is not None:
        payload["payment_link"] = {"entity": link.as_json()}
        if payment is not None:
            payload["order"] = {"entity": link.order_json(in_webhook=True)}
    if payment is not None:
        payload["payment"] = {"entity": payment.as_json()}
    if refund is not None:
        payload["refund"] = {"entity": refund.as_json()}
    content = {
        "entity": "event",
        "account_id": "acc_PracticeAccount",
        "event": kind,
        "contains": list(payload),
        "payload": payload,
        "created_at": created_at,
    }
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


class Bell:
    """Delivers events to one address."""

    def __init__(self, url: str, secret: str, errands: Errands) -> None:
        self.url = url
        self.secret = secret
        self.rings = Rings()
        self.rung: deque[Rung] = deque(maxlen=LOGGED)
        self._errands = errands

    def sign(self, event_id: str, kind: str, body: bytes) -> Event:
        """An event, ready to be delivered."""
        return Event(event_id, kind, body, hmac_sha256(self.secret, body))

    def ring(self, events: Sequence[Event]) -> None:
        """Deliver what happened at one stroke."""
        if self.url and not self.rings.silent:
            self._errands.run(self._ring(events))

    async def again(self, event: Event) -> Answer:
        """Deliver one event once more, as its dashboard can."""
        return await self._post(event)

    async def _ring(self, events: Sequence[Event]) -> None:
        for event in reversed(events) if self.rings.shuffled else events:
            if self.rings.seconds:
                await asyncio.sleep(self.rings.seconds)
            for _ in range(2 if self.rings.repeated else 1):
                if not (await self._post(event)).accepted:
                    self._errands.run(self._try_again(event))

    async def _try_again(self, event: Event) -> None:
        for attempt in range(self.rings.tries - 1):
            await asyncio.sleep(self.rings.retry_seconds * 2**attempt)
            if (await self._post(event)).accepted:
                return

    async def _post(self, event: Event) -> Answer:
        headers: Mapping[str, str] = {
            "Content-Type": "application/json",
            "User-Agent": "Razorpay-Webhook/v1",
            "X-Razorpay-Signature": event.signature,
            "x-razorpay-event-id": event.id,
        }
        answer = await self._errands.post(
            self.url, event.body, dict(headers), seconds=SECONDS_TO_ANSWER
        )
        self.rung.append(Rung(event, answer))
        return answer
