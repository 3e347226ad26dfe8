"""Payment over HTTP: the gateway's bell, our short links, and the way back from paying."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

import structlog
from aiohttp import web
from jinja2 import Environment, FileSystemLoader

from app import metrics
from models.errors import Temporary, Trouble
from models.message import ENGLISH, HINDI, Tag
from models.words import Say
from payments import pages
from payments.desk import NothingOwed, PaymentDesk
from payments.gateway import Forged, Malformed
from payments.pages import Page
from voice.voice import Voice

log = structlog.get_logger()

HOOK = "/webhooks/razorpay"
TEMPLATES = Path(__file__).parent / "templates"
READ_ALOUD = str.maketrans("OIL", "011")  # what people hear or type for Crockford's digits

# The page is for one pair of eyes and for one moment; it runs nothing and loads nothing.
HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'"
    ),
}


def add_payment_routes(
    app: web.Application, desk: PaymentDesk, voice: Voice, clock: Callable[[], datetime]
) -> None:
    """Let the gateway ring, and payers come and go."""
    routes = _PaymentRoutes(desk, voice, clock)
    app.router.add_post(HOOK, routes.bell)
    app.router.add_get("/p/{code}", routes.show)
    app.router.add_post("/p/{code}", routes.renew)
    app.router.add_get("/pay/return", routes.back)


class _PaymentRoutes:
    def __init__(self, desk: PaymentDesk, voice: Voice, clock: Callable[[], datetime]) -> None:
        self._desk = desk
        self._voice = voice
        self._clock = clock
        self._template = Environment(
            loader=FileSystemLoader(TEMPLATES), autoescape=True
        ).get_template("pay.html")

    async def bell(self, request: web.Request) -> web.Response:
        """Store what the gateway says and answer at once; it is settled afterwards."""
        body = await request.read()
        try:
            await self._desk.receive(request.headers, body, self._clock())
        except Forged:
            return _refused(web.HTTPForbidden.status_code)
        except Malformed:
            return _refused(web.HTTPBadRequest.status_code)
        except Temporary:
            # Not written down: the gateway rings again, or reconciling finds it.
            return _refused(web.HTTPServiceUnavailable.status_code)
        return web.json_response({})

    async def show(self, request: web.Request) -> web.Response:
        """Lead to the gateway while the link can be paid, else say what became of it."""
        view = await self._desk.view(_code(request), self._clock())
        return self._answer(pages.link_page(view))

    async def renew(self, request: web.Request) -> web.Response:
        """Make a new link in place of one that is over, and lead to the gateway."""
        now = self._clock()
        view = await self._desk.view(_code(request), now)
        if view is None or view.payable:
            return self._answer(pages.link_page(view))
        if view.replacement is not None:
            return _see(f"/p/{view.replacement.code}")
        try:
            link = await self._desk.renew(view.link.code, now)
        except NothingOwed:
            return self._answer(pages.nothing_owed(view))
        except Trouble as error:
            log.warning("link_not_renewed", link=view.link.id, error=str(error))
            return self._answer(pages.trouble(view))
        return self._answer(pages.link_page(await self._desk.view(link.code, now)))

    async def back(self, request: web.Request) -> web.Response:
        """Receive the payer's browser: ask the gateway what came of it, and say so."""
        view = await self._desk.returned(request.query, self._clock())
        return self._answer(pages.return_page(view))

    def _answer(self, page: Page) -> web.Response:
        if page.location:
            return _see(page.location)
        tags = (HINDI, ENGLISH) if page.tag is None else (page.tag,)
        text = self._template.render(
            sections=[self._section(page, tag) for tag in tags],
            good=page.good,
            code=page.button.code if page.button else "",
            makes_new=page.button is not None and page.button.makes_new,
        )
        return web.Response(
            text=text, status=page.status, content_type="text/html", headers=HEADERS
        )

    def _section(self, page: Page, tag: Tag) -> Mapping[str, object]:
        def said(say: Say) -> str:
            return self._voice.say(say, tag)

        return {
            "lang": tag,
            "title": said(Say("page-title")),
            "whose": [said(it) for it in page.whose],
            "lines": [said(it) for it in page.lines],
            "button": said(page.button.label) if page.button else "",
            "methods": said(Say("page-methods")),
            "help": said(Say("page-help")),
            "no_pin": said(Say("page-no-pin")),
        }


def _code(request: web.Request) -> str:
    return request.match_info["code"].upper().translate(READ_ALOUD)


def _see(location: str) -> web.Response:
    return web.Response(status=303, headers={**HEADERS, "Location": location})


def _refused(status: int) -> web.Response:
    metrics.REFUSED.labels(HOOK, str(status)).inc()
    return web.Response(status=status)
