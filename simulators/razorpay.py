"""A loopback Razorpay: payment links, payments, refunds, webhooks and a page to practise paying.

What a test or `/try` turns: `faults` (calls that go wrong), `bell.rings` (how events arrive), and
the payer: `pay`, `fail`, `fail_then_pay`, `pay_late`, `pay_twice`.
"""

import base64
import json
import re
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Any

from aiohttp import web

from simulators.bounded import Bounded
from simulators.faults import Fault, bad_gateway
from simulators.razorpay_account import REMEMBERED, Account
from simulators.razorpay_entities import Link, Payment, Refund
from simulators.razorpay_page import page_routes
from simulators.razorpay_rules import (
    LEAST_AMOUNT,
    Refused,
    check_create,
    check_edit,
    check_notes,
    error,
)

REFUND_KEY = re.compile(r"[A-Za-z0-9_-]{10,}")
NOT_THERE = "The id provided does not exist"
IST = timezone(timedelta(hours=5, minutes=30))

Handler = Callable[[web.Request], Awaitable[web.Response]]


@dataclass(frozen=True, slots=True)
class _KnownRefund:
    body: str
    refund: Refund


class Razorpay(Account):
    """The account behind Razorpay's own API; made with `Account`'s settings."""

    def __init__(self, **settings: Any) -> None:  # noqa: ANN401  the account's own, see there
        super().__init__(**settings)
        self._refund_keys: Bounded[str, _KnownRefund] = Bounded(REMEMBERED)
        self._in_flight: set[str] = set()

    def app(self) -> web.Application:
        """Razorpay's own paths, and the pay page."""
        app = web.Application()
        add = app.router
        add.add_post("/v1/payment_links", self._called(self._create))
        add.add_get("/v1/payment_links", self._called(self._list))
        add.add_get("/v1/payment_links/{id}", self._called(self._fetch))
        add.add_patch("/v1/payment_links/{id}", self._called(self._edit))
        add.add_post("/v1/payment_links/{id}/cancel", self._called(self._cancel))
        add.add_post("/v1/payment_links/{id}/notify_by/{medium}", self._called(self._notify))
        add.add_get("/v1/payments", self._called(self._list_payments))
        add.add_get("/v1/payments/{id}", self._called(self._fetch_payment))
        add.add_post("/v1/payments/{id}/refund", self._called(self._refund))
        add.add_get("/v1/payments/{id}/refunds", self._called(self._list_refunds))
        add.add_get("/v1/refunds/{id}", self._called(self._fetch_refund))
        add.add_get("/v1/orders/{id}", self._called(self._fetch_order))
        add.add_get("/v1/orders/{id}/payments", self._called(self._order_payments))
        add.add_get("/v1/settlements/recon/combined", self._called(self._recon))
        app.add_routes(page_routes(self, "/pay"))
        return app

    def _called(self, handler: Handler) -> Handler:
        async def called(request: web.Request) -> web.Response:
            fault = self.faults.strike()
            if (refused := self._refuse(fault, request)) is not None:
                return refused
            key = request.headers.get("X-Refund-Idempotency", "")
            if key in self._in_flight:
                return error(Refused("Another request with this key is in progress", status=409))
            if key:
                self._in_flight.add(key)
            try:
                response = await handler(request)
                return await self.faults.befall(fault, request, response)
            except Refused as refused_:
                return error(refused_)
            finally:
                self._in_flight.discard(key)

        return called

    def _refuse(self, fault: Fault | None, request: web.Request) -> web.Response | None:
        if fault is Fault.TOO_MANY:
            response = error(Refused("Too many requests", status=429))
            response.headers["Retry-After"] = str(self.faults.retry_after)
            return response
        if fault is Fault.BAD_GATEWAY:
            return bad_gateway()
        if fault is Fault.SERVER_ERROR:
            down = Refused("We are facing some trouble completing your request", status=500)
            return error(down, "SERVER_ERROR")
        pair = base64.b64encode(f"{self.key_id}:{self.key_secret}".encode()).decode()
        if request.headers.get("Authorization") != f"Basic {pair}":
            return error(Refused("Authentication failed", status=401))
        return None

    async def _create(self, request: web.Request) -> web.Response:
        asked = await _object(request)
        check_create(asked, self._now())
        reference = str(asked.get("reference_id") or "")
        self._claim(reference)
        link_id = self._id("plink")
        link = Link(
            link_id,
            self._id("order"),
            asked["amount"],
            reference,
            str(asked.get("description") or ""),
            bool(asked.get("accept_partial")),
            asked.get("first_min_partial_amount") or 0,
            asked.get("customer") or {},
            asked.get("expire_by") or 0,
            asked.get("notify") or {"email": False, "sms": False},
            bool(asked.get("reminder_enable")),
            _notes(asked.get("notes")),
            str(asked.get("callback_url") or ""),
            f"{self.page_base or self.base + '/pay'}/{link_id}",
            self._now(),
        )
        self.links[link_id] = link
        if reference:
            self.references[reference] = link_id
        self.notified.extend(
            (link_id, medium) for medium in ("sms", "email") if link.notify.get(medium)
        )
        return web.json_response(link.as_json())

    def _claim(self, reference: str) -> None:
        if reference and reference in self.references:
            raise Refused(
                f"payment link creation with reference_id ({reference}) already attempted: "
                "please pass a unique reference_id",
                field="reference_id",
            )

    async def _list(self, request: web.Request) -> web.Response:
        query = request.query
        links = list(reversed(self.links.values()))
        if reference := query.get("reference_id"):
            found = self.links.get(self.references.get(reference, ""))
            links = [found] if found is not None else []
        if payment_id := query.get("payment_id"):
            payment = self.payments.get(payment_id)
            links = [link for link in links if payment is not None and link.id == payment.link_id]
        page = _page(links, query)
        for link in page:
            self._refresh(link)
        return web.json_response({"payment_links": [link.as_json() for link in page]})

    async def _fetch(self, request: web.Request) -> web.Response:
        return web.json_response(self._asked_link(request).as_json())

    def _asked_link(self, request: web.Request) -> Link:
        link = self.link(request.match_info["id"])
        if link is None:
            raise Refused(NOT_THERE)
        return link

    async def _edit(self, request: web.Request) -> web.Response:
        link, asked = self._asked_link(request), await _object(request)
        if link.status != "created":
            raise Refused(f"Payment Link cannot be edited as it is already {link.status}")
        check_edit(asked, self._now())
        reference = str(asked.get("reference_id", link.reference_id))
        if reference != link.reference_id:
            self._claim(reference)
            link.reference_id = reference
            self.references[reference] = link.id
        link.expire_by = asked.get("expire_by", link.expire_by)
        link.accept_partial = asked.get("accept_partial", link.accept_partial)
        link.reminders = asked.get("reminder_enable", link.reminders)
        link.notes = _notes(asked["notes"]) if "notes" in asked else link.notes
        link.updated_at = self._now()
        return web.json_response(link.as_json())

    async def _cancel(self, request: web.Request) -> web.Response:
        link = self._asked_link(request)
        if link.status != "created":
            raise Refused(f"Payment Link cannot be cancelled as it is already {link.status}")
        link.status = "cancelled"
        link.cancelled_at = link.updated_at = self._now()
        self.bell.ring([self._event("payment_link.cancelled", link=link)])
        return web.json_response(link.as_json())

    async def _notify(self, request: web.Request) -> web.Response:
        link, medium = self._asked_link(request), request.match_info["medium"]
        if medium not in {"sms", "email"}:
            raise Refused("The selected medium is invalid.", field="medium")
        if not link.payable:
            raise Refused(f"Notification cannot be sent as the link is already {link.status}")
        self.notified.append((link.id, medium))
        return web.json_response({"success": True})

    async def _list_payments(self, request: web.Request) -> web.Response:
        query = request.query
        begin, end = _number(query, "from", 0), _number(query, "to", self._now())
        fitting = [p for p in reversed(self.payments.values()) if begin <= p.created_at <= end]
        return _collection(payment.as_json() for payment in _page(fitting, query))

    async def _fetch_payment(self, request: web.Request) -> web.Response:
        return web.json_response(self._asked_payment(request).as_json())

    def _asked_payment(self, request: web.Request) -> Payment:
        payment = self.payments.get(request.match_info["id"])
        if payment is None:
            raise Refused(NOT_THERE)
        return payment

    async def _fetch_order(self, request: web.Request) -> web.Response:
        return web.json_response(self._ordered(request).order_json())

    async def _order_payments(self, request: web.Request) -> web.Response:
        return _collection(payment.as_json() for payment in self._ordered(request).payments)

    def _ordered(self, request: web.Request) -> Link:
        wanted = request.match_info["id"]
        for link in self.links.values():
            if link.order_id == wanted:
                return link
        raise Refused(NOT_THERE)

    async def _refund(self, request: web.Request) -> web.Response:
        payment = self._asked_payment(request)
        key = request.headers.get("X-Refund-Idempotency", "")
        asked, body = await _object(request), f"{payment.id} {await request.text()}"
        if key:
            if not REFUND_KEY.fullmatch(key):
                raise Refused("The idempotency key must hold 10 or more of A-Z a-z 0-9 - _")
            if (known := self._refund_keys.get(key)) is not None:
                if known.body != body:
                    raise Refused("Different request body sent with the same idempotency key")
                return web.json_response(known.refund.as_json())
        refund = self._give_back(payment, asked)
        if key:
            self._refund_keys[key] = _KnownRefund(body, refund)
        return web.json_response(refund.as_json())

    def _give_back(self, payment: Payment, asked: Mapping[str, Any]) -> Refund:
        left = payment.amount - payment.refunded
        amount = asked.get("amount", left)
        if not payment.captured:
            raise Refused("The payment status should be captured for action to be taken")
        if not left:
            raise Refused("The payment has been fully refunded already")
        if not isinstance(amount, int) or amount < LEAST_AMOUNT:
            raise Refused("The amount must be at least INR 1.00", field="amount")
        if amount > left:
            raise Refused(
                "The total refund amount is greater than the refund payment amount", field="amount"
            )
        check_notes(asked.get("notes"))
        refund = Refund(
            self._id("rfnd"),
            payment.id,
            amount,
            str(asked.get("speed", "normal")),
            _notes(asked.get("notes")),
            str(asked.get("receipt") or ""),
            self._now(),
        )
        self.refunds[refund.id] = refund
        payment.refunded += amount
        if payment.refunded == payment.amount:
            payment.status = "refunded"
        self.bell.ring(
            [
                self._event(kind, payment=payment, refund=refund)
                for kind in ("refund.created", "refund.processed")
            ]
        )
        return refund

    async def _list_refunds(self, request: web.Request) -> web.Response:
        payment = self._asked_payment(request)
        return _collection(
            refund.as_json() for refund in self.refunds.values() if refund.payment_id == payment.id
        )

    async def _fetch_refund(self, request: web.Request) -> web.Response:
        refund = self.refunds.get(request.match_info["id"])
        if refund is None:
            raise Refused(NOT_THERE)
        return web.json_response(refund.as_json())

    async def _recon(self, request: web.Request) -> web.Response:
        query = request.query
        year, month = _number(query, "year", 0), _number(query, "month", 0)
        day = _number(query, "day", 0)
        if not year or not month:
            raise Refused("The year and month fields are required.", field="year")

        def fits(moment: int) -> bool:
            at = datetime.fromtimestamp(moment, IST)
            return (at.year, at.month) == (year, month) and day in (0, at.day)

        rows = [
            _recon_row(p.id, "payment", p.amount, p) for p in self.payments.values() if p.captured
        ] + [
            _recon_row(r.id, "refund", -r.amount, self.payments[r.payment_id])
            for r in self.refunds.values()
            if r.payment_id in self.payments
        ]
        return _collection(_page([row for row in rows if fits(row["created_at"])], query))


