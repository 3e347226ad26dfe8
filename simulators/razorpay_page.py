"""The page behind a practice payment link: pay, fail, pay late, pay twice."""

from collections.abc import Sequence
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Protocol

from aiohttp import web
from jinja2 import Environment, FileSystemLoader

from simulators.razorpay_entities import Link

IST = timezone(timedelta(hours=5, minutes=30))
METHODS = frozenset({"upi", "card", "netbanking", "wallet"})
HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}


class Payer(Protocol):
    """What the page's buttons do to a payable link; each gives a payment's id."""

    def link(self, link_id: str) -> Link | None: ...
    def callback(self, link: Link, payment_id: str) -> str: ...
    def pay(self, link_id: str, *, method: str, amount: int | None = None) -> str: ...
    def fail(self, link_id: str) -> str: ...
    def fail_then_pay(self, link_id: str) -> str: ...
    def pay_late(self, link_id: str) -> str: ...
    def pay_twice(self, link_id: str) -> tuple[str, str]: ...


_pages = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
)


def page_routes(payer: Payer, path: str) -> Sequence[web.RouteDef]:
    """The pay page of every link, under `path`."""

    async def show(request: web.Request) -> web.Response:
        return _page(payer.link(request.match_info["id"]), "")

    async def act(request: web.Request) -> web.Response:
        link_id = request.match_info["id"]
        form = await request.post()
        link = payer.link(link_id)
        if link is None or not link.payable:
            return _page(link, "")
        outcome, payment_id = _do(payer, link, str(form.get("do", "")), str(form.get("rupees", "")))
        if outcome == "paid" and (url := payer.callback(link, payment_id)):
            raise web.HTTPSeeOther(url)
        return _page(link, outcome)

    return [
        web.get(f"{path}/{{id}}", show),
        web.post(f"{path}/{{id}}", act),
    ]


def _do(payer: Payer, link: Link, wish: str, rupees: str) -> tuple[str, str]:
    """Do what the button says; gives what to tell, and the payment the browser comes back with."""
    if wish in METHODS:
        amount = int(rupees) * 100 if rupees.isdecimal() and int(rupees) else None
        left = link.amount - link.paid
        return "paid", payer.pay(
            link.id, method=wish, amount=min(amount, left) if amount is not None else None
        )
    if wish == "fail":
        return "failed", payer.fail(link.id)
    if wish == "fail_then_pay":
        return "paid", payer.fail_then_pay(link.id)
    if wish == "late":
        return "late", payer.pay_late(link.id)
    if wish == "twice":
        return "paid", payer.pay_twice(link.id)[0]
    return "left" if wish == "leave" else "", ""


def _page(link: Link | None, outcome: str) -> web.Response:
    page = _pages.get_template("pay.html").render(
        link=link,
        outcome=outcome,
        amount=_rupees(link.amount) if link is not None else "",
        left=_rupees(link.amount - link.paid) if link is not None else "",
        until=_moment(link.expire_by) if link is not None and link.expire_by else "",
    )
    return web.Response(
        text=page,
        content_type="text/html",
        status=404 if link is None else 200,
        headers=HEADERS,
    )


def _rupees(paise: int) -> str:
    """Indian grouping, decimals only where there are paise."""
    whole, part = divmod(paise, 100)
    digits = str(whole)
    head, tail = digits[:-3], digits[-3:]
    groups: list[str] = []
    while head:
        groups.insert(0, head[-2:])
        head = head[:-2]
    return "₹" + ",".join([*groups, tail]) + (f".{part:02}" if part else "")


def _moment(seconds: int) -> str:
    at = datetime.fromtimestamp(seconds, IST)
    return f"{at.day}.{at.month}.{at.year}, {at:%H:%M}"
