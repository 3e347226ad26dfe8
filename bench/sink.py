"""The provider's end: takes each message as Twilio would and tells who is waiting for it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from urllib.parse import parse_qs

from aiohttp import web

Arrived = Callable[[str, str], None]  # the number written to, and the text

_QUIET = 1.0  # seconds without a call


class Sink:
    """A loopback Twilio that accepts every message at once. Lives in the driver's process.

    One serves the whole run, so that the menus that the first program makes are there for the next.
    """

    def __init__(self) -> None:
        self.arrived: Arrived = _ignore
        self.accepted = 0
        self._contents: dict[str, str] = {}  # SID by name
        self._set_up_at = 0.0  # when it was last called for anything but a message
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

    async def settled(self) -> None:
        """Wait until a program that starts has asked for all that it needs."""
        begun = time.monotonic()
        while (rest := max(begun, self._set_up_at) + _QUIET - time.monotonic()) > 0:  # noqa: ASYNC110 -- for silence
            await asyncio.sleep(rest)

    async def stop(self) -> None:
        """Hear no more."""
        await self._runner.cleanup()

    def _app(self) -> web.Application:
        app = web.Application()
        app.router.add_post("/2010-04-01/Accounts/{account}/Messages.json", self._take)
        app.router.add_get("/2010-04-01/Accounts/{account}/Messages.json", _no_messages)
        app.router.add_get("/v1/Content", self._list_contents)
        app.router.add_post("/v1/Content", self._make_content)
        app.router.add_route("*", "/{rest:.*}", self._wonder)
        return app

    async def _take(self, request: web.Request) -> web.Response:
        form = parse_qs((await request.read()).decode())
        self.accepted += 1
        answer = f'{{"sid":"SM{self.accepted:032x}","status":"queued"}}'
        self.arrived(form["To"][0], (form.get("Body") or form["ContentVariables"])[0])
        return web.Response(text=answer, status=201, content_type="application/json")

    async def _list_contents(self, _: web.Request) -> web.Response:
        self._set_up_at = time.monotonic()
        listed = [{"sid": sid, "friendly_name": name} for name, sid in self._contents.items()]
        meta = {"key": "contents", "page": 0, "next_page_url": None}
        return web.json_response({"contents": listed, "meta": meta})

    async def _make_content(self, request: web.Request) -> web.Response:
        self._set_up_at = time.monotonic()
        name = (await request.json())["friendly_name"]
        sid = self._contents[name] = f"HX{len(self._contents):032x}"
        return web.json_response({"sid": sid, "friendly_name": name}, status=201)

    async def _wonder(self, request: web.Request) -> web.Response:
        self.strange.add(f"{request.method} {request.path}")
        return web.json_response({"code": 20404, "status": 404, "message": "?"}, status=404)


async def _no_messages(_: web.Request) -> web.Response:
    return web.json_response({"messages": [], "page": 0, "next_page_uri": None})


def _ignore(_to: str, _text: str) -> None:
    """Nobody waits."""