async def _object(request: web.Request) -> dict[str, Any]:
    text = await request.text()
    try:
        content = json.loads(text or "{}")
    except ValueError:
        raise Refused("The request body is not JSON") from None
    if not isinstance(content, dict):
        raise Refused("The request body must be an object")
    return content


def _notes(notes: object) -> dict[str, str]:
    return {key: str(value) for key, value in notes.items()} if isinstance(notes, dict) else {}


def _number(query: Mapping[str, str], name: str, otherwise: int) -> int:
    text = query.get(name, str(otherwise))
    if not text.isdecimal():
        raise Refused(f"{name} must be an integer", field=name)
    return int(text)


def _page(entries: list[Any], query: Mapping[str, str]) -> list[Any]:
    skip, count = _number(query, "skip", 0), _number(query, "count", 10)
    return entries[skip : skip + count]


def _collection(entries: Iterable[Any]) -> web.Response:
    items = list(entries)
    return web.json_response({"entity": "collection", "count": len(items), "items": items})


def _recon_row(entity_id: str, kind: str, amount: int, payment: Payment) -> dict[str, Any]:
    fee, tax = (payment.fee, payment.tax) if kind == "payment" else (0, 0)
    return {
        "entity_id": entity_id,
        "type": kind,
        "debit": max(-amount, 0),
        "credit": max(amount - fee, 0),
        "amount": abs(amount),
        "currency": "INR",
        "fee": fee,
        "tax": tax,
        "on_hold": False,
        "settled": True,
        "created_at": payment.created_at,
        "settled_at": payment.created_at,
        "settlement_id": f"setl_{payment.id[4:]}",
        "settlement_utr": payment.id[-12:],
        "payment_id": payment.id if kind == "refund" else None,
        "description": payment.description,
        "order_id": payment.order_id,
        "method": payment.method,
    }
