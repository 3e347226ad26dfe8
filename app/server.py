"""The HTTP side: webhooks in, health and privacy out. A webhook's own answer is empty."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

import structlog
from aiohttp import web
from sqlalchemy.exc import DBAPIError

from app import metrics
from app.card import card_page
from app.privacy import privacy_page
from app.worker import Worker
from channels.channel import Channel, Forged, Malformed, WebhookRequest
from models.errors import Temporary
from models.message import InboundMessage, Receipt
from storage.migrate import is_current
from voice.voice import Voice

log = structlog.get_logger()

LARGEST = 1 << 20  # bytes of a webhook
TWIML = ("<Response/>", "text/xml")
JSON = ("{}", "application/json")

Handle = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Ear(Protocol):
    """Whoever makes out what a webhook says: a channel, or what is heard and cannot speak."""

    def receive(self, request: WebhookRequest, now: datetime) -> Sequence[InboundMessage | Receipt]:
        """See `Channel`."""


@dataclass(frozen=True, slots=True)
class Hook:
    """A provider's way in: its route, who hears it, and the empty answer it expects."""

    path: str
    ear: Ear
    empty: tuple[str, str]
    acknowledges: Channel | None = None  # the provider waits for more than our 200
    by_get: bool = False  # it may call by GET, too


def make_app(
    worker: Worker, hooks: list[Hook], voice: Voice, messages_days: int
) -> web.Application:
    """The public application; the caller adds payments, and in demo mode the phone page."""
    app = web.Application(client_max_size=LARGEST, middlewares=[_guard])
    for hook in hooks:
        take = _webhook(worker, hook)
        app.router.add_post(hook.path, take)
        if hook.by_get:
            app.router.add_get(hook.path, take, allow_head=False)
    app.router.add_get("/healthz", _healthy)
    app.router.add_get("/readyz", _ready(worker))
    app.router.add_get("/privacy", privacy_page(voice, messages_days))
    app.router.add_get("/keywords", card_page(voice))
    return app


def add_admin_routes(app: web.Application) -> None:
    """What only the company's own network should reach, where `server.admin_port` is set."""
    app.router.add_get("/metrics", _metrics)


def _webhook(worker: Worker, hook: Hook) -> Handle:
    async def take(request: web.Request) -> web.Response:
        body = await request.read()  # over LARGEST: 413
        call = WebhookRequest(request.raw_path, request.headers, body)
        try:
            brought = hook.ear.receive(call, worker.clock())
        except Forged:
            return _refused(hook.path, web.HTTPForbidden.status_code)
        except Malformed:
            return _refused(hook.path, web.HTTPBadRequest.status_code)
        try:
            for message in brought:
                if isinstance(message, InboundMessage) and await worker.take_in(message):
                    metrics.TAKEN_IN.labels(message.sender.channel).inc()
            receipts = [it for it in brought if isinstance(it, Receipt)]
            if receipts:
                await worker.note(receipts)
        except Temporary:
            # Not written down: the provider may call again, or the sweep finds it.
            return _refused(hook.path, web.HTTPServiceUnavailable.status_code)
        if hook.acknowledges is not None:
            worker.acknowledge(hook.acknowledges)
        text, kind = hook.empty
        return web.Response(text=text, content_type=kind)

    return take


def _refused(route: str, status: int) -> web.Response:
    metrics.REFUSED.labels(route, str(status)).inc()
    return web.Response(status=status)


@web.middleware
async def _guard(request: web.Request, handler: Handle) -> web.StreamResponse:
    """No answer carries a traceback."""
    try:
        return await handler(request)
    except web.HTTPException:
        raise
    except Exception:
        log.exception("request_failed", route=request.match_info.route.resource)
        return web.Response(status=500, text="Something went wrong here. Please try again.")


async def _healthy(_: web.Request) -> web.Response:
    return web.Response(text="ok")


def _ready(worker: Worker) -> Handle:
    async def ready(_: web.Request) -> web.Response:
        try:
            current = await asyncio.to_thread(is_current, worker.store.database)
        except DBAPIError:
            return web.Response(status=503, text="The database does not answer.")
        if not current:
            return web.Response(status=503, text="The database is not migrated: run bijli migrate.")
        return web.Response(text="ready")

    return ready


async def _metrics(_: web.Request) -> web.Response:
    return web.Response(body=metrics.page(), content_type="text/plain")
