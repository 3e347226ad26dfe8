"""Razorpay's payment links, through its SDK.

The SDK blocks, prints, has no timeout, and its errors carry only a description. So it runs on a
few threads of its own, each with a client of its own, over a session that translates every answer
before the SDK sees it.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import threading
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from models.errors import Misconfigured, Permanent, Temporary
from models.gateway import GatewayLink, GatewayPayment, GatewayState
from models.money import NOTHING, Money
from payments.gateway import Forged, GatewayEvent, LinkRequest, Malformed

if TYPE_CHECKING:
    import requests

THREADS = 4
TIMEOUT = (3.05, 10.0)  # seconds to connect, and to answer
TOO_MANY = 429
REFUSED = {401, 403}
SERVER_TROUBLE = 500

LINK_KINDS = {
    "payment_link.paid",
    "payment_link.partially_paid",
    "payment_link.cancelled",
    "payment_link.expired",
}
PAYMENT_KINDS = {"payment.captured", "payment.failed"}
REFUND_KINDS = {"refund.created", "refund.processed"}


class NotReached(Temporary):
    """The gateway has done nothing: it was not reached, or asks us to wait."""


class Razorpay:
    """Payment links of one Razorpay account; `webhook_secrets` newest first."""

    def __init__(
        self,
        key_id: str,
        key_secret: str,
        webhook_secrets: Iterable[str],
        api_base: str = "",
    ) -> None:
        self._auth = (key_id, key_secret)
        self._webhook_secrets = tuple(webhook_secrets)
        self._api_base = api_base.rstrip("/")
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="razorpay")
        self._own = threading.local()

    async def create_link(self, request: LinkRequest) -> GatewayLink:
        """Make a link; where it is unclear whether it was made, its reference tells."""
        wanted = {
            "amount": request.amount.paise,
            "currency": "INR",
            "accept_partial": False,
            "description": request.description,
            "reference_id": request.reference,
            "expire_by": int(request.expires_at.timestamp()),
            # We bring the link ourselves; Razorpay would write to the person as well.
            "notify": {"sms": False, "email": False},
            "reminder_enable": False,
            "notes": dict(request.notes),
            "callback_url": request.return_url,
            "callback_method": "get",
        }
        try:
            return _link(await self._call(lambda sdk: sdk.payment_link.create(wanted)))
        except (NotReached, Misconfigured):
            raise
        except (Temporary, Permanent):
            # A timeout may have made it, and a reference used before is refused with words only.
            found = await self._find(request.reference)
            if found is None:
                raise
            if found.amount != request.amount:
                raise Permanent("The reference belongs to a link for another sum.") from None
            return found

    async def look_up(self, link_id: str) -> GatewayLink:
        """What is true of a link now."""
        return _link(await self._call(lambda sdk: sdk.payment_link.fetch(link_id)))

    async def payment(self, payment_id: str) -> tuple[GatewayPayment, str]:
        """What is true of a payment now, and the id of its link ("" for none)."""
        found = await self._call(lambda sdk: sdk.payment.fetch(payment_id))
        listed = await self._call(lambda sdk: sdk.payment_link.all({"payment_id": payment_id}))
        links = _links(listed)
        if len(links) != 1:  # a list that was not filtered tells the link by its payments
            links = [it for it in links if payment_id in {paid.id for paid in it.payments}]
        return _payment(found), links[0].id if links else ""

    async def cancel(self, link_id: str) -> GatewayLink:
        """Make a link unpayable; one that is paid or over stays what it is, and is returned."""
        try:
            return _link(await self._call(lambda sdk: sdk.payment_link.cancel(link_id)))
        except Misconfigured:
            raise
        except Permanent:
            link = await self.look_up(link_id)
            if link.state is GatewayState.CREATED:
                raise
            return link

    def receive(self, headers: Mapping[str, str], body: bytes) -> GatewayEvent | None:
        """The event a webhook brought; its signature is over the raw body.

        The SDK's own check is left out: it takes no bytes, and its errors are of three kinds.
        """
        named = {name.lower(): value for name, value in headers.items()}
        signature = named.get("x-razorpay-signature", "")
        if not any(_signed(secret, body, signature) for secret in self._webhook_secrets):
            raise Forged
        event_id = named.get("x-razorpay-event-id") or hashlib.sha256(body).hexdigest()
        return _event(event_id, body)

    def returned(self, query: Mapping[str, str]) -> str | None:
        """The link a payer's browser came back from, where the signature over it is right."""
        names = (
            "razorpay_payment_link_id",
            "razorpay_payment_link_reference_id",
            "razorpay_payment_link_status",
            "razorpay_payment_id",
        )
        said = "|".join(query.get(name, "") for name in names).encode()
        link_id = query.get("razorpay_payment_link_id", "")
        right = _signed(self._auth[1], said, query.get("razorpay_signature", ""))
        return link_id if right and link_id else None

    def close(self) -> None:
        """Let the threads end; what they are asking is given up."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def _find(self, reference: str) -> GatewayLink | None:
        listed = await self._call(lambda sdk: sdk.payment_link.all({"reference_id": reference}))
        found = next((it for it in _links(listed) if it.reference == reference), None)
        return None if found is None else await self.look_up(found.id)

    async def _call(self, ask: Callable[[Any], Any]) -> Any:  # noqa: ANN401 -- JSON, read below
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, lambda: ask(self._sdk()))

    def _sdk(self) -> Any:  # noqa: ANN401 -- the SDK has no types
        """This thread's own client: sessions are not made to be shared."""
        if not hasattr(self._own, "sdk"):
            import razorpay

            base = {"base_url": self._api_base} if self._api_base else {}
            self._own.sdk = razorpay.Client(session=_session(), auth=self._auth, **base)
        return self._own.sdk


