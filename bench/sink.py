"""The provider's end: takes each message as Twilio would and tells who is waiting for it."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qs

from aiohttp import web

Arrived = Callable[[str, str], None]  # the number written to, and the text


class Sink:
    """A loopback Twilio that accepts every message at once. Lives in the driver's process."""

    def __init__(self) -> None:
        self.arrived: Arrived = _ignore
        self.accepted = 0
        self.strange: set[str] = set()  # calls it has no answer for
        self.url = ""
        self._runner = web.AppRunner(self._app(), access_log=None)

    async def start(self) -> None:
        """Listen on a free port of the loopback."""
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        host, port = self._runner.addresses[0][:2]
        self.url = f"http://{host}:{port}"

    async def stop(self) -> None:
        """Hear no more."""
        await self._runner.cleanup()

    def _app(self) -> web.Application:
        app = web.Application()
        app.router.add_post("/2010-04-01/Accounts/{account}/Messages.json", self._take)
        app.router.add_get("/2010-04-01/Accounts/{account}/Messages.json", _no_messages)
        app.router.add_get("/v1/Content", _no_contents)
        app.router.add_route("*", "/{rest:.*}", self._wonder)
        return app

    async def _take(self, request: web.Request) -> web.Response:
        form = parse_qs((await request.read()).decode())
        self.accepted += 1
        answer = f'{{"sid":"SM{self.accepted:032x}","status":"queued"}}'
        self.arrived(form["To"][0], form.get("Body", [""])[0])
        return web.Response(text=answer, status=201, content_type="application/json")

    async def _wonder(self, request: web.Request) -> web.Response:
        self.strange.add(f"{request.method} {request.path}")
        return web.json_response({"code": 20404, "status": 404, "message": "?"}, status=404)


async def _no_messages(_: web.Request) -> web.Response:
    return web.json_response({"messages": [], "page": 0, "next_page_uri": None})


async def _no_contents(_: web.Request) -> web.Response:
    meta = {"key": "contents", "page": 0, "next_page_url": None}
    return web.json_response({"contents": [], "meta": meta})


def _ignore(_to: str, _text: str) -> None:
    """Nobody waits."""