def _session() -> requests.Session:
    """A session with timeouts, without the machine's proxies, whose answers are good or raise."""
    import requests

    class Session(requests.Session):
        def request(self, *args: Any, **kwargs: Any) -> requests.Response:  # noqa: ANN401 -- as the SDK calls
            kwargs.setdefault("timeout", TIMEOUT)
            try:
                answer = super().request(*args, **kwargs)
            except requests.ConnectTimeout as error:
                raise NotReached("Razorpay was not reached.") from error
            except requests.RequestException as error:
                raise Temporary("Razorpay did not answer.") from error
            _check(answer)
            return answer

    session = Session()
    session.trust_env = False
    return session


def _check(answer: requests.Response) -> None:
    """Raise what an answer means, where it is not the JSON that was asked for."""
    try:
        said = answer.json()
    except ValueError:
        said = None
    if answer.ok and isinstance(said, dict):
        return
    if answer.status_code == TOO_MANY:
        wait = answer.headers.get("Retry-After", "")
        raise NotReached("Razorpay asks us to wait.", wait=float(wait) if wait.isdigit() else None)
    if answer.status_code >= SERVER_TROUBLE or not isinstance(said, dict):
        raise Temporary(f"Razorpay answered {answer.status_code}.")
    error = said.get("error")
    words = str(error.get("description", "")) if isinstance(error, dict) else ""
    if answer.status_code in REFUSED:
        raise Misconfigured(f"Razorpay refuses our keys: {words}")
    raise Permanent(f"Razorpay answered {answer.status_code}: {words}")


def _signed(secret: str, said: bytes, signature: str) -> bool:
    right = hmac.new(secret.encode(), said, hashlib.sha256).hexdigest()
    return hmac.compare_digest(right.encode(), signature.encode())


def _event(event_id: str, body: bytes) -> GatewayEvent | None:
    try:
        said = json.loads(body)
        kind, payload = said["event"], said["payload"]
        if kind in LINK_KINDS:
            return GatewayEvent(event_id, kind, _text(payload["payment_link"]["entity"]["id"]), "")
        if kind in PAYMENT_KINDS:
            return GatewayEvent(event_id, kind, "", _text(payload["payment"]["entity"]["id"]))
        if kind in REFUND_KINDS:
            paid = _text(payload["refund"]["entity"]["payment_id"])
            return GatewayEvent(event_id, kind, "", paid)
        _text(kind)
    except (ValueError, TypeError, LookupError) as error:
        raise Malformed from error
    return None


def _text(value: object) -> str:
    if not isinstance(value, str) or not value:
        raise TypeError(value)
    return value


def _links(said: Mapping[str, Any]) -> list[GatewayLink]:
    return [_link(it) for it in said.get("payment_links") or []]


def _link(said: Mapping[str, Any]) -> GatewayLink:
    try:
        # `payments` is null, an empty list or an empty object until somebody tried to pay.
        return GatewayLink(
            id=said["id"],
            url=said["short_url"],
            reference=said.get("reference_id") or "",
            state=GatewayState(said["status"]),
            amount=Money(int(said["amount"])),
            payments=tuple(_payment(it) for it in said.get("payments") or ()),
        )
    except (KeyError, ValueError, TypeError) as error:
        raise Temporary("Razorpay described a link in words we do not know.") from error


def _payment(said: Mapping[str, Any]) -> GatewayPayment:
    """A payment by itself, or as a link lists it, under other names and without its refunds."""
    try:
        amount = Money(int(said["amount"]))
        gone = said.get("amount_refunded")
        whole = amount if said["status"] == "refunded" else NOTHING
        return GatewayPayment(
            id=said.get("payment_id") or said["id"],
            amount=amount,
            status=said["status"],
            method=said.get("method") or "",
            at=datetime.fromtimestamp(int(said["created_at"]), UTC),
            refunded=whole if gone is None else Money(int(gone)),
        )
    except (KeyError, ValueError, TypeError) as error:
        raise Temporary("Razorpay described a payment in words we do not know.") from error
